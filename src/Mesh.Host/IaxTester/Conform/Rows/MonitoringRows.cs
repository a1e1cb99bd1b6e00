using Mesh.Iax2.Wire;
using static Mesh.Host.IaxTester.Conform.RowContext;
using static Mesh.Host.IaxTester.Conform.RowNeeds;

namespace Mesh.Host.IaxTester.Conform.Rows;

/// <summary>RFC 5456 section 6.7: POKE, PING, PONG, LAGRQ, LAGRP.</summary>
internal static class MonitoringRows
{
    public static IReadOnlyList<ConformRow> All { get; } =
    [
        Row.Must("poke", "6.7.1", Nothing, "A POKE is answered with PONG", async row =>
        {
            var poke = row.Open();
            poke.Send(IaxCommand.Poke);
            await row.Expect(poke, IaxCommand.Pong);
        }),
        Row.Must("poke-echo", "6.7.3", Nothing, "The PONG to a POKE carries the POKE's time stamp and our call number", async row =>
        {
            var poke = row.Open();
            var sent = poke.Send(IaxCommand.Poke, default, new Raw.Deviation { Timestamp = 0x01020304 });
            var pong = await row.Expect(poke, IaxCommand.Pong);
            Check(pong.Timestamp == sent.Timestamp, $"the time stamp is {pong.Timestamp}, the POKE's was {sent.Timestamp}");
        }),
        Row.Must("poke-token", "6.7.1", Nothing, "A POKE with an empty CALLTOKEN element is answered like one without", async row =>
        {
            var poke = row.Open();
            poke.Send(IaxCommand.Poke, ConformElements.WithToken([], []));
            await row.Expect(poke, IaxCommand.Pong);
        }),
        Row.Should("poke-stateless", "6.7.1", Nothing, "A hundred POKEs in a row are each answered: a POKE takes no call number", async row =>
        {
            var pokes = Enumerable.Range(0, 100).Select(_ => row.Open()).ToList();
            foreach (var poke in pokes) { poke.Repeats = false; poke.Send(IaxCommand.Poke); }
            await row.Pause(row.Target.AnswerMs);
            int answered = pokes.Count(p => p.Inbox.Kept.Any(f => f.Is(IaxCommand.Pong)));
            Check(answered >= 95, $"{answered} of 100 were answered");
        }),
        Row.Must("ping", "6.7.2", Call, "A PING in a call is answered with PONG", async row =>
        {
            var call = await row.Up();
            call.Send(IaxCommand.Ping);
            await row.Expect(call, IaxCommand.Pong);
        }),
        Row.Must("ping-echo", "6.7.3", Call, "The PONG carries the PING's time stamp", async row =>
        {
            var call = await row.Up();
            var sent = call.Send(IaxCommand.Ping);
            var pong = await row.Expect(call, IaxCommand.Pong);
            Check(pong.Timestamp == sent.Timestamp, $"the time stamp is {pong.Timestamp}, the PING's was {sent.Timestamp}");
        }),
        Row.Should("pong-report", "6.7.3", Call, "The PONG reports what was received: RR_JITTER, RR_LOSS, RR_PKTS, RR_DELAY, RR_DROPPED, RR_OOO", async row =>
        {
            var call = await row.Up();
            call.Send(IaxCommand.Ping);
            var pong = await row.Expect(call, IaxCommand.Pong);
            for (var id = ElementId.ReceivedJitter; id <= ElementId.ReceivedOutOfOrder; id++)
                Check(pong.Find(id) is not null, $"{Raw.ElementText.NameOf(id)} is missing");
        }),
        Row.Must("lagrq", "6.7.4", Call, "A LAGRQ is answered with LAGRP", async row =>
        {
            var call = await row.Up();
            call.Send(IaxCommand.LagRq);
            await row.Expect(call, IaxCommand.LagRp);
        }),
        Row.Must("lagrp-echo", "6.7.5", Call, "The LAGRP carries the LAGRQ's time stamp", async row =>
        {
            var call = await row.Up();
            var sent = call.Send(IaxCommand.LagRq);
            var answer = await row.Expect(call, IaxCommand.LagRp);
            Check(answer.Timestamp == sent.Timestamp, $"the time stamp is {answer.Timestamp}, the LAGRQ's was {sent.Timestamp}");
        }),
        Row.Should("own-ping", "6.7.2", Call | Patience, "The server watches a call that is up: PING or LAGRQ comes within 25 s", async row =>
        {
            var call = await row.Up();
            call.AnswersPings = false;
            await row.Expect(call, f => f.Is(IaxCommand.Ping) || f.Is(IaxCommand.LagRq), "PING or LAGRQ", 25_000);
            call.AnswersPings = true;
        }),
        Row.Must("pong-unasked", "6.7.3", Call, "A PONG and a LAGRP nobody asked for are acknowledged and harm nothing", async row =>
        {
            var call = await row.Up();
            call.Send(IaxCommand.Pong);
            call.Send(IaxCommand.LagRp);
            await row.Acknowledged(call);
            await row.StillUp(call, "a PONG nobody asked for");
        }),
    ];
}
