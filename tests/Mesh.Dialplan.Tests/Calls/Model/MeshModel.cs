using System.Reflection;
using Mesh.Dialplan.Calls;
using Mesh.Io;

namespace Mesh.Dialplan.Tests.Calls.Model;

/// <summary>
/// Servers that are nothing but their law and their plan, and a network that loses, doubles and reorders. Every admission and every leg is decided by the real
/// <see cref="MeshLaw"/>; the model only carries out what it says, counts, and mutates the world around it.
/// </summary>
internal sealed class MeshModel
{
    private const int RunawayLegs = 2_000;
    private static readonly MeshKeyRing Keys = new([("k", new byte[32])]);
    private static readonly PropertyInfo Credit = typeof(MeshBranch).GetProperty(nameof(MeshBranch.Credit))!;
    private readonly DateTimeOffset began = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private readonly MeshScenario scenario;
    private readonly Mutation mutation;
    private readonly SeededChance chance;
    private readonly MeshIds freshIds;
    private readonly MeshLaw[] laws;
    private readonly MeshSites[] sites;
    private readonly PriorityQueue<Action, (long Ms, long Order)> agenda = new();
    private readonly ModelOutcome outcome = new();
    private readonly Dictionary<string, int> legsByOrigin = [];
    private long ms, order;

    private MeshModel(MeshScenario scenario, Mutation mutation, MeshLawOptions options)
    {
        this.scenario = scenario;
        this.mutation = mutation;
        chance = new SeededChance(scenario.Seed);
        freshIds = new MeshIds(chance);
        string[] names = [.. Enumerable.Range(0, scenario.Servers).Select(Name)];
        sites = [.. names.Select(n => new MeshSites(n, names))];
        laws = [.. names.Select((n, i) => new MeshLaw(options, sites[i], Keys, new SeededChance(scenario.Seed + (ulong)i), Now))];
    }

    private MeshNow Now => new(ms, began.AddMilliseconds(ms));

    /// <summary>One call for target 0 enters at server 0; everything that follows.</summary>
    public static ModelOutcome Run(MeshScenario scenario, Mutation mutation, MeshLawOptions options)
    {
        var model = new MeshModel(scenario, mutation, options);
        model.Arrive(0, 0, new MeshArrival(CallEntry.Carrier, "carrier", "0", [], null, 70), new Way(0, 0, []), _ => { });
        while (model.agenda.TryDequeue(out var act, out var due))
        {
            model.ms = due.Ms;
            act();
            if (model.outcome.Legs > RunawayLegs) { model.outcome.RanAway = true; break; }
        }
        model.outcome.Left = model.laws.Sum(l => l.Origins.LiveBranches);
        model.outcome.LegsOfOneOrigin = model.legsByOrigin.Values.DefaultIfEmpty().Max();
        return model.outcome;
    }

    private static string Name(int server) => $"s{server}";

    private void Later(long inMs, Action act) => agenda.Enqueue(act, (ms + inMs, order++));

    private void Arrive(int server, int target, MeshArrival arrival, Way way, Action<MeshBranch?> over)
    {
        if (mutation == Mutation.WithoutR3 && arrival.Entry == CallEntry.Peer) arrival = arrival with { Entry = CallEntry.Phone };
        var law = laws[server];
        if (law.Admit(arrival, Now).Branch is not { } branch) { over(null); return; }
        // A new origin begins a new way: what an unaware peer forgot is not on it.
        if (branch.MadeOrigin || branch.IsLeaf) way = new Way(ms, 0, []);
        if (way.Been.Contains((server, target))) outcome.Repeats = true;
        way = way with { Been = [.. way.Been, (server, target)] };
        RunPlan(law, server, branch, scenario.Plan(server, target), 0, way, () =>
        {
            law.Leave(branch);
            over(branch);
        });
    }

    private void RunPlan(MeshLaw law, int server, MeshBranch branch, Branching[][] plan, int step, Way way, Action over)
    {
        if (step == plan.Length) { over(); return; }
        Dial(law, server, branch, [.. plan[step].Select(Request)], way);
        Later(1 + chance.NextInt32(30_000), () => RunPlan(law, server, branch, plan, step + 1, way, over));
    }

