using System.Diagnostics;
using Mesh.Dialplan.Language;
using Mesh.Dialplan.Loading;

namespace Mesh.Dialplan.Calls;

/// <summary>The one task of a call: its handler, from the first line until it has returned. It never faults; how it ended is posted to the loop.</summary>
internal static class ScriptRun
{
    /// <summary>Starts the handler on its scheduler. The task ends after <paramref name="call"/> has been told.</summary>
    public static Task Start(LiveCall call, DialplanEntry entry) =>
        Task.Factory.StartNew(() => Run(call, entry), CancellationToken.None, TaskCreationOptions.DenyChildAttach, call.Room.Scripts).Unwrap();

    /// <summary>Where in the plan an exception comes from: the innermost frame of a script file, else the handler's own line.</summary>
    public static (string File, int Line) Place(Exception failure, DialplanEntry? entry)
    {
        foreach (var frame in new StackTrace(failure, fNeedFileInfo: true).GetFrames())
            if (frame.GetFileName() is { } file && file.EndsWith(".csx", StringComparison.OrdinalIgnoreCase)) return (file, frame.GetFileLineNumber());
        return (entry?.File ?? "", entry?.Line ?? 0);
    }

    private static async Task Run(LiveCall call, DialplanEntry entry)
    {
        Exception? failure = null;
        ScriptSteps.Within(call.Steps);
        try
        {
            var handler = entry.Handler(new Call(new ScriptedCall(call, call.Incoming.Called)));
            // A handler that hands on its last verb's task ends with that task's CallEnded: throwing it here, where nothing is to be unwound, would cost more than a SIP transaction.
            await handler.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (handler.Exception?.InnerException is not CallEnded) await handler;
        }
        catch (CallEnded) { }
        catch (Exception e) { failure = e; }
        call.Room.Loop.Post(static s =>
        {
            var (call, failure) = ((LiveCall, Exception?))s!;
            call.ScriptOver(failure);
        }, (call, failure));
    }
}
