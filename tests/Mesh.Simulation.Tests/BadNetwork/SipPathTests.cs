using Mesh.Host.Demo.Phones;
using Mesh.Iax2.Peers;
using Mesh.Io;
using Mesh.Scenarios;
using Xunit.Abstractions;

namespace Mesh.Simulation.Tests.BadNetwork;

/// <summary>The bad network lies between whole sites: SIP phones at both ends, IAX2 over it. What was lost is lost for the phone too, and what comes late comes late; nothing else.</summary>
public sealed class SipPathTests(ITestOutputHelper output)
{
    private const string Net = "127.55.2";

    private static readonly TestPlan Plan = new(["desk"], """
        Extension("301", async call => { await call.Dial(Person("301"), ringFor: 20.Seconds); });
        Inbound("+442079460301", call => call.Goto("301"));
        """)
    { People = new Dictionary<string, string[]> { ["301"] = ["desk"] }, Numbers = ["+442079460301"], RtpPorts = "20000-20399" };

    /// <summary>Longer than two wraps of the mini frames' stamps.</summary>
    [Theory]
    [InlineData("delay=10ms", 0.0)]
    [InlineData("drop=5%,duplicate=10%,reorder=10%,reorder-by=70ms,delay=10ms", 0.045)]
    public Task A_long_call_between_two_phones(string impairments, double lost) => PlayAsync(impairments, async (mesh, carrier, desk) =>
    {
        var call = await LoopWait.Ask(carrier.Loop, () => carrier.Call("+442079460301", mesh.Sip("london")));
        Assert.True(await LoopWait.Until(carrier.Loop, 20_000, () => call.IsAnswered || call.IsOver) && call.IsAnswered, $"{call.FailedWith}");
        var answered = Assert.Single(desk.Rung);
        // The full frames that begin each direction may be on their way still.
        await LoopWait.For(carrier.Loop, 1_000);
        var (atCarrier, atDesk) = await LoopWait.Ask(carrier.Loop, () => (RtpLog.Of(call), RtpLog.Of(answered)));
        await LoopWait.For(carrier.Loop, 170_000);
        foreach (var log in new[] { atCarrier, atDesk })
        {
            output.WriteLine(log.ToString());
            Assert.Equal(0, log.Misplaced);
            Assert.InRange(log.Places, 8_490, 8_510);
            Assert.InRange((double)(log.Places - log.Heard) / log.Places, lost - 0.01, lost + 0.01);
        }
        await LoopWait.Ask(carrier.Loop, () => { call.HangUp(); return true; });
        Assert.True(await LoopWait.Until(carrier.Loop, 20_000, () => answered.IsOver), "the desk was not told of the end");
    });

    [Theory]
    [InlineData("drop=5%,duplicate=10%,reorder=10%,reorder-by=30ms,delay=10ms", 60)]
    [InlineData("drop=10%,duplicate=10%,reorder=10%,reorder-by=30ms,delay=10ms", 60)]
    public Task Every_call_is_answered_and_rings_once(string impairments, int calls) => PlayAsync(impairments, async (mesh, carrier, desk) =>
    {
        var placed = new List<PhoneCallOut>();
        for (int i = 0; i < calls; i++)
        {
            placed.Add(await LoopWait.Ask(carrier.Loop, () => carrier.Call("+442079460301", mesh.Sip("london"))));
            await LoopWait.For(carrier.Loop, 300);
        }
        await LoopWait.Until(carrier.Loop, 20_000, () => placed.TrueForAll(c => c.IsAnswered || c.IsOver));
        var setup = placed.Where(c => c.IsAnswered).Select(c => c.AnsweredMs - c.BeganMs).Order().ToList();
        output.WriteLine($"{setup.Count} of {calls} answered, INVITE to 200 p50 {setup[setup.Count / 2]} max {setup[^1]} ms, of which the phone takes {RingMs}");
        Assert.Equal((calls, calls), (placed.Count(c => c.IsAnswered), desk.Rung.Count()));
        await LoopWait.Ask(carrier.Loop, () => { placed.ForEach(c => c.HangUp()); return true; });
        Assert.True(await LoopWait.Until(carrier.Loop, 20_000, () => desk.Rung.All(c => c.IsOver)), "the desk was not told of every end");
        Assert.True(await mesh.IsAllGivenBackAsync(60_000), mesh.Left());
    });

    private const int RingMs = 500;

    private static async Task PlayAsync(string impairments, Func<MeshOfSites, SoftPhone, SoftPhone, Task> play)
    {
        var world = new VirtualWorld(seed: 7);
        using var mesh = new MeshOfSites(world, Plan, Net);
        var loop = world.CreateLoop("phones");
        using var carrier = new SoftPhone(loop, new SoftPhoneOptions("carrier", NetAddress.Parse($"{Net}.9:5060")));
        using var desk = new SoftPhone(loop, new SoftPhoneOptions("desk", NetAddress.Parse($"{Net}.20:5060")) { Secret = TestPlan.Secret }) { Behaviour = PhoneBehaviour.Answers(RingMs) };
        using (world)
        {
            await world.PlayAsync(async () =>
            {
                await LoopWait.Ask(loop, () => desk.Register(mesh.Sip("manchester")));
                var london = mesh["london"];
                Assert.True(await LoopWait.Until(london.Signalling, 10_000, () => london.Iax.Peers.All.All(p => p.State == PeerState.Alive)), "London does not see the others");
                Assert.True(await LoopWait.Until(loop, 10_000, () => desk.IsRegisteredEverywhere), "the desk could not register");
                var bad = Impairments.Parse(impairments).Out;
                foreach (string a in mesh.Sites.Keys)
                    foreach (string b in mesh.Sites.Keys)
                        if (a != b) world.Wire.SetLink(mesh.Sip(a), mesh.Sip(b), bad, bothWays: false);
                await play(mesh, carrier, desk);
            }, TimeSpan.FromMinutes(10));
        }
        Assert.All(mesh.Journals.Values, journal => { Assert.Empty(journal.Faults); Assert.Empty(journal.ScriptFailures); Assert.Empty(journal.Alarms); });
    }
}
