using Mesh.Sip.Messages;

namespace Mesh.Sip.Tests.Endpoint;

/// <summary>What the endpoint answers by itself: RFC 3261 8.2 and its limits.</summary>
public sealed class CheckTests
{
    [Theory]
    [InlineData("OPTIONS", "", "sip:301@10.0.0.2", 200)]
    [InlineData("SUBSCRIBE", "", "sip:301@10.0.0.2", 405)]
    [InlineData("FROBNICATE", "", "sip:301@10.0.0.2", 501)]
    [InlineData("OPTIONS", "", "http://10.0.0.2/", 416)]
    [InlineData("OPTIONS", "Require: 100rel, warp\r\nProxy-Require: sunglasses\r\n", "sip:301@10.0.0.2", 420)]
    [InlineData("INVITE", "Accept: text/plain\r\n", "sip:301@10.0.0.2", 406)]
    [InlineData("INVITE", "Session-Expires: 60\r\nSupported: timer\r\n", "sip:301@10.0.0.2", 422)]
    [InlineData("BYE", "", "sip:301@10.0.0.2", 481)]
    [InlineData("PRACK", "", "sip:301@10.0.0.2", 481)]
    public void A_request_gets_the_answer_of_section_8_2(string method, string headers, string uri, int status)
    {
        using var pair = new SipPair();
        var raw = new RawPeer(pair.World, "10.0.0.9:5060");
        raw.Send(pair.B.Address, RawPeer.Request(method, headers: headers, uri: uri));
        pair.Run(0.1);
        var answer = raw.Responses.Last();
        Assert.Equal(status, answer.Status.Code);
        Assert.True(answer.To.Tag.IsPresent);
        if (status is 405 or 501 or 200) Assert.True(answer.Lists(HeaderName.Allow, "INVITE"u8));
        if (status == 420) Assert.Equal("warp, sunglasses", answer.Header(HeaderName.Unsupported).ToString());
        if (status == 422) Assert.Equal("90", answer.Header(HeaderName.MinSE).ToString());
        Assert.Empty(pair.B.Events);
    }

    [Fact]
    public void A_body_of_an_unknown_type_gets_415_with_Accept()
    {
        using var pair = new SipPair();
        var raw = new RawPeer(pair.World, "10.0.0.9:5060");
        raw.Send(pair.B.Address, RawPeer.Request("INVITE", headers: "Content-Type: application/unknownformat\r\n", body: "<audio/>"));
        pair.Run(0.1);
        Assert.Equal(415, raw.LastStatus);
        Assert.True(raw.Responses.Last().Lists(HeaderName.Accept, "application/sdp"u8));
    }

    [Fact]
    public void Hops_used_up_get_483_for_a_call_and_200_for_OPTIONS_to_us()
    {
        using var pair = new SipPair();
        var raw = new RawPeer(pair.World, "10.0.0.9:5060");
        raw.Send(pair.B.Address, RawPeer.Request("INVITE", maxForwards: 0));
        pair.Run(0.1);
        Assert.Equal(483, raw.LastStatus);
        raw.Send(pair.B.Address, RawPeer.Request("OPTIONS", "z9hG4bK2", maxForwards: 0));
        pair.Run(0.1);
        Assert.Equal(200, raw.LastStatus);
    }

    [Fact]
    public void The_same_request_by_another_path_gets_482()
    {
        using var pair = new SipPair();
        var raw = new RawPeer(pair.World, "10.0.0.9:5060");
        pair.B.WhenInvited = invite => invite.Ring();
        raw.Send(pair.B.Address, RawPeer.Request("INVITE", "z9hG4bKone"));
        raw.Send(pair.B.Address, RawPeer.Request("INVITE", "z9hG4bKtwo"));
        pair.Run(0.1);
        Assert.Equal(482, raw.LastStatus);
        Assert.Single(pair.B.Events, "invite");
        Assert.Equal(1, pair.B.Endpoint.Metrics.MergedRequests);
    }

    [Fact]
    public void Beyond_the_limit_there_is_503_with_Retry_After_but_never_for_an_emergency()
    {
        using var pair = new SipPair(options: new SipEndpointOptions { MaxTransactions = 2 });
        var raw = new RawPeer(pair.World, "10.0.0.9:5060");
        pair.B.WhenInvited = invite => invite.Ring();
        for (int i = 0; i < 3; i++) raw.Send(pair.B.Address, RawPeer.Request("INVITE", $"z9hG4bK{i}", callId: $"c{i}"));
        pair.Run(0.1);
        var refused = Assert.Single(raw.Responses, r => r.Status.Code == 503);
        Assert.Equal("5", refused.Header(HeaderName.RetryAfter).ToString());
        Assert.Equal(1, pair.B.Endpoint.Metrics.OverLimit);
        pair.B.IsEmergencyCall = true;
        raw.Send(pair.B.Address, RawPeer.Request("INVITE", "z9hG4bK999", callId: "c999"));
        pair.Run(0.1);
        Assert.Equal(180, raw.LastStatus);
    }

