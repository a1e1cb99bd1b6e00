using Mesh.Host.Demo.Phones;
using Mesh.Iax2.Peers;
using Mesh.Io;
using Mesh.Scenarios;
using Xunit.Abstractions;

namespace Mesh.Simulation.Tests.BadNetwork;

/// <summary>
/// Four sites, five phones and ten callers, while sites are cut off from each other, lose datagrams and die, as the seed says; then all is mended. What must hold holds:
/// one answer, one ringtone, no cascade, one ring a device, and nothing that goes on for ever.
/// </summary>
public sealed class RandomFaultTests(ITestOutputHelper output)
{
    private const string Net = "127.55.5";
    private const int Callers = 10, MostLegs = 40;

    private static readonly string[] Desks = ["d1", "d2", "d3", "d4", "d5"];

    private static readonly TestPlan Plan = new([.. Desks, .. Enumerable.Range(0, Callers).Select(i => $"c{i}")], string.Concat(Enumerable.Range(301, 4).Select(n =>
        $$"""
        Extension("{{n}}", async call => { await call.Dial(Person("{{n}}"), ringFor: 8.Seconds); });

        """)))
    {
        People = new Dictionary<string, string[]> { ["301"] = ["d1", "d2"], ["302"] = ["d3"], ["303"] = ["d4"], ["304"] = Desks },
        Numbers = ["+442079460301"], RtpPorts = "20000-20399",
    };

