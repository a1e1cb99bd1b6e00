using Mesh.Io.Simulation;
using Mesh.Sip.Dialogs;
using Mesh.Sip.Messages;
using Mesh.Sip.Transport;

namespace Mesh.Sip.Tests.Endpoint;

public sealed class CallTests
{
    [Fact]
    public void A_call_is_answered_and_the_caller_hangs_up()
    {
        using var pair = new SipPair();
        pair.Establish();
        Assert.Equal(["180", "answered"], pair.A.Events);
        Assert.Equal(["invite", "acked"], pair.B.Events);
        pair.A.Do(() => pair.A.Session!.SendBye("Q.850;cause=16"));
        pair.Until(() => pair.B.Session!.IsEnded);
        Assert.Equal("ended FarEnd Q.850;cause=16", pair.B.Events[^1]);
        Assert.Equal(2, pair.A.Events.Count);
        pair.AssertNothingLeft();
    }

    [Fact]
    public void The_called_side_hangs_up()
    {
        using var pair = new SipPair();
        pair.Establish();
        pair.B.Do(() => pair.B.Session!.SendBye());
        pair.Until(() => pair.A.Session!.IsEnded);
        Assert.Equal("ended FarEnd", pair.A.Events[^1]);
        pair.AssertNothingLeft();
    }

    [Fact]
    public void The_called_side_hangs_up_before_the_ACK_and_sends_BYE_after_it()
    {
        using var pair = new SipPair();
        pair.B.WhenInvited = invite => { pair.B.Accept(); pair.B.Session!.SendBye(); };
        pair.A.Call(pair.B);
        pair.Until(() => pair.A.Events.Contains("ended FarEnd"));
        Assert.Equal(["INVITE", "200", "ACK", "BYE", "200"], pair.Sent);
        pair.AssertNothingLeft();
    }

    [Theory]
    [InlineData(486)]
    [InlineData(404)]
    [InlineData(603)]
    [InlineData(302)]
    public void A_refusal_reaches_the_caller(int status)
    {
        using var pair = new SipPair();
        pair.B.WhenInvited = invite => invite.Reject(status);
        pair.A.Call(pair.B);
        pair.Until(() => pair.A.Events.Contains($"failed {status}"));
        pair.AssertNothingLeft();
        Assert.Equal(0, pair.B.Endpoint.Metrics.AcksMissing);
    }

    [Fact]
    public void Nobody_there_ends_with_503_at_once_when_the_host_says_so()
    {
        using var pair = new SipPair();
        pair.A.Call(pair.B, o => o with { Uri = SipUri.Parse("sip:301@10.0.0.2:5999") });
        pair.Until(() => pair.A.Events.Contains("failed 503"), 1);
        pair.AssertNothingLeft();
    }

    [Fact]
    public void Nobody_there_ends_with_408_after_timer_B()
    {
        using var pair = new SipPair();
        pair.World.Wire.Partition(pair.A.Address, pair.B.Address);
        pair.A.Call(pair.B);
        pair.Run(31.9);
        Assert.Empty(pair.A.Events);
        pair.Run(0.2);
        Assert.Equal(["failed 408"], pair.A.Events);
        // 0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5 s.
        Assert.Equal(7, pair.World.Wire.Counters.Sent);
        pair.AssertNothingLeft();
    }

    [Fact]
    public void Ringing_for_ever_is_repeated_every_minute_and_refused_after_ten()
    {
        using var pair = new SipPair();
        pair.B.WhenInvited = invite => invite.Ring();
        pair.A.Call(pair.B);
        pair.Run(599);
        Assert.Equal(10, pair.Count("180"));
        pair.Until(() => pair.A.Events.Contains("failed 408"), 2);
        Assert.Equal(["invite", "cancelled"], pair.B.Events);
        pair.AssertNothingLeft();
    }

    [Fact]
    public void A_called_side_that_dies_while_ringing_is_given_up_by_timer_C()
    {
        using var pair = new SipPair();
        pair.B.WhenInvited = invite => invite.Ring();
        pair.A.Call(pair.B);
        pair.Until(() => pair.A.Events.Contains("180"));
        pair.World.KillHost(pair.B.Address);
        pair.Until(() => pair.A.Events.Contains("failed 408"), 200);
        pair.World.RunFor(SipPair.Settle);
        Assert.Equal(0, pair.A.Left);
    }

    [Fact]
    public void A_late_offer_goes_out_in_the_2xx_and_the_answer_in_the_ACK()
    {
        using var pair = new SipPair();
        pair.A.WhenAnswered = session => session.SendAck(SipNode.Answer);
        pair.A.Call(pair.B, o => o with { Body = default });
        pair.Until(() => pair.B.Events.Contains("acked with body"));
        Assert.True(pair.B.Incoming!.Offer.IsEmpty);
        pair.A.Do(() => pair.A.Session!.SendBye());
        pair.AssertNothingLeft();
    }

    [Fact]
    public void Lost_INVITE_200_and_ACK_are_made_good()
    {
        foreach (string lost in (string[])["INVITE", "SIP/2.0 200", "ACK"])
        {
            using var pair = new SipPair();
            pair.B.WhenInvited = invite => pair.B.Accept();
            bool dropped = false;
            pair.World.Wire.OnDatagram += d =>
            {
                bool isIt = d.Payload.Span.StartsWith(System.Text.Encoding.ASCII.GetBytes(lost));
                if (isIt && !dropped) { dropped = true; pair.World.Wire.Partition(pair.A.Address, pair.B.Address); }
                else pair.World.Wire.Heal();
                pair.World.After(TimeSpan.FromMilliseconds(5), () => pair.World.Wire.Heal());
            };
            pair.Establish();
            Assert.True(dropped);
            Assert.Single(pair.B.Events, "acked");
            Assert.Single(pair.A.Events, "answered");
            pair.A.Do(() => pair.A.Session!.SendBye());
            pair.AssertNothingLeft();
        }
    }

    [Fact]
    public void An_answer_that_is_never_acknowledged_is_ended_with_BYE_after_32_s()
    {
        using var pair = new SipPair();
        pair.World.Wire.Cut(pair.A.Address, pair.B.Address);
        pair.World.Wire.Heal();
        pair.B.WhenInvited = invite => { pair.World.Wire.Cut(pair.A.Address, pair.B.Address); pair.B.Accept(); };
        pair.A.Call(pair.B);
        pair.Until(() => pair.B.Events.Contains("ended Unacknowledged"), 33);
        Assert.Equal(1, pair.B.Endpoint.Metrics.SessionsUnacknowledged);
        pair.Until(() => pair.A.Events.Contains("ended FarEnd"), 2);
        pair.AssertNothingLeft();
    }

    [Fact]
    public void A_stray_200_long_after_is_acknowledged_again()
    {
        using var pair = new SipPair();
        byte[]? success = null;
        pair.World.Wire.OnDatagram += d => { if (d.Payload.Span.StartsWith("SIP/2.0 200"u8)) success ??= d.Payload.ToArray(); };
        pair.Establish();
        pair.Run(60);
        int sent = (int)pair.World.Wire.Counters.Sent;
        pair.B.Do(() => pair.B.Udp.TrySend(success, new SipFlow(pair.B.Udp, pair.A.Address), null));
        pair.Run(1);
        Assert.Equal(1, pair.A.Endpoint.Metrics.StraySuccessesAcknowledged);
        Assert.Equal(sent + 2, (int)pair.World.Wire.Counters.Sent);
        pair.A.Do(() => pair.A.Session!.SendBye());
        pair.AssertNothingLeft();
    }
}