    [Fact]
    public void A_core_that_throws_answers_500_and_the_next_call_is_served()
    {
        using var pair = new SipPair();
        var raw = new RawPeer(pair.World, "10.0.0.9:5060");
        pair.B.WhenInvited = _ => throw new InvalidOperationException("a fault of ours");
        raw.Send(pair.B.Address, RawPeer.Request("INVITE"));
        pair.Run(0.1);
        Assert.Equal(500, raw.LastStatus);
        Assert.Single(pair.World.Faults);
        pair.B.WhenInvited = null;
        pair.A.Call(pair.B);
        pair.Until(() => pair.A.Events.Contains("answered"));
    }

    [Fact]
    public void A_request_nobody_answers_is_forgotten()
    {
        using var pair = new SipPair();
        var raw = new RawPeer(pair.World, "10.0.0.9:5060");
        pair.B.WhenRegistering = _ => { };
        raw.Send(pair.B.Address, RawPeer.Request("REGISTER"));
        pair.AssertNothingLeft();
    }

    [Fact]
    public void An_RFC_2543_call_is_matched_by_its_fields()
    {
        using var pair = new SipPair();
        var raw = new RawPeer(pair.World, "10.0.0.9:5060");
        pair.B.WhenInvited = invite => invite.Reject(SipStatus.BusyHere);
        raw.Send(pair.B.Address, RawPeer.Request("INVITE", branch: null));
        raw.Send(pair.B.Address, RawPeer.Request("INVITE", branch: null));
        pair.Run(0.1);
        Assert.Single(pair.B.Events, "invite");
        Assert.Equal(2, raw.Responses.Count(r => r.Status.Code == 486));
        string ack = RawPeer.Request("ACK", branch: null, toTag: raw.LastToTag);
        raw.Send(pair.B.Address, ack);
        pair.Run(3);
        Assert.Equal(2, raw.Responses.Count(r => r.Status.Code == 486));
        pair.AssertNothingLeft();
        Assert.Equal(0, pair.B.Endpoint.Metrics.AcksMissing);
    }

    [Theory]
    [InlineData("SIP/2.0/UDP 10.0.0.9:5060", ";rport", "10.0.0.9:5060", ";received=10.0.0.9;rport=5060")]
    [InlineData("SIP/2.0/UDP phone.example:5060", "", "10.0.0.9:5060", ";received=10.0.0.9")]
    [InlineData("SIP/2.0/UDP 192.168.1.5:6000", ";rport", "10.0.0.9:5060", ";received=10.0.0.9;rport=5060")]
    [InlineData("SIP/2.0/UDP 192.168.1.5:6000", "", "10.0.0.9:6000", ";received=10.0.0.9")]
    [InlineData("SIP/2.0/UDP 192.168.1.5", ";maddr=10.9.9.9", "10.0.0.9:5060", ";received=10.0.0.9")]
    public void A_response_goes_where_18_2_2_and_RFC_3581_say(string via, string parameters, string to, string added)
    {
        using var pair = new SipPair();
        var raw = new RawPeer(pair.World, "10.0.0.9:5060");
        string? sentTo = null, shown = null;
        pair.World.Wire.OnDatagram += d =>
        {
            if (d.From != pair.B.Address) return;
            sentTo = d.To.ToString();
            Assert.True(Sip.Wire.SipParser.TryParse(d.Payload.Span, out var message, out _));
            shown = message.TopVia.ToString();
        };
        raw.Send(pair.B.Address, RawPeer.Request("OPTIONS", "z9hG4bK1" + parameters, via: via));
        pair.Run(0.1);
        Assert.Equal(to, sentTo);
        Assert.EndsWith(added, shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Keep_alives_are_counted_and_left_unanswered()
    {
        using var pair = new SipPair();
        var raw = new RawPeer(pair.World, "10.0.0.9:5060");
        raw.Send(pair.B.Address, "");
        raw.Send(pair.B.Address, "\r\n\r\n");
        raw.Send(pair.B.Address, "\0");
        raw.Send(pair.B.Address, (ReadOnlySpan<byte>)[0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
        pair.Run(0.1);
        Assert.Equal(4, pair.B.Udp.KeepAlives);
        Assert.Empty(raw.Received);
        Assert.Equal(0, pair.B.Endpoint.Metrics.Unreadable);
    }
}
