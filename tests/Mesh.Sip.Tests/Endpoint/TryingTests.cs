using Mesh.Sip.Dialogs;
using Mesh.Sip.Messages;

namespace Mesh.Sip.Tests.Endpoint;

/// <summary>RFC 3261 17.2.1: an INVITE without a response gets 100 Trying within 200 ms; one that has a response by then needs none.</summary>
public sealed class TryingTests
{
    [Fact]
    public void A_call_nobody_takes_up_gets_100_before_the_caller_would_repeat_it()
    {
        using var pair = new SipPair();
        pair.B.WhenInvited = _ => { };
        pair.A.Call(pair.B);
        pair.Run(0.099);
        Assert.Equal(["INVITE"], pair.Sent);
        pair.Run(0.1);
        Assert.Equal(["INVITE", "100"], pair.Sent);
        pair.Run(5);
        Assert.Equal(["INVITE", "100"], pair.Sent);
        pair.B.Do(() => pair.B.Incoming!.Ring());
        pair.B.Do(() => pair.B.Accept());
        pair.Until(() => pair.B.Events.Contains("acked"));
        Assert.Equal(["INVITE", "100", "180", "200", "ACK"], pair.Sent);
        pair.A.Do(() => pair.A.Session!.SendBye());
        pair.AssertNothingLeft();
    }

    [Theory]
    [InlineData("180")]
    [InlineData("200")]
    [InlineData("486")]
    public void What_is_answered_at_once_gets_no_100(string answer)
    {
        using var pair = new SipPair();
        pair.B.WhenInvited = invite =>
        {
            if (answer == "180") invite.Ring();
            else if (answer == "200") pair.B.Accept();
            else invite.Reject(SipStatus.BusyHere);
        };
        pair.A.Call(pair.B);
        pair.Run(5);
        Assert.Contains(answer, pair.Sent);
        Assert.DoesNotContain("100", pair.Sent);
    }

    [Fact]
    public void An_INVITE_repeated_before_the_100_is_absorbed()
    {
        using var pair = new SipPair(options: new SipEndpointOptions { TryingAfterMs = 600 });
        pair.B.WhenInvited = _ => { };
        pair.A.Call(pair.B);
        pair.Run(0.7);
        Assert.Equal(["INVITE", "INVITE", "100"], pair.Sent);
        Assert.Equal(1, pair.B.Endpoint.Metrics.RequestsAbsorbed);
        Assert.Equal(["invite"], pair.B.Events);
    }
}
