using System.Diagnostics;
using Mesh.Dialplan.Language;
using Mesh.Dialplan.Loading;

namespace Mesh.Dialplan.Calls;

/// <summary>
/// The one task of a call: its handler, from the first line until it has returned. It never faults; how it ended is posted to the loop. A straight handler runs on the loop itself, for waking
/// another thread at every verb would cost more than all it does; any other runs on the scripts' scheduler.
/// </summary>
internal static class ScriptRun
{
    /// <summary>Starts the handler, never before this has returned. Its task ends after <paramref name="call"/> has been told.</summary>
    public static void Start(LiveCall call, DialplanEntry entry)
    {
        if (entry.IsStraight) call.Room.Loop.Post(static s => _ = Run((LiveCall)s!, onLoop: true), call);
        else Off(call, () => Run(call, onLoop: false));
    }

    /// <summary>Hands the call on to another number's handler, off the loop where that is its place.</summary>
    /// <param name="onLoop">Where the handler before it runs.</param>
    public static Task Handle(LiveCall call, DialplanEntry entry, string number, bool onLoop) =>
        onLoop && !entry.IsStraight ? LeaveLoop(call, entry, number) : entry.Handler(new Call(new ScriptedCall(call, number, onLoop)));

    /// <summary>Where in the plan an exception comes from: the innermost frame of a script file, else the handler's own line.</summary>
    public static (string File, int Line) Place(Exception failure, DialplanEntry? entry)
    {
        foreach (var frame in new StackTrace(failure, fNeedFileInfo: true).GetFrames())
            if (frame.GetFileName() is { } file && file.EndsWith(".csx", StringComparison.OrdinalIgnoreCase)) return (file, frame.GetFileLineNumber());
        return (entry?.File ?? "", entry?.Line ?? 0);
    }

    private static void Off(LiveCall call, Func<Task> run) =>
        _ = Task.Factory.StartNew(run, CancellationToken.None, TaskCreationOptions.DenyChildAttach, call.Room.Scripts);

    /// <summary>Its task ends on the loop, where whoever awaits it goes on.</summary>
    private static Task LeaveLoop(LiveCall call, DialplanEntry entry, string number)
    {
        var done = new TaskCompletionSource();
        Off(call, async () =>
        {
            Exception? failure = null;
            try { await Handle(call, entry, number, onLoop: false); }
            catch (Exception e) { failure = e; }
            call.Room.Loop.Post(_ =>
            {
                if (failure is null) done.SetResult();
                else done.SetException(failure);
            });
        });
        return done.Task;
    }

    private static async Task Run(LiveCall call, bool onLoop)
    {
        Exception? failure = null;
        ScriptSteps.Within(call.Steps);
        try
        {
            var handler = Handle(call, call.Handler!, call.Incoming.Called, onLoop);
            // A handler that hands on its last verb's task ends with that task's CallEnded: throwing it here, where nothing is to be unwound, would cost more than a SIP transaction.
            await handler.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            // Nor is its exception asked for: that makes another, with a text looked up in the resources.
            if (!call.HasDropped(handler) && handler.Exception?.InnerException is not CallEnded) await handler;
        }
        catch (CallEnded) { }
        catch (Exception e) { failure = e; }
        if (failure is null) call.Room.Loop.Post(static call => ((LiveCall)call!).ScriptOver(null), call);
        else call.Room.Loop.Post(_ => call.ScriptOver(failure));
    }
}
