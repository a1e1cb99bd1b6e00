using Mesh.Dialplan.Calls;
using Xunit;
using static Mesh.Dialplan.Tests.Calls.LawBench;

namespace Mesh.Dialplan.Tests.Calls;

/// <summary>FORK: R6 to R11, R13 and the emergency.</summary>
public sealed class MeshLawForkTests
{
    private readonly LawBench bench = new();

    private static MeshHop Hop(PricedLeg leg)
    {
        Assert.Equal(HopFault.None, MeshHop.TryParse(leg.Hop!, out var hop));
        return hop!;
    }

    private static IReadOnlyList<string> Rung(PricedLeg leg)
    {
        Assert.True(MeshRung.TryParse(leg.Rung, out var devices));
        return devices;
    }

    [Fact]
    public void R6_every_leg_costs_one_and_the_last_go_without()
    {
        var small = new LawBench(new MeshLawOptions { Credit = 3 });
        var branch = small.Edge("london").Branch!;
        var legs = small.Price("london", branch, Phone("a"), Carrier("1"), Site("office"), Phone("b"), Site("offsite"));
        Assert.Equal([LegRefusal.None, LegRefusal.None, LegRefusal.None, LegRefusal.NoCredit, LegRefusal.NoCredit], legs.Select(l => l.Refusal));
        Assert.Equal(0, branch.Credit);
        Assert.Equal(2, small["london"].Counters.Of(LegRefusal.NoCredit));
        Assert.Equal(3, small["london"].Counters.Of(LegRefusal.None));
    }

    [Fact]
    public void R7_a_quarter_is_kept_and_the_rest_split_evenly()
    {
        var branch = bench.Edge("london").Branch!;
        var legs = bench.Price("london", branch, Phone("desk"), Site("manchester"), Site("office"), Site("offsite"));
        Assert.All(legs.Skip(1), l => Assert.Equal((9, 3, 3), (Hop(l).Credit, Hop(l).Hops, Hop(l).Diversions)));
        Assert.Equal(9, branch.Credit);
        Assert.Null(legs[0].Hop);
    }

    [Fact]
    public void R7_no_hops_left_no_server_dialled()
    {
        var branch = bench.Edge("london", maxForwards: 1).Branch!;
        var there = bench.Deliver("london", bench.Price("london", branch, Site("office", "302"))[0]).Branch!;
        Assert.Equal(0, there.Hops);
        Assert.Equal(LegRefusal.NoHops, bench.Price("office", there, Site("offsite", "303"))[0].Refusal);
        Assert.Equal(LegRefusal.None, bench.Price("office", there, Phone("a"))[0].Refusal);
        Assert.Equal(LegRefusal.NoHops, bench.Price("london", bench.Edge("london", maxForwards: 0).Branch!, Phone("a"))[0].Refusal);
    }

    [Fact]
    public void R5_a_loop_is_not_even_dialled()
    {
        var branch = bench.Edge("london").Branch!;
        var there = bench.Deliver("london", bench.Price("london", branch, Site("office", "302"))[0]).Branch!;
        // Back to the same number at London is a loop; to another one it is the call of a forwarded user.
        Assert.Equal(LegRefusal.Loop, bench.Price("office", there, Site("london", "301"))[0].Refusal);
        var back = bench.Price("office", there, Site("london", "303"))[0];
        Assert.Equal(AdmissionKind.Aware, bench.Deliver("office", back).Kind);
        Assert.Equal(LegRefusal.UnknownSite, bench.Price("london", branch, Site("atlantis"))[0].Refusal);
        Assert.Equal(LegRefusal.UnknownSite, bench.Price("london", branch, Site("london", "302"))[0].Refusal);
    }

    [Fact]
    public void R8_the_same_number_does_not_leave_over_another_trunk()
    {
        var there = bench.Deliver("london", bench.Leg("london", "office")).Branch!;
        var legs = bench.Price("office", there, Site("manchester"), Site("offsite"), Phone("a"));
        Assert.Equal([LegRefusal.SplitHorizon, LegRefusal.SplitHorizon, LegRefusal.None], legs.Select(l => l.Refusal));
        // Unless the phone that rang sends it there.
        var sent = bench.Price("office", there, Site("offsite") with { IsDiversion = true })[0];
        Assert.Equal(2, Hop(sent).Diversions);
        Assert.Equal(2, there.Diversions);
    }

