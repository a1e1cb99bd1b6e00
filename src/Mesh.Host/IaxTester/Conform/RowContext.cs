using System.Diagnostics.CodeAnalysis;
using Mesh.Host.IaxTester.Raw;
using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Host.IaxTester.Conform;

/// <summary>What a row works with: a wire of its own, the target, and the words to demand something.</summary>
public sealed class RowContext(Loop loop, ConformTarget target, Func<NetAddress, IDatagramSocket> bind) : IDisposable
{
    private readonly List<RawWire> wires = [];

    public Loop Loop { get; } = loop;

    public ConformTarget Target { get; } = target;

    /// <summary>The first socket of the row.</summary>
    public RawWire Wire => wires.Count > 0 ? wires[0] : AnotherWire();

    public IEnumerable<SeenFrame> Ladder => wires.SelectMany(w => w.Ladder).OrderBy(f => f.AtMicros);

    /// <summary>A second address (another port), for frames that come from the wrong place.</summary>
    public RawWire AnotherWire()
    {
        var wire = new RawWire(Loop, bind(Target.Server), Target.Server);
        wires.Add(wire);
        return wire;
    }

    public RawDialog Open() => Wire.Open();

    public Task Pause(int ms) => LoopWork.Pause(Loop, ms);

    [DoesNotReturn]
    public static void Fail(string reason) => throw new RequirementNotMet(reason);

    public static void Check([DoesNotReturnIf(false)] bool holds, string otherwise)
    {
        if (!holds) Fail(otherwise);
    }

    /// <summary>The next frame that fits; fails the row when none comes.</summary>
    public async Task<SeenFrame> Expect(RawDialog dialog, Func<SeenFrame, bool> match, string what, int withinMs = 0) =>
        await dialog.Inbox.Next(match, withinMs > 0 ? withinMs : Target.AnswerMs) ?? throw new RequirementNotMet($"no {what} came within {(withinMs > 0 ? withinMs : Target.AnswerMs)} ms{Instead(dialog)}");

    public Task<SeenFrame> Expect(RawDialog dialog, IaxCommand command, int withinMs = 0) => Expect(dialog, f => f.Is(command), FrameNames.Of(FrameType.Iax, (byte)command), withinMs);

    public Task<SeenFrame> Expect(RawDialog dialog, ControlCommand control, int withinMs = 0) => Expect(dialog, f => f.Is(control), FrameNames.Of(FrameType.Control, (byte)control), withinMs);

    /// <summary>Listens for <see cref="ConformTarget.SilenceMs"/>, or longer; fails the row when something that fits comes.</summary>
    public async Task ExpectNone(FrameWait where, Func<SeenFrame, bool> match, string why, int forMs = 0)
    {
        if (await where.Next(match, forMs > 0 ? forMs : Target.SilenceMs) is { } frame) Fail($"{why}: {FrameNames.Of(frame)} came");
    }

    /// <summary>The server still answers a POKE from a fresh address; otherwise it fell.</summary>
    public async Task StillAlive(string after)
    {
        var wire = AnotherWire();
        for (int tries = 0; tries < 3; tries++)
        {
            var poke = wire.Open();
            poke.Repeats = false;
            poke.Send(IaxCommand.Poke);
            if (await poke.Inbox.Next(f => f.Is(IaxCommand.Pong), Target.AnswerMs) is not null) return;
        }
        Fail($"no PONG to a POKE after {after}");
    }

    /// <summary>The call is still there: a PING on it is answered.</summary>
    public async Task StillUp(RawDialog call, string after)
    {
        call.Send(IaxCommand.Ping);
        Check(await call.Inbox.Next(f => f.Is(IaxCommand.Pong), Target.AnswerMs) is not null, $"the call is gone after {after}: a PING on it is not answered");
    }

    /// <summary>Everything sent in the call is acknowledged within <see cref="ConformTarget.AnswerMs"/>.</summary>
    public async Task Acknowledged(RawDialog call)
    {
        for (int waited = 0; call.Unacknowledged > 0 && waited < Target.AnswerMs; waited += 20) await Pause(20);
        Check(call.Unacknowledged == 0, $"{call.Unacknowledged} frames are not acknowledged");
    }

    /// <summary>The call is not there any more: a PING on it, or another frame, brings nothing but INVAL.</summary>
    public async Task Gone(RawDialog call, string because, IaxCommand probe = IaxCommand.Ping)
    {
        await Pause(Target.SilenceMs);
        call.Inbox.Forget();
        call.Repeats = false;
        var sent = call.Send(probe);
        // An ACK of what was sent before may be late.
        await ExpectNone(call.Inbox, f => f.IsFull && !f.Is(IaxCommand.Inval) && !(f.Is(IaxCommand.Ack) && f.InSequence != (byte)(sent.OutSequence + 1)), because);
    }

    public void Dispose()
    {
        foreach (var dialog in wires.SelectMany(w => w.Dialogs))
            if (dialog.RemoteNumber != 0 && !dialog.InOrder.Exists(f => f.Is(IaxCommand.Hangup) || f.Is(IaxCommand.Reject))) dialog.Send(IaxCommand.Hangup, ConformElements.Cause(16));
        foreach (var wire in wires) wire.Dispose();
    }

    private static string Instead(RawDialog dialog)
    {
        var came = dialog.Inbox.Kept.Where(f => f.IsFull && !f.Is(IaxCommand.Ack)).Select(FrameNames.Of).Distinct().ToList();
        return came.Count == 0 ? "" : $" (but {string.Join(", ", came)})";
    }
}
