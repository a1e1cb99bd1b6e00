using Mesh.Host.Config.Model;
using Mesh.Host.Status.Sampling;
using Mesh.Host.Trunks;
using Mesh.Io;
using Mesh.Io.Simulation;
using Mesh.Sip;
using Mesh.Sip.Dialogs;
using Mesh.Sip.Messages;
using Mesh.Sip.Transactions;
using Mesh.Sip.Transport;

namespace Mesh.Host.Tests.Trunks;

/// <summary>A carrier asked with OPTIONS in virtual time: it answers, and is killed; one that never answered is not known.</summary>
public sealed class TrunkProbeTests : IDisposable
{
    private readonly SimulatedWorld world = new(seed: 3);
    private readonly SimulatedLoop here;
    private readonly SipEndpoint endpoint;

    public TrunkProbeTests()
    {
        here = world.CreateLoop("here");
        endpoint = Endpoint(here, "10.0.0.1:5060");
    }

    public void Dispose() => world.Dispose();

    [Fact]
    public void One_that_answers_is_up_and_one_that_stops_is_down()
    {
        var health = Probe("10.0.0.9");
        Assert.Equal(ServiceState.Unknown, health.State(here.Clock.NowMs));
        Endpoint(world.CreateLoop("carrier"), "10.0.0.9:5060");
        Run(60);
        Assert.Equal(ServiceState.Up, health.State(here.Clock.NowMs));
        world.KillHost(NetAddress.Parse("10.0.0.9:5060"));
        Assert.True(world.RunUntil(() => health.State(here.Clock.NowMs) == ServiceState.Degraded, TimeSpan.FromSeconds(40)));
        Assert.True(world.RunUntil(() => health.State(here.Clock.NowMs) == ServiceState.Down, TimeSpan.FromSeconds(30)));
        Assert.Equal(TrunkHealth.MissesToDown, health.Misses);
    }

    [Fact]
    public void One_that_was_never_heard_of_is_not_known_rather_than_down()
    {
        var health = Probe("10.0.0.8");
        Run(300);
        Assert.Equal(ServiceState.Unknown, health.State(here.Clock.NowMs));
    }

    [Fact]
    public void What_calls_tell_stands_for_an_hour()
    {
        var health = new TrunkHealth();
        health.Missed(1);
        Assert.Equal(ServiceState.Unknown, health.State(1));
        health.Heard(2);
        Assert.Equal(ServiceState.Up, health.State(2 + TrunkHealth.StandsMs));
        Assert.Equal(ServiceState.Unknown, health.State(3 + TrunkHealth.StandsMs));
        for (int i = 0; i < TrunkHealth.MissesToDown; i++)
        {
            Assert.NotEqual(ServiceState.Down, health.State(10));
            health.Missed(10);
        }
        Assert.Equal(ServiceState.Down, health.State(10));
        health.Heard(11);
        Assert.Equal(ServiceState.Up, health.State(11));
    }

    private void Run(int seconds) => world.RunFor(TimeSpan.FromSeconds(seconds));

    private TrunkHealth Probe(string host)
    {
        var health = new TrunkHealth();
        var trunk = new TrunkConfig("magrathea", [], new HostPort(host, 5060), null, "", null, []) { Options = TimeSpan.FromSeconds(30) };
        var probe = new TrunkProbe(endpoint, trunk, health, "10.0.0.1");
        here.Invoke(probe.Start);
        return health;
    }

    private static SipEndpoint Endpoint(Loop loop, string address)
    {
        var made = new SipEndpoint(loop, new Nobody());
        made.Add(new UdpTransport(loop, NetAddress.Parse(address)));
        return made;
    }

    private sealed class Nobody : ISipUserAgentCore
    {
        public void OnInvite(IncomingInvite invite) => invite.Reject(SipStatus.NotFound);

        public void OnRegister(ServerTransaction register) => register.Respond(SipStatus.Forbidden);
    }
}
