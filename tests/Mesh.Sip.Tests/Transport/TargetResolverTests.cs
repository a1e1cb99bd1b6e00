using System.Net;
using Mesh.Io.Simulation;
using Mesh.Sip.Messages;
using Mesh.Sip.Tests.Endpoint;
using Mesh.Sip.Transport;

namespace Mesh.Sip.Tests.Transport;

public sealed class TargetResolverTests
{
    [Theory]
    [InlineData("sip:301@10.0.0.2", "UDP 10.0.0.2:5060")]
    [InlineData("sip:10.0.0.2:5070", "UDP 10.0.0.2:5070")]
    [InlineData("sip:301@10.0.0.2;transport=UDP", "UDP 10.0.0.2:5060")]
    [InlineData("sip:301@10.0.0.2;transport=tcp", "TCP 10.0.0.2:5060")]
    [InlineData("sip:301@name.example;maddr=10.0.0.9", "UDP 10.0.0.9:5060")]
    [InlineData("sip:301@10.0.0.2;transport=sctp", null)]
    [InlineData("sips:301@10.0.0.2", null)]
    [InlineData("sip:301@[::1]", null)]
    [InlineData("sip:301@name.example", null)]
    [InlineData("tel:+442079460123", null)]
    public void An_address_is_resolved_at_once_if_a_transport_leads_there(string uri, string? flow)
    {
        using var world = new SimulatedWorld();
        var node = new SipNode(world, "10.0.0.1:5060");
        node.Do(() => node.Endpoint.Add(new StreamTransport(node.Loop, TransportProtocol.Tcp, node.Address)));
        Assert.Equal(flow is not null, node.Endpoint.Targets.TryResolve(SipUri.Parse(uri), out var found));
        if (flow is not null) Assert.Equal(flow, found.ToString());
    }

    [Fact]
    public void A_name_is_looked_up_and_the_next_address_tried_when_the_first_is_dead()
    {
        using var world = new SimulatedWorld();
        var callee = new SipNode(world, "10.0.0.3:5060");
        var caller = new SipNode(world, "10.0.0.1:5060", hosts: new Names());
        caller.Call(callee, o => o with { Uri = SipUri.Parse("sip:301@two.example") });
        Assert.True(world.RunUntil(() => caller.Events.Contains("answered"), TimeSpan.FromSeconds(1)), string.Join(", ", caller.Events));
    }

    [Fact]
    public void A_name_nobody_knows_fails_the_call_and_leaves_nothing()
    {
        using var world = new SimulatedWorld();
        var caller = new SipNode(world, "10.0.0.1:5060", hosts: new Names());
        caller.Call(caller, o => o with { Uri = SipUri.Parse("sip:301@nowhere.example") });
        world.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal(["failed 503"], caller.Events);
        Assert.Equal(0, caller.Left);
    }

    private sealed class Names : IHostResolver
    {
        public ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellation) => host == "two.example"
            ? new([IPAddress.Parse("10.0.0.2"), IPAddress.Parse("10.0.0.3")])
            : throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.HostNotFound);
    }
}
