using Mesh.Host.Demo.Phones;
using Mesh.Iax2.Peers;
using Mesh.Io;
using Mesh.Scenarios;

namespace Mesh.Simulation.Tests;

/// <summary>
/// What a site that is gone costs a caller whose handler dials it and nothing else, and goes on with its next line when that fails: nothing once it is known to be dead, and
/// 300 ms when the call comes before anybody knows.
/// </summary>
public sealed class DyingSiteTests
{
    private const string Net = "127.53.30";

    /// <summary>From the INVITE at London to the desk's ringing there, with nothing else to do.</summary>
    private const int OwnMs = 20;

    private static readonly TestPlan Plan = new(["desk"], """
        Extension("301", async call =>
        {
            if (await call.Dial(Iax("office/301"), ringFor: 20.Seconds)) return;
            await call.Dial(Sip("desk"), ringFor: 20.Seconds);
        });
        Inbound("+442079460301", call => call.Goto("301"));
        """)
    { People = new Dictionary<string, string[]> { ["301"] = ["desk"] }, Numbers = ["+442079460301"], RtpPorts = "20000-20199" };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_call_into_a_dead_site_costs_nothing(bool isSealed) => PlayAsync(isSealed, 1_000, (london, placed, waitedMs) =>
    {
        Assert.Equal(PeerState.Dead, london.Iax.Peers.All.Single(p => p.Name == "office").State);
        Assert.Equal(placed, london.Iax.Counters.CallsPlaced);
        Assert.InRange(waitedMs, 0, OwnMs);
    });

    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 60)]
    [InlineData(false, 250)]
    [InlineData(true, 0)]
    [InlineData(true, 130)]
    public Task A_call_into_a_dying_site_costs_300_ms_at_most(bool isSealed, int diedBeforeMs) => PlayAsync(isSealed, diedBeforeMs, (london, placed, waitedMs) =>
    {
        Assert.Equal(placed + 1, london.Iax.Counters.CallsPlaced);
        Assert.InRange(waitedMs, 1, 300 + OwnMs);
    });

    private static async Task PlayAsync(bool isSealed, int diedBeforeMs, Action<Mesh.Host.Sites.SiteCore, long, long> check)
    {
        var world = new VirtualWorld(seed: 1);
        using var mesh = new MeshOfSites(world, Plan with { Sealed = isSealed }, Net);
        var loop = world.CreateLoop("phones");
        using var carrier = new SoftPhone(loop, new SoftPhoneOptions("carrier", NetAddress.Parse($"{Net}.9:5060")));
        using var desk = new SoftPhone(loop, new SoftPhoneOptions("desk", NetAddress.Parse($"{Net}.20:5060")) { Secret = TestPlan.Secret }) { Behaviour = PhoneBehaviour.Answers(500) };
        using (world)
        {
            await world.PlayAsync(async () =>
            {
                await LoopWait.Ask(loop, () => desk.Register(mesh.Sip("london")));
                var london = mesh["london"];
                Assert.True(await LoopWait.Until(london.Signalling, 10_000, () => london.Iax.Peers.All.All(p => p.State == PeerState.Alive)), "London does not see the others");
                Assert.True(await LoopWait.Until(loop, 10_000, () => desk.IsRegisteredEverywhere), "the desk could not register");
                await LoopWait.For(loop, 1_000);

                long placed = london.Iax.Counters.CallsPlaced;
                world.Kill(mesh.Sip("office"));
                if (diedBeforeMs > 0) await LoopWait.For(loop, diedBeforeMs);
                var call = await LoopWait.Ask(loop, () => carrier.Call("+442079460301", mesh.Sip("london")));
                Assert.True(await LoopWait.Until(loop, 15_000, () => call.IsAnswered || call.IsOver) && call.IsAnswered, $"not answered: {call.FailedWith}");
                check(london, placed, Assert.Single(desk.Rung).BeganMs - call.BeganMs);
                await LoopWait.Ask(loop, () => { call.HangUp(); return true; });
            }, TimeSpan.FromMinutes(1));
        }
    }
}
