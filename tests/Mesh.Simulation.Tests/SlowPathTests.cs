using Mesh.Host.Demo.Phones;
using Mesh.Iax2.Peers;
using Mesh.Io;
using Mesh.Io.Simulation;
using Mesh.Scenarios;

namespace Mesh.Simulation.Tests;

/// <summary>The path between sites becomes slower than the first retransmission, as when a machine has too much to do: a call still gets through, and once.</summary>
public sealed class SlowPathTests
{
    private const string Net = "127.37.0";

    private static readonly TestPlan Plan = new(["desk"], """
        Extension("301", async call => { await call.Dial(Person("301"), ringFor: 20.Seconds); });
        Inbound("+442079460301", call => call.Goto("301"));
        """)
    { People = new Dictionary<string, string[]> { ["301"] = ["desk"] }, Numbers = ["+442079460301"], RtpPorts = "20000-20199" };

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(110)]
    [InlineData(140)]
    public async Task A_call_over_a_path_that_has_become_slow(int oneWayMs)
    {
        var world = new VirtualWorld(seed: 1);
        using var mesh = new MeshOfSites(world, Plan, Net);
        var loop = world.CreateLoop("phones");
        using var carrier = new SoftPhone(loop, new SoftPhoneOptions("carrier", NetAddress.Parse($"{Net}.9:5060")));
        using var desk = new SoftPhone(loop, new SoftPhoneOptions("desk", NetAddress.Parse($"{Net}.20:5060")) { Secret = TestPlan.Secret }) { Behaviour = PhoneBehaviour.Answers(500) };
        using (world)
        {
            await world.PlayAsync(async () =>
            {
                await LoopWait.Ask(loop, () => desk.Register(mesh.Sip("manchester")));
                var london = mesh["london"];
                Assert.True(await LoopWait.Until(london.Signalling, 10_000, () => london.Iax.Peers.All.All(p => p.State == PeerState.Alive)), "London does not see the others");
                Assert.True(await LoopWait.Until(loop, 10_000, () => desk.IsRegisteredEverywhere), "the desk could not register");

                await LoopWait.For(loop, 1000);

                // What was measured before says that a hundred milliseconds are long.
                var slow = new Impairment { Latency = TimeSpan.FromMilliseconds(oneWayMs) };
                foreach (string other in new[] { "manchester", "office", "offsite" }) world.Wire.SetLink(mesh.Sip("london"), mesh.Sip(other), slow);
                var call = await LoopWait.Ask(loop, () => carrier.Call("+442079460301", mesh.Sip("london")));
                await LoopWait.Until(loop, 15_000, () => call.IsAnswered || call.IsOver);
                string trace = await LoopWait.Ask(london.Signalling, () => string.Join('\n', london.Runner.Traces.All.SelectMany(t => t.Lines).Select(l => $"{l.AtMs} {l.Text}")));
                Assert.True(call.IsAnswered, $"{call.FailedWith}\n{trace}");
                Assert.DoesNotContain("TemporaryFailure", trace, StringComparison.Ordinal);
                Assert.Single(desk.Rung);
                await LoopWait.Ask(loop, () => { call.HangUp(); return true; });
            }, TimeSpan.FromMinutes(1));
        }
    }
}