    [Fact]
    public void R8_another_number_is_a_diversion_and_there_are_three()
    {
        var there = bench.Deliver("london", bench.Leg("london", "office")).Branch!;
        var both = bench.Price("office", there, Site("manchester", "401"), Site("offsite", "401"));
        Assert.All(both, l => Assert.Equal(2, Hop(l).Diversions));
        Assert.Equal(LegRefusal.None, bench.Price("office", there, Carrier("07700900000"))[0].Refusal);
        Assert.Equal(LegRefusal.None, bench.Price("office", there, Site("manchester", "402"))[0].Refusal);
        Assert.Equal(0, there.Diversions);
        Assert.Equal(LegRefusal.NoDiversions, bench.Price("office", there, Site("manchester", "403"))[0].Refusal);
        Assert.Equal(LegRefusal.NoDiversions, bench.Price("office", there, Carrier("07700900001"))[0].Refusal);
        Assert.Equal(LegRefusal.NoDiversions, bench.Price("office", there, Phone("a") with { IsDiversion = true })[0].Refusal);
        Assert.Equal(LegRefusal.None, bench.Price("office", there, Phone("a"))[0].Refusal);
    }

    [Fact]
    public void R9_an_unaware_peer_is_dialled_once_and_by_the_maker_of_o_only()
    {
        var branch = bench.Edge("london").Branch!;
        Assert.Equal(LegRefusal.None, bench.Price("london", branch, Peer("oldpbx"))[0].Refusal);
        Assert.Equal(LegRefusal.UnawarePeer, bench.Price("london", branch, Peer("oldpbx", "302"))[0].Refusal);
        var there = bench.Deliver("london", bench.Price("london", branch, Site("office"))[0]).Branch!;
        Assert.Equal(LegRefusal.UnawarePeer, bench.Price("office", there, Peer("oldpbx"))[0].Refusal);
        Assert.Equal(LegRefusal.UnawarePeer, bench.Price("office", there, Peer("oldpbx") with { IsDiversion = true })[0].Refusal);
    }

    [Fact]
    public void R10_credit_never_rises()
    {
        var branch = bench.Edge("london").Branch!;
        int last = branch.Credit;
        for (int i = 0; i < 60; i++)
        {
            foreach (var leg in bench.Price("london", branch, Site("office", $"{i}"), Phone($"p{i}")))
                if (leg.Hop is not null && bench.Deliver("london", leg).Branch is { } there) bench["office"].Leave(there);
            Assert.InRange(branch.Credit, 0, last);
            last = branch.Credit;
        }
        Assert.Equal(0, last);
    }

    [Fact]
    public void R11_a_device_rings_once_for_an_origin_on_any_site()
    {
        var branch = bench.Edge("london").Branch!;
        var legs = bench.Price("london", branch, Phone("desk", "X"), Phone("desk2", "X"), Site("office"), Phone("late", "Y"));
        Assert.Equal(LegRefusal.AlreadyRung, legs[1].Refusal);
        // The line is written when the whole ring is known.
        Assert.Equal(new HashSet<string> { MeshHash.Device("X"), MeshHash.Device("Y") }, Rung(legs[2]).ToHashSet());
        Assert.Equal(LegRefusal.AlreadyRung, bench.Price("london", branch, Phone("desk", "X"))[0].Refusal);

        var there = bench.Deliver("london", legs[2]).Branch!;
        Assert.Equal(LegRefusal.AlreadyRung, bench.Price("office", there, Phone("desk", "X"))[0].Refusal);
        Assert.Equal(LegRefusal.None, bench.Price("office", there, Phone("other", "Z"))[0].Refusal);
        // A second leg of the same call to the same site still knows what rang there.
        var again = bench.Deliver("london", bench.Price("london", branch, Site("office", "302"))[0]).Branch!;
        Assert.Same(there.Origin, again.Origin);
        Assert.Equal(LegRefusal.AlreadyRung, bench.Price("office", again, Phone("other", "Z"))[0].Refusal);
    }

