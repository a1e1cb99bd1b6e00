using Mesh.Sip.Messages;

namespace Mesh.Sip.Tests.Endpoint;

public sealed class SessionTimerTests
{
    [Fact]
    public void The_calling_side_refreshes_at_half_the_interval_and_the_call_lives_on()
    {
        using var pair = new SipPair();
        pair.A.Call(pair.B, o => o with { SessionSeconds = 100 });
        pair.Until(() => pair.B.Events.Contains("acked"));
        Assert.Equal("100;refresher=uac", pair.A.LastResponse!.Header(HeaderName.SessionExpires).ToString());
        Assert.True(pair.A.LastResponse.Lists(HeaderName.Require, "timer"u8));
        pair.Run(1_002);
        Assert.False(pair.A.Session!.IsEnded);
        Assert.False(pair.B.Session!.IsEnded);
        Assert.Equal(20, pair.Count("UPDATE"));
        pair.A.Do(() => pair.A.Session.SendBye());
        pair.AssertNothingLeft();
    }

    [Fact]
    public void Without_a_refresh_the_called_side_ends_the_call_with_BYE()
    {
        using var pair = new SipPair();
        pair.A.Call(pair.B, o => o with { SessionSeconds = 90 });
        pair.Until(() => pair.B.Events.Contains("acked"));
        pair.World.KillHost(pair.A.Address);
        pair.Run(59);
        Assert.False(pair.B.Session!.IsEnded);
        pair.Run(2);
        Assert.Equal("ended Expired", pair.B.Events[^1]);
        Assert.True(pair.Count("BYE") >= 1);
        pair.World.RunFor(SipPair.Settle);
        Assert.Equal(0, pair.B.Left);
    }

    [Fact]
    public void The_refresher_that_hears_nothing_ends_the_call_too()
    {
        using var pair = new SipPair();
        pair.A.Call(pair.B, o => o with { SessionSeconds = 90 });
        pair.Until(() => pair.B.Events.Contains("acked"));
        pair.World.Wire.Partition(pair.A.Address, pair.B.Address);
        pair.Run(90);
        Assert.Contains("ended Expired", pair.B.Events);
        Assert.True(pair.A.Session!.IsEnded);
        pair.AssertNothingLeft();
    }

    [Fact]
    public void An_interval_too_small_is_told_so_and_asked_again()
    {
        using var pair = new SipPair();
        pair.A.Call(pair.B, o => o with { SessionSeconds = 30 });
        pair.Until(() => pair.B.Events.Contains("acked"));
        Assert.Equal(1, pair.Count("422"));
        Assert.Equal("90;refresher=uac", pair.A.LastResponse!.Header(HeaderName.SessionExpires).ToString());
        pair.A.Do(() => pair.A.Session!.SendBye());
        pair.AssertNothingLeft();
    }

    [Fact]
    public void A_carrier_that_refreshes_by_reINVITE_keeps_its_call()
    {
        using var pair = new SipPair();
        var raw = new RawPeer(pair.World, "10.0.0.9:5060");
        const string timer = "Session-Expires: 1900;refresher=uac\r\nMin-SE: 120\r\nSupported: timer\r\n";
        raw.Send(pair.B.Address, RawPeer.Request("INVITE", "z9hG4bK1", headers: timer));
        pair.Run(0.1);
        Assert.Equal("1900;refresher=uac", raw.Responses.Last().Header(HeaderName.SessionExpires).ToString());
        string tag = raw.LastToTag;
        raw.Send(pair.B.Address, RawPeer.Request("ACK", "z9hG4bK2", toTag: tag));
        for (int i = 0; i < 5; i++)
        {
            pair.Run(950);
            raw.Send(pair.B.Address, RawPeer.Request("INVITE", $"z9hG4bKr{i}", toTag: tag, cseq: i + 2, headers: timer));
            pair.Run(0.1);
            Assert.Equal(200, raw.LastStatus);
            raw.Send(pair.B.Address, RawPeer.Request("ACK", $"z9hG4bKa{i}", toTag: tag, cseq: i + 2));
        }
        Assert.False(pair.B.Session!.IsEnded);
        pair.Run(1_900);
        Assert.Equal("ended Expired", pair.B.Events[^1]);
    }
}
