using Mesh.Host.IaxTester.Raw;
using Mesh.Iax2.Wire;
using static Mesh.Host.IaxTester.Conform.RowContext;
using static Mesh.Host.IaxTester.Conform.RowNeeds;

namespace Mesh.Host.IaxTester.Conform.Rows;

/// <summary>RFC 5456 section 7.2.1: retransmission.</summary>
internal static class RetransmissionRows
{
    private const int SilenceMs = 20_000, GivenUpMs = 120_000, MostCopies = 20;

    public static IReadOnlyList<ConformRow> All { get; } =
    [
        Row.Must("repeat", "7.2.1", Call, "A frame we do not acknowledge comes again within 5 s", async row => await Repeated(row)),
        Row.Must("repeat-bit", "8.1.1", Call, "What comes again has the R bit", async row =>
        {
            var (_, again) = await Repeated(row);
            Check(again.IsRetransmission, "the R bit is not set");
        }),
        Row.Must("repeat-same", "7.2.1", Call, "What comes again is the same frame: OSeqno, time stamp and elements", async row =>
        {
            var (first, again) = await Repeated(row);
            Check(!first.IsRetransmission, "the first copy had the R bit");
            Check(again.OutSequence == first.OutSequence && again.Timestamp == first.Timestamp && again.Payload.AsSpan().SequenceEqual(first.Payload),
                $"it was {first}, then {again}");
        }),
        Row.Must("repeat-twice", "7.2.1", Call | Patience, "A frame we do not acknowledge comes at least three times in all", async row =>
        {
            var (call, first) = await Unacknowledged(row);
            for (int i = 2; i <= 3; i++)
                await row.Expect(call, f => IsCopy(f, first), $"copy {i}", 12_000);
        }),
        Row.Must("repeat-ends", "7.2.1", Call, "What was acknowledged does not come again", async row =>
        {
            var (call, first) = await Unacknowledged(row);
            var again = await row.Expect(call, f => IsCopy(f, first), "repetition", 6_000);
            call.Acknowledge(again);
            await row.Pause(100);
            call.Inbox.Forget();
            await row.ExpectNone(call.Inbox, f => IsCopy(f, first), "it was acknowledged", 5_000);
        }),
        Row.Must("repeat-implied", "7", Call, "The ISeqno of any frame acknowledges, not only that of an ACK", async row =>
        {
            var call = await row.Up();
            (call.Acknowledges, call.ShowsRepetitions) = (false, true);
            call.Send(IaxCommand.Ping);
            var pong = await row.Expect(call, IaxCommand.Pong);
            call.Send(IaxCommand.LagRq);
            await row.Expect(call, IaxCommand.LagRp);
            // The LAGRQ acknowledged the PONG; only the LAGRP may come again.
            await row.ExpectNone(call.Inbox, f => f.Is(IaxCommand.Pong) && f.OutSequence == pong.OutSequence, "the LAGRQ's ISeqno acknowledged the PONG", 3_000);
            call.Acknowledges = true;
        }),
        Row.Must("repeat-bounded", "7.2.1", Call | Patience, "A caller that falls silent is given up: at most 20 frames within two minutes, then nothing for 20 s", async row =>
        {
            var (call, _) = await Unacknowledged(row);
            int copies = 1;
            for (long began = row.Loop.Clock.NowMs; await call.Inbox.Next(f => f.IsFull, SilenceMs) is not null; copies++)
                Check(copies <= MostCopies && row.Loop.Clock.NowMs - began < GivenUpMs, $"{copies} frames came and there is no end");
        }),
    ];

    private static bool IsCopy(SeenFrame frame, SeenFrame first) => frame.IsSequenced && frame.Type == first.Type && frame.Subclass == first.Subclass && frame.OutSequence == first.OutSequence;

    /// <summary>A call whose first frame from the server, AUTHREQ or ACCEPT, is not acknowledged.</summary>
    private static async Task<(RawDialog Call, SeenFrame First)> Unacknowledged(RowContext row)
    {
        var call = row.Open();
        // Whatever we sent would acknowledge.
        (call.Acknowledges, call.AnswersPings, call.ShowsRepetitions) = (false, false, true);
        return (call, await row.UntilChallenge(call) ?? await row.Expect(call, IaxCommand.Accept));
    }

    private static async Task<(SeenFrame First, SeenFrame Again)> Repeated(RowContext row)
    {
        var (call, first) = await Unacknowledged(row);
        var again = await row.Expect(call, f => IsCopy(f, first), $"repetition of {FrameNames.Of(first)}", 5_000);
        call.Acknowledge(again);
        return (first, again);
    }
}