    public static TheoryData<ulong> Seeds =>
        [.. Enumerable.Range(1, Environment.GetEnvironmentVariable("MESH_TEST_LONG") == "1" ? 50 : 6).Select(seed => (ulong)seed)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task What_must_hold_holds(ulong seed)
    {
        var world = new VirtualWorld(seed);
        var chance = new SeededChance(seed * 977);
        using var mesh = new MeshOfSites(world, Plan, Net);
        var loop = world.CreateLoop("phones");
        var desks = Desks.Select((name, i) => Phone(loop, name, 20 + i, PhoneBehaviour.Answers(500 + chance.NextInt32(3_000)), 1_100, 700)).ToList();
        var callers = Enumerable.Range(0, Callers).Select(i => Phone(loop, $"c{i}", 40 + i, PhoneBehaviour.Rings, 700, 1_100)).ToList();
        var calls = new List<PhoneCallOut>();
        string? killed = null;
        using (world)
        {
            await world.PlayAsync(async () =>
            {
                foreach (var desk in desks)
                    foreach (string site in mesh.Sites.Keys) await LoopWait.Ask(loop, () => desk.Register(mesh.Sip(site)));
                Assert.True(await LoopWait.Until(loop, 10_000, () => desks.TrueForAll(d => d.IsRegisteredEverywhere)), "the desks could not register");
                foreach (var core in mesh.Sites.Values)
                    Assert.True(await LoopWait.Until(core.Signalling, 10_000, () => core.Iax.Peers.All.All(p => p.State == PeerState.Alive)), "the sites do not see each other");

                foreach (var caller in callers)
                {
                    if (Harm(mesh, world, chance, killed) is { } dead) killed = dead;
                    string at = Pick(chance, [.. mesh.Sites.Keys.Where(s => s != killed)]), number = $"{301 + chance.NextInt32(4)}";
                    calls.Add(await LoopWait.Ask(loop, () => caller.Call(number, mesh.Sip(at))));
                    await LoopWait.For(loop, 300 + chance.NextInt32(1_500));
                    await LoopWait.Ask(loop, () => { foreach (var old in calls.Where(c => c.IsAnswered && loop.Clock.NowMs - c.AnsweredMs > 3_000)) old.HangUp(); return true; });
                }
                world.Wire.Heal();
                Links(mesh, world, Impairment.None);
                await LoopWait.For(loop, 15_000);
                await LoopWait.Ask(loop, () => { calls.ForEach(c => c.HangUp()); return true; });
                // A dead site can tell its phones nothing: a real one notices that no audio comes.
                Assert.True(await LoopWait.Until(loop, 60_000, () => Going(mesh, desks, killed).Length == 0), $"for ever: {Going(mesh, desks, killed)}; {mesh.Left()}");
                foreach (var core in mesh.Sites.Where(s => s.Key != killed).Select(s => s.Value))
                    Assert.True(await LoopWait.Until(core.Signalling, 60_000, () => core.Runner.Calls.Count == 0 && core.Iax.CallCount == 0 && core.Ports.Rented == 0), mesh.Left());
            }, TimeSpan.FromMinutes(10));
            Check(mesh, desks, calls, killed);
        }
        foreach (var phone in desks.Concat(callers)) phone.Dispose();
        foreach (var (site, journal) in mesh.Journals) { Assert.Empty(journal.Faults); Assert.Empty(journal.ScriptFailures); Assert.True(journal.Alarms.Count == 0, site); }
    }

    private void Check(MeshOfSites mesh, List<SoftPhone> desks, List<PhoneCallOut> calls, string? killed)
    {
        output.WriteLine($"{calls.Count(c => c.IsAnswered)} of {calls.Count} answered, {killed ?? "nobody"} was killed, {desks.Sum(d => d.Rung.Count())} rings");
        foreach (var call in calls)
        {
            string name = call.Phone.Options.Account;
            var rung = desks.SelectMany(d => d.Rung).Where(r => r.From == name).ToList();
            // 1: only one phone ever hears the caller. 4: none rings twice for him.
            Assert.True(rung.Count(r => r.Audio?.Ear.Tone.HeardMs > 100) <= 1, $"{name} talked to {string.Join(", ", rung.Where(r => r.IsAnswered).Select(r => r.Phone.Options.Account))}");
            Assert.True(rung.Select(r => r.Phone).Distinct().Count() == rung.Count, $"{name} rang {string.Join(", ", rung.Select(r => $"{r.Phone.Options.Account} at {r.BeganMs}-{r.EndedMs} through {r.Site}"))}");
            // 2: ringback, once it began, goes on packet after packet.
            Assert.True(call.Audio!.Ear.Ringback.Discontinuities == 0, $"{name} heard a broken ringback");
        }
        Assert.Contains(desks.SelectMany(d => d.Rung), r => calls.Exists(c => c.Phone.Options.Account == r.From));
        // 3: legs of all sites together.
        Assert.True(mesh.Sites.Values.Sum(c => (long)c.SipLegs.Total + c.IaxLegs.Total) <= MostLegs * calls.Count);
    }

    /// <summary>The phones' calls that are not over.</summary>
    private static string Going(MeshOfSites mesh, List<SoftPhone> desks, string? killed) => string.Join(", ", desks.SelectMany(d => d.Rung)
        .Where(c => !c.IsOver && !(killed is not null && c.Site.SameHost(mesh.Sip(killed)))).Select(c => $"{c.From} at {c.Phone.Options.Account} through {c.Site} since {c.BeganMs}, answered {c.AnsweredMs}"));

    /// <summary>Something bad happens, or something is mended; the name of a site that was killed.</summary>
    private static string? Harm(MeshOfSites mesh, VirtualWorld world, SeededChance chance, string? killed)
    {
        string[] alive = [.. mesh.Sites.Keys.Where(s => s != killed)];
        var (a, b) = (mesh.Sip(Pick(chance, alive)), mesh.Sip(Pick(chance, alive)));
        switch (chance.NextInt32(7))
        {
            case 0 when !a.SameHost(b): world.Wire.Partition(a, b); break;
            case 1 when !a.SameHost(b): world.Wire.Cut(a, b); break;
            case 2: world.Wire.Partition([a], mesh.Sites.Keys.Select(mesh.Sip).Where(s => !s.SameHost(a))); break;
            case 3: world.Wire.Heal(); break;
            case 4 or 5:
                Links(mesh, world, new Impairment { Loss = chance.NextInt32(21) / 100.0, Duplication = 0.05, Reordering = 0.05, Latency = TimeSpan.FromMilliseconds(1 + chance.NextInt32(30)) });
                break;
            case 6 when killed is null:
                string victim = Pick(chance, alive);
                world.Kill(mesh.Sip(victim));
                return victim;
        }
        return null;
    }

    private static void Links(MeshOfSites mesh, VirtualWorld world, Impairment impairment)
    {
        foreach (string a in mesh.Sites.Keys)
            foreach (string b in mesh.Sites.Keys)
                if (a != b) world.Wire.SetLink(mesh.Sip(a), mesh.Sip(b), impairment, bothWays: false);
    }

    private static string Pick(SeededChance chance, string[] among) => among[chance.NextInt32(among.Length)];

    private static SoftPhone Phone(Loop loop, string account, int host, PhoneBehaviour behaviour, double says, double hears) =>
        new(loop, new SoftPhoneOptions(account, NetAddress.Parse($"{Net}.{host}:5060")) { Secret = TestPlan.Secret, SaysHz = says, HearsHz = hears }) { Behaviour = behaviour };
}
