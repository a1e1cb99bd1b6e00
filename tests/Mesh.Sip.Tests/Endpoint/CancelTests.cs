using Mesh.Io.Simulation;
using Mesh.Sip.Messages;

namespace Mesh.Sip.Tests.Endpoint;

public sealed class CancelTests
{
    [Fact]
    public void A_cancel_while_ringing_carries_its_reason_and_the_INVITE_gets_487()
    {
        using var pair = new SipPair();
        pair.B.WhenInvited = invite => invite.Ring();
        pair.A.Call(pair.B);
        pair.Until(() => pair.A.Events.Contains("180"));
        pair.A.Do(() => pair.A.Outgoing!.Cancel(Reason.AnsweredElsewhere));
        pair.Until(() => pair.B.Events.Count > 1, 0.2);
        Assert.Equal("cancelled " + Reason.AnsweredElsewhere, pair.B.Events[1]);
        pair.AssertNothingLeft();
        Assert.Equal(["INVITE", "180", "CANCEL", "200", "487", "ACK"], pair.Sent);
        Assert.True(pair.A.Outgoing!.IsOver);
        Assert.Equal(["180"], pair.A.Events);
    }

    [Fact]
    public void A_cancel_before_any_response_waits_for_one()
    {
        using var pair = new SipPair(impairment: new Impairment { Latency = TimeSpan.FromMilliseconds(100) });
        pair.B.WhenInvited = invite => invite.Ring();
        pair.A.Call(pair.B);
        pair.Run(0.01);
        pair.A.Do(() => pair.A.Outgoing!.Cancel());
        pair.Run(0.18);
        Assert.Equal(0, pair.Count("CANCEL"));
        pair.Until(() => pair.B.Events.Contains("cancelled"), 1);
        pair.AssertNothingLeft();
        Assert.Empty(pair.A.Events);
    }

    [Fact]
    public void A_cancel_of_a_call_nobody_heard_of_ends_with_timer_B_and_sends_no_CANCEL()
    {
        using var pair = new SipPair();
        pair.World.Wire.Partition(pair.A.Address, pair.B.Address);
        pair.A.Call(pair.B);
        pair.Run(0.01);
        pair.A.Do(() => pair.A.Outgoing!.Cancel());
        pair.AssertNothingLeft();
        Assert.Equal(0, pair.Count("CANCEL"));
        Assert.True(pair.A.Outgoing!.IsOver);
    }

    [Fact]
    public void An_answer_that_crosses_the_CANCEL_is_acknowledged_and_ended_with_the_reason()
    {
        using var pair = new SipPair(impairment: new Impairment { Latency = TimeSpan.FromMilliseconds(50) });
        pair.B.WhenInvited = invite => invite.Ring();
        pair.A.Call(pair.B);
        pair.Until(() => pair.A.Events.Contains("180"));
        pair.B.Do(pair.B.Accept);
        pair.A.Do(() => pair.A.Outgoing!.Cancel(Reason.AnsweredElsewhere));
        pair.Until(() => pair.B.Session!.IsEnded, 1);
        Assert.Equal(["invite", "acked", "ended FarEnd " + Reason.AnsweredElsewhere], pair.B.Events);
        Assert.DoesNotContain("answered", pair.A.Events);
        Assert.Equal(1, pair.A.Endpoint.Metrics.SuperfluousAnswers);
        pair.AssertNothingLeft();
    }

    [Fact]
    public void Cancelled_at_every_moment_the_call_reaches_an_end_and_leaves_nothing()
    {
        // The whole call takes 4 s of ringing; a cancel every 7 ms through the beginning and every 250 ms later, with and without loss.
        for (int ms = 0; ms < 5_000; ms += ms < 120 ? 7 : 250)
        foreach (double loss in (double[])[0, 0.2])
        {
            using var pair = new SipPair((ulong)(ms + 1), new Impairment { Latency = TimeSpan.FromMilliseconds(15), Jitter = TimeSpan.FromMilliseconds(10), Loss = loss });
            pair.B.WhenInvited = invite =>
            {
                pair.World.After(TimeSpan.FromMilliseconds(30), () => pair.B.Do(() => invite.Ring()));
                pair.World.After(TimeSpan.FromMilliseconds(4_000), () => pair.B.Do(pair.B.Accept));
            };
            pair.A.Call(pair.B);
            pair.Run(ms / 1000.0);
            pair.A.Do(() => { if (pair.A.Session is { } session) session.SendBye(); else pair.A.Outgoing!.Cancel(); });
            pair.AssertNothingLeft();
            Assert.True(pair.A.Outgoing!.IsOver);
            Assert.True(pair.B.Session is null or { IsEnded: true });
            // Whoever rang is told, within the call and not by a timer: a lost CANCEL is repeated too.
            if (pair.B.Session is null && pair.B.Events.Contains("invite")) Assert.True(pair.B.Events.Contains("cancelled"), $"{ms} ms, loss {loss}");
        }
    }

    [Fact]
    public void A_CANCEL_for_nothing_gets_481()
    {
        using var pair = new SipPair();
        var raw = new RawPeer(pair.World, "10.0.0.9:5060");
        raw.Send(pair.B.Address, RawPeer.Request("CANCEL", "z9hG4bKnone"));
        pair.Run(1);
        Assert.Equal(481, raw.LastStatus);
    }

    [Fact]
    public void A_BYE_of_the_caller_before_the_answer_ends_the_call_with_487()
    {
        using var pair = new SipPair();
        var raw = new RawPeer(pair.World, "10.0.0.9:5060");
        pair.B.WhenInvited = invite => invite.Ring();
        raw.Send(pair.B.Address, RawPeer.Request("INVITE", "z9hG4bKone"));
        pair.Run(0.1);
        raw.Send(pair.B.Address, RawPeer.Request("BYE", "z9hG4bKtwo", toTag: raw.LastToTag, cseq: 2));
        pair.Run(0.1);
        Assert.Contains(raw.Received, m => m is SipResponse { Status.Code: 487 });
        Assert.Contains(raw.Received, m => m is SipResponse { Status.Code: 200 } r && r.CSeq.Method == SipMethod.Bye);
        Assert.Contains("cancelled", pair.B.Events);
    }
}
