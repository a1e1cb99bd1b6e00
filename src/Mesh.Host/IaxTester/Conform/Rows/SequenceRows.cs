using Mesh.Host.IaxTester.Raw;
using Mesh.Iax2.Wire;
using static Mesh.Host.IaxTester.Conform.RowContext;
using static Mesh.Host.IaxTester.Conform.RowNeeds;

namespace Mesh.Host.IaxTester.Conform.Rows;

/// <summary>RFC 5456 section 7: sequence numbers.</summary>
internal static class SequenceRows
{
    public static IReadOnlyList<ConformRow> All { get; } =
    [
        Row.Must("sequence-begins", "7", Call, "The server's sequence begins at OSeqno 0, and its ISeqno says that our NEW arrived", async row =>
        {
            var dialog = row.Open();
            var challenge = await row.UntilChallenge(dialog) ?? await row.Expect(dialog, IaxCommand.Accept);
            Check(challenge.OutSequence == 0, $"{FrameNames.Of(challenge)} has OSeqno {challenge.OutSequence}");
            Check(challenge.InSequence == 1, $"{FrameNames.Of(challenge)} has ISeqno {challenge.InSequence}");
        }),
        Row.Must("sequence-steps", "7", Call, "Each of the server's frames takes the next OSeqno", async row =>
        {
            var call = await row.Up();
            for (int i = 0; i < 5; i++) await row.StillUp(call, "a PING");
            var came = row.Wire.Ladder.Where(f => !f.IsSent && f.IsFull && f.IsSequenced && !f.Is(IaxCommand.CallToken) && f.DestinationCall == call.LocalNumber)
                .Select(f => f.OutSequence).Distinct().Order().ToList();
            for (int i = 0; i < came.Count; i++) Check(came[i] == i, $"OSeqno {i} never came, {came[i]} did");
        }),
        Row.Must("sequence-cumulative", "7", Call, "Five frames sent at once are acknowledged up to the last", async row =>
        {
            var call = await row.Up();
            SeenFrame last = null!;
            for (int i = 0; i < 5; i++) last = call.Send(FrameType.Text, 0, "conform\0"u8);
            await row.Expect(call, f => (byte)(f.InSequence - last.OutSequence) == 1, "acknowledgement of the fifth frame");
        }),
        Row.Must("sequence-duplicate", "7", Call, "A frame that arrives twice is acted on once: two copies of one PING bring one PONG", async row =>
        {
            var call = await row.Up();
            var ping = call.Send(IaxCommand.Ping);
            row.Wire.Send(RegistrationRows.Repetition(ping));
            row.Wire.Send(RegistrationRows.Repetition(ping));
            await row.Pause(2 * row.Target.SilenceMs);
            int pongs = call.InOrder.Count(f => f.Is(IaxCommand.Pong));
            Check(pongs == 1, $"{pongs} PONGs came");
        }),
        Row.Must("sequence-duplicate-ack", "7", Call, "A frame that arrives again is acknowledged again", async row =>
        {
            var call = await row.Up();
            var text = call.Send(FrameType.Text, 0, "conform\0"u8);
            await row.Expect(call, f => f.Is(IaxCommand.Ack) && (byte)(f.InSequence - text.OutSequence) == 1, "ACK");
            await row.Pause(row.Target.SilenceMs);
            call.Inbox.Forget();
            row.Wire.Send(RegistrationRows.Repetition(text));
            await row.Expect(call, f => f.Is(IaxCommand.Ack) && (byte)(f.InSequence - text.OutSequence) == 1, "second ACK");
        }),
        Row.Must("sequence-gap", "7", Call, "A frame after a missing one is not acknowledged as if none were missing", async row =>
        {
            var call = await row.Up();
            byte missing = call.NextOut;
            call.Send(IaxCommand.Ping, default, new Deviation { OutSequence = (byte)(missing + 1) });
            await row.Pause(row.Target.SilenceMs);
            var wrong = row.Wire.Ladder.FirstOrDefault(f => !f.IsSent && f.IsFull && (byte)(f.InSequence - missing) is > 0 and < 128 && f.DestinationCall == call.LocalNumber);
            Check(wrong is null, $"{(wrong is null ? "" : FrameNames.Of(wrong))} has ISeqno {wrong?.InSequence} although {missing} is missing");
            await row.StillUp(call, "a gap in the sequence");
        }),
        Row.Should("sequence-gap-vnak", "6.9.3", Call, "A gap is answered with VNAK that asks for the missing frame", async row =>
        {
            var call = await row.Up();
            byte missing = call.NextOut;
            call.Send(IaxCommand.Ping, default, new Deviation { OutSequence = (byte)(missing + 1) });
            var vnak = await row.Expect(call, IaxCommand.Vnak);
            Check(vnak.InSequence == missing, $"it asks for {vnak.InSequence}, {missing} is missing");
        }),
        Row.Must("sequence-gap-filled", "7", Call, "Once the missing frame comes, and the later one again, both are acknowledged", async row =>
        {
            var call = await row.Up();
            byte missing = call.NextOut;
            var later = call.Send(IaxCommand.Ping, default, new Deviation { OutSequence = (byte)(missing + 1) });
            await row.Pause(100);
            call.Send(FrameType.Text, 0, "late\0"u8);
            await row.Pause(100);
            row.Wire.Send(RegistrationRows.Repetition(later));
            call.NextOut = (byte)(missing + 2);
            await row.Expect(call, f => (byte)(f.InSequence - missing) == 2, "acknowledgement of both");
        }),
        Row.Must("sequence-wrap", "7", Call, "The sequence wraps: a call of 300 frames each way is like any other", async row =>
        {
            var call = await row.Up();
            for (int sent = 0; sent < 300; sent += 20)
            {
                for (int i = 0; i < 20; i++) call.Send(IaxCommand.Ping);
                for (int i = 0; i < 20; i++) await row.Expect(call, f => f.Is(IaxCommand.Pong), $"PONG {sent + i} of 300");
            }
        }),
        Row.Must("sequence-future-ack", "7", Call, "An ACK of frames the server never sent harms nothing", async row =>
        {
            var call = await row.Up();
            call.Send(IaxCommand.Ack, default, new Deviation { InSequence = (byte)(call.Expected + 60) });
            await row.StillUp(call, "an ACK of frames never sent");
        }),
        Row.Must("sequence-forged", "10", Call, "Frames from another port move nothing in the call's sequence", async row =>
        {
            var call = await row.Up();
            var forger = row.AnotherWire().Open(call.LocalNumber);
            (forger.NextOut, forger.Expected, forger.Repeats) = (call.NextOut, call.Expected, false);
            forger.Send(FrameType.Text, 0, "forged\0"u8, new Deviation { Destination = call.RemoteNumber });
            await row.Pause(100);
            await row.StillUp(call, "a forged frame");
        }),
    ];
}
