using Mesh.Host.Demo.Phones;
using Mesh.Io;
using Mesh.Media;
using Xunit.Abstractions;

namespace Mesh.Interop.Tests;

/// <summary>Four sites as processes, and a bad network between London and Manchester: real datagrams through the real relay.</summary>
[Collection(Alone.Name)]
public sealed class BadNetworkTests(ITestOutputHelper output)
{
    private const string Bad = "drop=5%,duplicate=10%,reorder=10%,reorder-by=40ms,delay=10ms";

    [Fact]
    public async Task SIPp_sees_an_inbound_call_answered_behind_it()
    {
        Referee.Require(Sipp.Path, "sip-tester");
        using var pair = new RelayedPair("127.55.3", "london", "manchester", Impairments.Parse(Bad));
        await using var sites = pair.Sites(ScenarioPlan.For(Scenario.Load()));
        await sites.StartAsync();
        var run = new ScenarioRun(sites);
        foreach (string name in (string[])["answered-at-another-site-only", "callee-hangs-up"])
        {
            var verdict = await run.PlayAsync(Scenario.Load().Single(s => s.Name == name));
            Assert.True(verdict.Passed, $"{name}: {verdict.Why}\n{sites.Logs()}");
        }
        output.WriteLine($"there {pair.Relay.OutCounters}\nback {pair.Relay.InCounters}");
        Assert.True(pair.Relay.OutCounters.Lost > 0 && pair.Relay.InCounters.Lost > 0, "nothing was lost");
        Assert.Equal((0L, 0L), (pair.Relay.OutCounters.Strangers, pair.Relay.InCounters.Strangers));
    }

    [Fact]
    public async Task Calls_between_two_processes_are_answered_once_and_heard()
    {
        const int Calls = 40;
        const double CarrierHz = 700, DeskHz = 1100;
        var plan = new TestPlan(["desk"], """
            Extension("301", async call => { await call.Dial(Person("301"), ringFor: 20.Seconds); });
            Inbound("+442079460301", call => call.Goto("301"));
            """)
        { People = new Dictionary<string, string[]> { ["301"] = ["desk"] }, Numbers = ["+442079460301"] };
        using var pair = new RelayedPair("127.55.4", "london", "manchester", Impairments.Parse(Bad));
        await using var sites = pair.Sites(plan);
        await sites.StartAsync();
        using var loop = DatagramLoops.Create("phones", new MeshClock(TimeProvider.System), new CryptoChance());
        loop.Start();
        var (carrier, desk) = await LoopWait.Ask(loop, () => (
            new SoftPhone(loop, new SoftPhoneOptions("carrier", NetAddress.Parse($"{sites.Carrier}:5060")) { Codecs = [AudioCodec.Pcma], SaysHz = CarrierHz, HearsHz = DeskHz }),
            new SoftPhone(loop, new SoftPhoneOptions("desk", NetAddress.Parse($"{sites.Net}.20:5060")) { Secret = TestPlan.Secret, Codecs = [AudioCodec.Pcma], SaysHz = DeskHz, HearsHz = CarrierHz })));
        desk.Behaviour = PhoneBehaviour.Answers(200);
        await LoopWait.Ask(loop, () => desk.Register(NetAddress.Parse($"{sites.Host("manchester")}:5060")));
        Assert.True(await LoopWait.Until(loop, 20_000, () => desk.IsRegisteredEverywhere), "the desk could not register");

        var placed = new List<PhoneCallOut>();
        for (int i = 0; i < Calls; i++)
        {
            var call = await LoopWait.Ask(loop, () => carrier.Call("+442079460301", NetAddress.Parse($"{sites.Host("london")}:5060")));
            placed.Add(call);
            await LoopWait.For(loop, 250);
            // Each lasts two seconds or so, several at a time; one that is not up yet, on a machine with too much to do, is left to come.
            await LoopWait.Ask(loop, () => { foreach (var old in placed.SkipLast(8).Where(c => c.Audio!.Ear.Tone.HeardMs > 1_000)) old.HangUp(); return true; });
        }
        await LoopWait.Until(loop, 30_000, () => placed.TrueForAll(c => c.IsAnswered || c.IsOver));
        // On a machine with too much to do a site is silent for longer than a dead one may be, and is taken for dead: what its callers do then is call again.
        bool wasTakenForDead = sites.Process("london").Output.Contains("peer manchester does not answer", StringComparison.Ordinal);
        int atOnce = placed.Count(c => c.IsAnswered);
        for (int round = 0; round < 5 && placed.Exists(c => !c.IsAnswered); round++)
        {
            foreach (var lost in placed.Where(c => !c.IsAnswered).ToList())
            {
                placed[placed.IndexOf(lost)] = await LoopWait.Ask(loop, () => carrier.Call("+442079460301", NetAddress.Parse($"{sites.Host("london")}:5060")));
                await LoopWait.For(loop, 500);
            }
            await LoopWait.Until(loop, 30_000, () => placed.TrueForAll(c => c.IsAnswered || c.IsOver));
        }
        await LoopWait.Until(loop, 20_000, () => placed.Cast<PhoneCall>().Concat(desk.Rung).All(c => !c.IsAnswered || c.IsOver || c.Audio!.Ear.Tone.HeardMs > 500));
        string failures = await LoopWait.Ask(loop, () => string.Join(' ', placed.Where(c => !c.IsAnswered).Select(c => $"{c.FailedWith} after {c.EndedMs - c.BeganMs} ms")));
        var heard = await LoopWait.Ask(loop, () => (
            Setup: placed.Where(c => c.IsAnswered).Select(c => c.AnsweredMs - c.BeganMs).Order().ToList(),
            Callers: placed.Where(c => c.IsAnswered).Select(c => c.Audio!.Ear.Tone).ToList(),
            Called: desk.Rung.Where(c => c.IsAnswered).Select(c => c.Audio!.Ear.Tone).ToList(),
            Rung: desk.Rung.Count(),
            Placed: carrier.Calls.Count));
        if (failures.Length > 0) output.WriteLine($"{failures}; London's traces: {await sites.GetAsync("london", "/api/traces")}");
        await LoopWait.Ask(loop, () => { carrier.Dispose(); desk.Dispose(); return true; });
        output.WriteLine($"{atOnce} of {Calls} answered at once, {heard.Setup.Count} in the end, INVITE to 200 p50 {heard.Setup[heard.Setup.Count / 2]} max {heard.Setup[^1]} ms; there {pair.Relay.OutCounters}; back {pair.Relay.InCounters}");
        // The shares themselves are shown in virtual time, where nothing but the network is slow; here four processes share whatever the machine has left.
        Assert.True(wasTakenForDead || atOnce >= Calls - 4, $"{atOnce} of {Calls} at once\n{sites.Logs()}");
        Assert.True(heard.Setup.Count == Calls, $"{heard.Setup.Count} of {Calls}: {failures}\n{sites.Logs()}");
        Assert.InRange(heard.Rung, heard.Setup.Count, heard.Placed);
        Assert.Equal(heard.Setup.Count, heard.Callers.Count(t => t.HeardMs > 500));
        Assert.InRange(heard.Called.Count(t => t.HeardMs > 500), heard.Setup.Count, heard.Rung);
        Assert.All(heard.Callers.Where(t => t.HeardMs > 500), t => Assert.InRange(t.FrequencyHz, DeskHz - 2, DeskHz + 2));
        Assert.All(heard.Called.Where(t => t.HeardMs > 500), t => Assert.InRange(t.FrequencyHz, CarrierHz - 2, CarrierHz + 2));
    }
}