    private void Dial(MeshLaw law, int server, MeshBranch branch, IReadOnlyList<LegRequest> requests, Way way)
    {
        int before = branch.Credit;
        foreach (var leg in law.Price(branch, requests, Now))
        {
            if (leg.IsAllowed || (mutation == Mutation.WithoutR9 && leg.Refusal == LegRefusal.UnawarePeer)) Make(law, server, branch, leg, way);
        }
        if (branch.Credit < 0 || branch.Credit > before) outcome.CreditRose = true;
    }

    private void Make(MeshLaw law, int server, MeshBranch branch, PricedLeg leg, Way way)
    {
        outcome.Legs++;
        legsByOrigin[branch.Origin.Id] = legsByOrigin.GetValueOrDefault(branch.Origin.Id) + 1;
        outcome.Depth = Math.Max(outcome.Depth, way.Depth + 1);
        outcome.LatestMs = Math.Max(outcome.LatestMs, ms - way.EnteredMs);
        switch (leg.Plan.Kind)
        {
            case LegKind.Site: Send(server, branch, leg, way); break;
            case LegKind.Peer: PeerForks(int.Parse(leg.Plan.Target)); break;
            case LegKind.Phone when leg.Plan.Target.StartsWith('d'):
                var to = new Branching(Place.Site, chance.NextInt32(scenario.Servers), chance.NextInt32(scenario.Targets));
                Later(1 + chance.NextInt32(100), () =>
                {
                    if (!branch.IsAnswered) Dial(law, server, branch, [Request(to) with { IsDiversion = true }], way);
                });
                break;
        }
    }

    /// <summary>Over the network: lost, once, or several times, each after a time of its own.</summary>
    private void Send(int from, MeshBranch branch, PricedLeg leg, Way way)
    {
        if (chance.NextInt32(100) < scenario.LossPercent) return;
        int copies = chance.NextInt32(100) < scenario.DuplicatePercent ? 2 + chance.NextInt32(2) : 1;
        int to = int.Parse(leg.Plan.Peer[1..]);
        for (int copy = 0; copy < copies; copy++)
        {
            var arrival = new MeshArrival(CallEntry.Site, Name(from), leg.Plan.Target, [copy > 0 && mutation == Mutation.WithoutR4 ? Again(leg, from, to) : leg.Hop!], leg.Rung, 70);
            Later(1 + chance.NextInt32(50), () => Arrive(to, int.Parse(leg.Plan.Target), arrival, way with { Depth = way.Depth + 1 }, _ => Refund(branch, leg)));
        }
    }

    /// <summary>The same header as if it had not been seen: a leg id of its own.</summary>
    private string Again(PricedLeg leg, int from, int to)
    {
        MeshHop.TryParse(leg.Hop!, out var hop);
        return Keys.Sign(hop! with { Leg = freshIds.NewLeg(Now.Utc) }, sites[from].HereId, sites[to].HereId, leg.Plan.Target, leg.Rung).ToString();
    }

    private void Refund(MeshBranch branch, PricedLeg leg)
    {
        if (mutation != Mutation.RefundsTrusted) return;
        MeshHop.TryParse(leg.Hop!, out var hop);
        Credit.SetValue(branch, branch.Credit + 1 + hop!.Credit);
    }

    private void PeerForks(int target)
    {
        for (int i = 0; i < scenario.PeerForks; i++)
        {
            int to = i % scenario.Servers;
            outcome.Legs++;
            Later(1 + chance.NextInt32(50), () =>
                Arrive(to, target, new MeshArrival(CallEntry.Peer, "oldpbx", $"{target}", [], null, 70), new Way(ms, 0, []), _ => { }));
        }
    }

    private LegRequest Request(Branching to)
    {
        string unique = $"{order++}";
        return new LegRequest(to.Place switch
        {
            Place.Site => new LegPlan("IAX2", LegKind.Site, $"{to.Target}", Name(to.Server), "", null),
            Place.Carrier => new LegPlan("TRUNK", LegKind.Carrier, $"0770{to.Target}", "carrier", "", null),
            Place.Peer => new LegPlan("IAX2", LegKind.Peer, $"{to.Target}", "oldpbx", "", null),
            // Every phone is another device: R11 must not be what saves us.
            Place.DivertingPhone => new LegPlan("SIP", LegKind.Phone, $"d{unique}", "", unique, null),
            _ => new LegPlan("SIP", LegKind.Phone, $"p{unique}", "", unique, null),
        });
    }

    /// <summary>How a call came here under its origin.</summary>
    private sealed record Way(long EnteredMs, int Depth, (int Server, int Target)[] Been);
}
