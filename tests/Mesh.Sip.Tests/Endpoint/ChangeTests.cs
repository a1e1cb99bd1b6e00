using Mesh.Io.Simulation;
using Mesh.Sip.Messages;

namespace Mesh.Sip.Tests.Endpoint;

public sealed class ChangeTests
{
    private static readonly SipBody Hold = SipBody.Sdp("v=0\r\na=sendonly\r\n");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Either_side_may_change_the_session(bool caller)
    {
        using var pair = new SipPair();
        pair.Establish();
        var (from, to) = caller ? (pair.A, pair.B) : (pair.B, pair.A);
        from.Do(() => Assert.True(from.Session!.TryReinvite(Hold)));
        pair.Until(() => from.Events.Contains("change 200"));
        pair.Run(0.1);
        Assert.Contains("reinvite", to.Events);
        Assert.Equal(Hold.Content.ToArray(), to.Change!.Offer.Content.ToArray());
        Assert.Equal("acked", to.Events[^1]);
        pair.A.Do(() => pair.A.Session!.SendBye());
        pair.AssertNothingLeft();
    }

    [Fact]
    public void A_refused_change_leaves_the_call_as_it_was()
    {
        using var pair = new SipPair();
        pair.Establish();
        pair.B.WhenChanged = change => change.Reject(SipStatus.NotAcceptableHere);
        pair.A.Do(() => pair.A.Session!.TryReinvite(Hold));
        pair.Until(() => pair.A.Events.Contains("change 488"));
        Assert.False(pair.A.Session!.IsEnded);
        pair.A.Do(() => Assert.True(pair.A.Session!.TryReinvite(Hold)));
        pair.A.Do(() => Assert.False(pair.A.Session!.TryReinvite(Hold)));
        pair.Run(1);
        pair.B.Do(() => pair.B.Session!.SendBye());
        pair.AssertNothingLeft();
    }

    [Fact]
    public void When_both_change_at_once_both_get_491_and_both_come_through_in_turn()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            using var pair = new SipPair(seed, new Impairment { Latency = TimeSpan.FromMilliseconds(20) });
            pair.Establish();
            pair.Run(0.1);
            pair.A.Do(() => Assert.True(pair.A.Session!.TryReinvite(Hold)));
            pair.B.Do(() => Assert.True(pair.B.Session!.TryReinvite(Hold)));
            pair.Until(() => pair.A.Events.Contains("change 200") && pair.B.Events.Contains("change 200"), 20);
            Assert.Equal(2, pair.Count("491"));
            pair.B.Do(() => pair.B.Session!.SendBye());
            pair.AssertNothingLeft();
        }
    }

    [Fact]
    public void A_second_change_before_the_first_is_answered_gets_500_with_Retry_After()
    {
        using var pair = new SipPair();
        var raw = new RawPeer(pair.World, "10.0.0.9:5060");
        raw.Send(pair.B.Address, RawPeer.Request("INVITE", "z9hG4bK1"));
        pair.Run(0.1);
        string tag = raw.LastToTag;
        raw.Send(pair.B.Address, RawPeer.Request("ACK", "z9hG4bK2", toTag: tag));
        pair.B.WhenChanged = _ => { };
        raw.Send(pair.B.Address, RawPeer.Request("INVITE", "z9hG4bK3", toTag: tag, cseq: 2));
        pair.Run(0.1);
        Assert.Equal(100, raw.LastStatus);
        raw.Send(pair.B.Address, RawPeer.Request("INVITE", "z9hG4bK4", toTag: tag, cseq: 3));
        pair.Run(0.1);
        Assert.Equal(500, raw.LastStatus);
        Assert.InRange(raw.Responses.Last().TryGet<RetryAfter>(HeaderName.RetryAfter, out var wait) ? wait.Seconds : 99, 0u, 10u);
        // An old number is refused too (12.2.2), and a CANCEL ends the open one.
        raw.Send(pair.B.Address, RawPeer.Request("OPTIONS", "z9hG4bK5", toTag: tag, cseq: 1));
        pair.Run(0.1);
        Assert.Equal(500, raw.LastStatus);
        raw.Send(pair.B.Address, RawPeer.Request("CANCEL", "z9hG4bK3", toTag: tag, cseq: 2));
        pair.Run(0.1);
        Assert.Contains(raw.Responses, r => r.Status.Code == 487);
        pair.B.Do(() => Assert.True(pair.B.Session!.TryReinvite(Hold)));
    }

    [Fact]
    public void A_call_the_far_end_no_longer_knows_is_lost_at_the_next_change()
    {
        using var pair = new SipPair();
        pair.Establish();
        pair.B.Do(pair.B.Endpoint.Abandon);
        pair.A.Do(() => pair.A.Session!.TryReinvite(Hold));
        pair.Until(() => pair.A.Events.Contains("ended Lost"), 1);
        pair.AssertNothingLeft();
    }

    [Fact]
    public void INFO_is_answered_by_the_handler_and_REFER_refused_by_default()
    {
        using var pair = new SipPair();
        pair.Establish();
        pair.A.Do(() => pair.A.Session!.TrySend(SipMethod.Info, new SipBody("Signal=5\r\n"u8.ToArray(), "application/dtmf-relay"), handler: pair.A));
        pair.Until(() => pair.A.Events.Contains("INFO 200"));
        pair.A.Do(() => pair.A.Session!.TrySend(SipMethod.Refer, headers: new HeaderLines().Add(HeaderName.ReferTo, "<sip:x@10.0.0.3>"), handler: pair.A));
        pair.Until(() => pair.A.Events.Contains("REFER 405"));
        pair.A.Do(() => pair.A.Session!.SendBye());
        pair.AssertNothingLeft();
    }

    [Fact]
    public void Lost_changes_and_ACKs_are_made_good()
    {
        for (ulong seed = 1; seed <= 30; seed++)
        {
            using var pair = new SipPair(seed);
            pair.Establish();
            pair.World.Wire.Default = new Impairment { Latency = TimeSpan.FromMilliseconds(10), Loss = 0.25, Duplication = 0.1 };
            pair.A.Do(() => pair.A.Session!.TryReinvite(Hold));
            pair.Run(40);
            Assert.True(pair.A.Events.Contains("change 200") || pair.A.Session!.IsEnded, $"seed {seed}: {string.Join(", ", pair.A.Events)}");
            pair.World.Wire.Default = Impairment.None;
            pair.A.Do(() => pair.A.Session!.SendBye());
            pair.AssertNothingLeft();
        }
    }
}
