using Mesh.Io.Simulation;
using Mesh.Sip.Messages;

namespace Mesh.Sip.Tests.Endpoint;

public sealed class ForkTests
{
    private const string Sdp = "v=0\r\n";

    [Fact]
    public void Of_two_branches_that_answer_the_first_wins_and_the_second_gets_ACK_and_BYE()
    {
        using var world = new SimulatedWorld();
        var a = new SipNode(world, "10.0.0.1:5060");
        var proxy = new RawPeer(world, "10.0.0.2:5060");
        var b = new SipNode(world, "10.0.0.3:5060");
        a.Call(b, o => o with { Uri = SipUri.Parse("sip:301@10.0.0.2") });
        world.RunFor(TimeSpan.FromMilliseconds(10));
        var invite = (SipRequest)proxy.Received[0];
        proxy.Send(a.Address, Response(invite, "180 Ringing", "one"));
        proxy.Send(a.Address, Response(invite, "180 Ringing", "two"));
        proxy.Send(a.Address, Response(invite, "200 OK", "two"));
        proxy.Send(a.Address, Response(invite, "200 OK", "one"));
        world.RunFor(TimeSpan.FromMilliseconds(10));
        Assert.Equal(["180", "180", "answered"], a.Events);
        Assert.Equal("two", a.Session!.Dialog.Id.RemoteTag.ToString());
        var acks = proxy.Received.OfType<SipRequest>().Where(r => r.Method == SipMethod.Ack).ToList();
        Assert.Equal(["two", "one"], acks.Select(r => r.To.Tag.ToString()));
        var bye = Assert.Single(proxy.Received.OfType<SipRequest>(), r => r.Method == SipMethod.Bye);
        Assert.Equal("one", bye.To.Tag.ToString());
        Assert.Equal(Reason.AnsweredElsewhere, bye.Header(HeaderName.Reason).ToString());

        // Both 2xx come again: each is acknowledged again, nothing else happens.
        proxy.Send(a.Address, Response(invite, "200 OK", "one"));
        proxy.Send(a.Address, Response(invite, "200 OK", "two"));
        world.RunFor(TimeSpan.FromMilliseconds(10));
        Assert.Equal(4, proxy.Received.OfType<SipRequest>().Count(r => r.Method == SipMethod.Ack));
        Assert.Equal(1, a.Events.Count(e => e == "answered"));

        a.Do(() => a.Session!.SendBye());
        world.RunFor(SipPair.Settle);
        Assert.Equal(0, a.Left);
        Assert.Empty(world.Faults);
    }

    [Fact]
    public void A_2xx_after_the_call_failed_is_acknowledged_and_ended()
    {
        using var world = new SimulatedWorld();
        var a = new SipNode(world, "10.0.0.1:5060");
        var proxy = new RawPeer(world, "10.0.0.2:5060");
        a.Call(a, o => o with { Uri = SipUri.Parse("sip:301@10.0.0.2") });
        world.RunFor(TimeSpan.FromMilliseconds(10));
        var invite = (SipRequest)proxy.Received[0];
        proxy.Send(a.Address, Response(invite, "603 Decline", "one"));
        proxy.Send(a.Address, Response(invite, "200 OK", "two"));
        world.RunFor(TimeSpan.FromMilliseconds(10));
        Assert.Equal(["failed 603"], a.Events);
        Assert.Equal(["INVITE", "ACK", "ACK", "BYE"], proxy.Received.OfType<SipRequest>().Select(r => r.Method.ToString()));
        world.RunFor(SipPair.Settle);
        Assert.Equal(0, a.Left);
    }

    [Fact]
    public void More_branches_than_the_limit_are_not_told()
    {
        using var world = new SimulatedWorld();
        var a = new SipNode(world, "10.0.0.1:5060", new SipEndpointOptions { MaxForks = 3 });
        var proxy = new RawPeer(world, "10.0.0.2:5060");
        a.Call(a, o => o with { Uri = SipUri.Parse("sip:301@10.0.0.2") });
        world.RunFor(TimeSpan.FromMilliseconds(10));
        for (int i = 0; i < 10; i++) proxy.Send(a.Address, Response((SipRequest)proxy.Received[0], "180 Ringing", $"t{i}"));
        world.RunFor(TimeSpan.FromMilliseconds(10));
        Assert.Equal(3, a.Events.Count);
    }

    [Fact]
    public void The_route_set_of_the_answer_is_followed_in_reverse()
    {
        using var world = new SimulatedWorld();
        var a = new SipNode(world, "10.0.0.1:5060");
        var proxy = new RawPeer(world, "10.0.0.2:5060");
        a.Call(a, o => o with { Uri = SipUri.Parse("sip:301@10.0.0.2") });
        world.RunFor(TimeSpan.FromMilliseconds(10));
        string answer = Response((SipRequest)proxy.Received[0], "200 OK", "one", "Record-Route: <sip:10.0.0.7;lr>, <sip:10.0.0.2;lr>\r\n");
        proxy.Send(a.Address, answer);
        world.RunFor(TimeSpan.FromMilliseconds(10));
        var ack = (SipRequest)proxy.Received[^1];
        Assert.Equal(SipMethod.Ack, ack.Method);
        Assert.Equal("sip:one@10.0.0.2", ack.RequestUri.ToString());
        var routes = new List<string>();
        foreach (var route in ack.Values(HeaderName.Route)) routes.Add(route.ToString());
        Assert.Equal(["<sip:10.0.0.2;lr>", "<sip:10.0.0.7;lr>"], routes);
    }

    internal static string Response(SipRequest request, string status, string tag, string headers = "", string body = Sdp) =>
        $"SIP/2.0 {status}\r\nVia: {request.TopVia}\r\nFrom: {request.From}\r\nTo: {request.To};tag={tag}\r\nCall-ID: {request.CallId}\r\nCSeq: {request.CSeq}\r\n" +
        $"Contact: <sip:{tag}@10.0.0.2>\r\n{headers}Content-Type: application/sdp\r\nContent-Length: {body.Length}\r\n\r\n{body}";
}
