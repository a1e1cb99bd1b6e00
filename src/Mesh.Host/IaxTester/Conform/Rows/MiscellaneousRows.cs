using Mesh.Host.IaxTester.Raw;
using Mesh.Iax2.Wire;
using static Mesh.Host.IaxTester.Conform.RowContext;
using static Mesh.Host.IaxTester.Conform.RowNeeds;

namespace Mesh.Host.IaxTester.Conform.Rows;

/// <summary>RFC 5456 section 6.9: ACK, INVAL, VNAK, UNSUPPORT.</summary>
internal static class MiscellaneousRows
{
    private const byte NobodysCommand = 60;

    /// <summary>Shorter than the first wait of a server that repeats by itself.</summary>
    private const int VnakMs = 1_000;

    public static IReadOnlyList<ConformRow> All { get; } =
    [
        Row.Must("ack-echo", "6.9.1", Call, "An ACK carries the time stamp of the frame it acknowledges", async row =>
        {
            var call = await row.Up();
            var text = call.Send(FrameType.Text, 0, "conform\0"u8);
            var ack = await row.Expect(call, f => f.Is(IaxCommand.Ack) && (byte)(f.InSequence - text.OutSequence) == 1, "ACK");
            Check(ack.Timestamp == text.Timestamp, $"its time stamp is {ack.Timestamp}, the frame's was {text.Timestamp}");
        }),
        Row.Must("ack-unacknowledged", "6.9.1", Call, "An ACK is not answered", async row =>
        {
            var call = await row.Up();
            await Quiet(row, call);
            call.Send(IaxCommand.Ack);
            await row.ExpectNone(call.Inbox, f => f.IsFull, "an ACK was sent");
        }),
        Row.Must("ack-unnumbered", "7", Call, "An ACK takes no number of the sequence", async row =>
        {
            var call = await row.Up();
            call.Send(FrameType.Text, 0, "one\0"u8);
            call.Send(FrameType.Text, 0, "two\0"u8);
            // What the server says of its own accord, to stop a tone say, does take a number.
            await row.Pause(row.Target.SilenceMs);
            byte expected = call.Expected;
            call.Send(IaxCommand.Ping);
            var pong = await row.Expect(call, IaxCommand.Pong);
            Check(pong.OutSequence == expected, $"the frame after two ACKs has OSeqno {pong.OutSequence}, {expected} was due");
        }),
        Row.Must("inval", "6.9.2", Call, "INVAL ends the call at once", async row =>
        {
            var call = await row.Up();
            call.Send(IaxCommand.Inval, default, new Deviation { Timestamp = 0, OutSequence = 0, InSequence = 0 });
            await row.Gone(call, "INVAL was sent");
        }),
        Row.Must("inval-forged", "10", Call, "INVAL from another port ends nobody's call", async row =>
        {
            var call = await row.Up();
            var forger = row.AnotherWire().Open(call.LocalNumber);
            forger.Send(IaxCommand.Inval, default, new Deviation { Destination = call.RemoteNumber, Timestamp = 0 });
            await row.Pause(row.Target.SilenceMs);
            await row.StillUp(call, "a forged INVAL");
        }),
        Row.Must("inval-unanswered", "6.9.2", Nothing, "INVAL for a call that is not there is not answered", row => Unanswered(row, IaxCommand.Inval)),
        Row.Should("unknown-call", "6.9.2", Nothing, "A frame for a call that is not there is answered with INVAL, addressed back", async row =>
        {
            var dialog = row.Open();
            dialog.Repeats = false;
            dialog.Send(IaxCommand.Ping, default, new Deviation { Destination = 0x2345 });
            var inval = await row.Expect(dialog, IaxCommand.Inval);
            Check(inval.SourceCall == 0x2345, $"it comes from call number {inval.SourceCall}, we asked for {0x2345}");
        }),
        Row.Must("unknown-call-ack", "6.9.2", Nothing, "ACK for a call that is not there is not answered", row => Unanswered(row, IaxCommand.Ack)),
        Row.Must("unknown-call-vnak", "6.9.2", Nothing, "VNAK for a call that is not there is not answered", row => Unanswered(row, IaxCommand.Vnak)),
        Row.Must("unknown-call-unsupport", "6.9.5", Nothing, "UNSUPPORT for a call that is not there is not answered with UNSUPPORT", async row =>
        {
            var dialog = row.Open();
            dialog.Repeats = false;
            dialog.Send(IaxCommand.Unsupport, ConformElements.Write((ref ElementWriter w) => w.AddUInt8(ElementId.IaxUnknown, 9)), new Deviation { Destination = 0x2346 });
            await row.ExpectNone(dialog.Inbox, f => f.Is(IaxCommand.Unsupport), "UNSUPPORT was sent");
        }),
        Row.Must("vnak", "6.9.3", Call, "VNAK has the server send again what we have not acknowledged", async row =>
        {
            var call = await row.Up();
            (call.Acknowledges, call.ShowsRepetitions) = (false, true);
            call.Send(IaxCommand.Ping);
            var pong = await row.Expect(call, IaxCommand.Pong);
            await row.Pause(60);
            call.Send(IaxCommand.Vnak, default, new Deviation { OutSequence = call.NextOut, InSequence = pong.OutSequence });
            var again = await call.Inbox.Next(f => f.Is(IaxCommand.Pong) && f.OutSequence == pong.OutSequence, VnakMs);
            Check(again is not null, $"the PONG did not come again within {VnakMs} ms");
            call.Acknowledge(again);
        }),
        Row.Should("vnak-storm", "6.9.3", Call, "Fifty VNAKs at once are not fifty repetitions", async row =>
        {
            var call = await row.Up();
            (call.Acknowledges, call.ShowsRepetitions) = (false, true);
            call.Send(IaxCommand.Ping);
            var pong = await row.Expect(call, IaxCommand.Pong);
            for (int i = 0; i < 50; i++) call.Send(IaxCommand.Vnak, default, new Deviation { OutSequence = call.NextOut, InSequence = pong.OutSequence });
            await row.Pause(300);
            int again = call.Inbox.Kept.Count(f => f.Is(IaxCommand.Pong));
            call.Acknowledge(pong);
            Check(again <= 25, $"the PONG came {again} times");
        }),
        Row.Must("unsupport", "6.9.5", Call, "An IAX subclass nobody knows is answered with UNSUPPORT", async row =>
        {
            var call = await row.Up();
            call.Send(FrameType.Iax, NobodysCommand, []);
            await row.Expect(call, IaxCommand.Unsupport);
        }),
        Row.Must("unsupport-which", "6.9.5", Call, "UNSUPPORT names the subclass in IAX_UNKNOWN", async row =>
        {
            var call = await row.Up();
            call.Send(FrameType.Iax, NobodysCommand, []);
            var answer = await row.Expect(call, IaxCommand.Unsupport);
            Check(answer.Elements.IaxUnknown == NobodysCommand, $"IAX_UNKNOWN is {ElementText.Value(ElementId.IaxUnknown, answer.Find(ElementId.IaxUnknown) ?? [])}, {NobodysCommand} was sent");
        }),
        Row.Must("unsupport-survives", "6.9.5", Call, "The call goes on after a subclass nobody knows", async row =>
        {
            var call = await row.Up();
            call.Send(FrameType.Iax, NobodysCommand, []);
            await row.StillUp(call, "an IAX subclass nobody knows");
        }),
        Row.Must("mwi", "6.9.4", Call, "MWI in a call is acknowledged, or answered with UNSUPPORT, and harms nothing", async row =>
        {
            var call = await row.Up();
            call.Send(IaxCommand.Mwi);
            await row.StillUp(call, "MWI");
        }),
    ];

    /// <summary>Until nothing has come for a while.</summary>
    private static async Task Quiet(RowContext row, RawDialog call)
    {
        while (await call.Inbox.Next(f => f.IsFull, row.Target.SilenceMs / 2) is not null) { }
    }

    private static async Task Unanswered(RowContext row, IaxCommand command)
    {
        var dialog = row.Open();
        dialog.Send(command, default, new Deviation { Destination = 0x2344 });
        await row.Pause(row.Target.SilenceMs);
        Check(!row.Wire.Ladder.Any(f => !f.IsSent), $"{row.Wire.Ladder.LastOrDefault(f => !f.IsSent)} came");
    }
}