    [Fact]
    public void R11_a_struck_device_may_be_rung_elsewhere()
    {
        var branch = bench.Edge("london").Branch!;
        var first = bench.Price("london", branch, Phone("desk", "X"), Site("office"));
        string x = MeshHash.Device("X");
        Assert.Contains(x, Rung(first[1]));
        bench["office"].Leave(bench.Deliver("london", first[1]).Branch!);
        branch.Strike(x);
        var second = bench.Price("london", branch, Site("office") with { Spared = [x] })[0];
        Assert.DoesNotContain(x, Rung(second));
        var there = bench.Deliver("london", second).Branch!;
        Assert.Equal(LegRefusal.None, bench.Price("office", there, Phone("desk", "X"))[0].Refusal);
    }

    [Fact]
    public void R11_the_list_is_bounded()
    {
        var rich = new LawBench(new MeshLawOptions { Credit = 200 });
        var branch = rich.Edge("london").Branch!;
        var legs = rich.Price("london", branch, [.. Enumerable.Range(0, 60).Select(i => Phone($"p{i}")), Site("office")]);
        Assert.Equal(MeshRung.MaxDevices, legs.Count(l => l.IsAllowed && l.Plan.Kind == LegKind.Phone));
        Assert.Equal(20, legs.Count(l => l.Refusal == LegRefusal.RungListFull));
        Assert.Equal(MeshRung.MaxDevices, Rung(legs[^1]).Count);
    }

    [Fact]
    public void R13_after_the_answer_there_is_no_credit()
    {
        var branch = bench.Edge("london").Branch!;
        branch.MarkAnswered();
        Assert.Equal(0, branch.Credit);
        Assert.Equal(LegRefusal.Answered, bench.Price("london", branch, Phone("a"))[0].Refusal);
    }

    [Fact]
    public void No_leg_is_made_after_T()
    {
        var branch = bench.Edge("london").Branch!;
        bench.Ms = 100_000;
        var there = bench.Deliver("london", bench.Price("london", branch, Site("office"))[0]).Branch!;
        Assert.Equal(180_000, there.DeadlineMs);
        bench.Ms = 179_999;
        Assert.Equal(LegRefusal.None, bench.Price("office", there, Phone("a"))[0].Refusal);
        bench.Ms = 180_000;
        Assert.Equal(LegRefusal.SetupTimeOver, bench.Price("office", there, Phone("b"))[0].Refusal);
        Assert.Equal(LegRefusal.SetupTimeOver, bench.Price("london", branch, Phone("b"))[0].Refusal);
    }

    [Fact]
    public void An_emergency_call_always_goes_out()
    {
        var leaf = bench["london"].Admit(new MeshArrival(CallEntry.Peer, "oldpbx", "999", [], null, 0), bench.Now).Branch!;
        for (int i = 0; i < 10; i++) Assert.True(bench.Price("london", leaf, Carrier("999"))[0].IsAllowed);
        Assert.Equal(0, leaf.Credit);
        var branch = bench.Edge("london").Branch!;
        branch.MarkAnswered();
        bench.Ms = 1_000_000;
        Assert.True(bench.Price("london", branch, Carrier("112"))[0].IsAllowed);
        Assert.False(bench.Price("london", branch, Carrier("113"))[0].IsAllowed);
    }

    [Fact]
    public void Caps_of_the_host_are_asked_last_and_counted()
    {
        var law = new MeshLaw(bench.Options, bench.Sites("london"), bench.Keys, new Mesh.Io.SeededChance(1), bench.Now, new NoCarriers());
        var branch = law.Admit(new MeshArrival(CallEntry.Phone, "edge", "301", [], null, 70), bench.Now).Branch!;
        var legs = law.Price(branch, [Carrier("1"), Phone("a"), Carrier("999")], bench.Now);
        Assert.Equal([LegRefusal.Capped, LegRefusal.None, LegRefusal.None], legs.Select(l => l.Refusal));
        Assert.Equal(38, branch.Credit);
    }

    private sealed class NoCarriers : ILegCaps
    {
        public bool Allows(MeshBranch branch, LegPlan plan) => plan.Kind != LegKind.Carrier;
    }
}
