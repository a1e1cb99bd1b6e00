using Mesh.Dialplan.Calls;
using Xunit;

namespace Mesh.Dialplan.Tests.Calls;

/// <summary>ADMIT: R1 to R5.</summary>
public sealed class MeshLawAdmitTests
{
    private readonly LawBench bench = new();

    [Fact]
    public void R1_an_edge_starts_fresh()
    {
        var branch = bench.Edge("london").Branch!;
        Assert.Equal((40, 4, 3, 180_000L), (branch.Credit, branch.Hops, branch.Diversions, branch.DeadlineMs));
        Assert.Empty(branch.Path);
        Assert.Equal(22, branch.Origin.Id.Length);
        Assert.NotEqual(branch.Origin.Id, bench.Edge("london").Branch!.Origin.Id);
    }

    [Fact]
    public void R1_a_number_may_have_its_own_credit()
    {
        var own = new LawBench(new MeshLawOptions { CreditByNumber = new Dictionary<string, int> { ["555"] = 7 } });
        Assert.Equal(7, own.Edge("london", "555").Branch!.Credit);
        Assert.Equal(40, own.Edge("london", "556").Branch!.Credit);
    }

    /// <summary>Twenty spellings of a header that a phone or a carrier forges: none is looked at, whatever an adapter calls a hop header.</summary>
    public static TheoryData<string[]> Forgeries()
    {
        string real = new LawBench().Leg("manchester", "london").Hop!;
        string rich = "v=1;o=AAECAwQFBgcICQoLDA0ODw;l=a0JTXyAB;t=99;b=999;d=99;ms=9999999;p=;k=k1;m=AAECAwQFBgcICQoLDA0ODw";
        return
        [
            [real], [rich], [real, real], [real, rich], [rich.ToUpperInvariant()], [" " + rich], [rich + " "], ["\t" + rich], [rich + ";"], [rich.Replace(";", "; ")],
            [rich.Replace("v=1", "v=2")], [rich.Replace("v=1;", "")], [rich.Replace("b=999", "b=99999999999")], [rich.Replace("t=99", "t=-1")],
            [rich[..40], rich[40..]], [rich.Replace(";", "\r\n ;")], [""], ["v=1"], [new string('A', 5000)], [rich.Replace("m=A", "m=")], [rich, "", real],
        ];
    }

    [Theory]
    [MemberData(nameof(Forgeries))]
    public void R1_what_an_edge_says_about_hops_is_not_looked_at(string[] headers)
    {
        foreach (var entry in new[] { CallEntry.Phone, CallEntry.Carrier })
        {
            var admission = bench["london"].Admit(new MeshArrival(entry, "edge", "301", headers, "abcdef", 70), bench.Now);
            Assert.Equal(AdmissionKind.Fresh, admission.Kind);
            Assert.Equal((40, 4, 3), (admission.Branch!.Credit, admission.Branch.Hops, admission.Branch.Diversions));
            Assert.Empty(admission.Branch.Listed);
            Assert.DoesNotContain(admission.Branch.Origin.Id, headers[0]);
        }
    }

    [Theory]
    [MemberData(nameof(Forgeries))]
    public void R2_the_same_forgeries_from_a_site_make_a_leaf_and_an_alarm(string[] headers)
    {
        // The one that is real is real for a call from Manchester to London for 301, and only for that.
        var admission = bench["london"].Admit(new MeshArrival(CallEntry.Site, "office", "301", headers, null, 70), bench.Now);
        AssertLeaf(admission);
        Assert.True(admission.IsAlarm);
    }

    [Fact]
    public void R2_a_header_that_holds_is_taken()
    {
        var leg = bench.Leg("london", "manchester");
        var admission = bench.Deliver("london", leg);
        Assert.Equal(AdmissionKind.Aware, admission.Kind);
        var branch = admission.Branch!;
        Assert.Equal((3, 3), (branch.Hops, branch.Diversions));
        Assert.Equal(bench.Sites("london").HereId, Assert.Single(branch.Path).Site);
        Assert.False(admission.IsAlarm);
    }

    public static TheoryData<string, AdmissionKind> BrokenHeaders => new()
    {
        { "none", AdmissionKind.LeafNoHeader },
        { "two", AdmissionKind.LeafSeveralHeaders },
        { "long", AdmissionKind.LeafTooLong },
        { "version", AdmissionKind.LeafUnknownVersion },
        { "malformed", AdmissionKind.LeafMalformed },
        { "rung malformed", AdmissionKind.LeafMalformed },
        { "key", AdmissionKind.LeafUnknownKey },
        { "receiver", AdmissionKind.LeafWrongMac },
        { "sender", AdmissionKind.LeafWrongMac },
        { "number", AdmissionKind.LeafWrongMac },
        { "rung", AdmissionKind.LeafWrongMac },
        { "credit", AdmissionKind.LeafWrongMac },
        { "stranger", AdmissionKind.LeafUnknownSite },
        { "myself", AdmissionKind.LeafUnknownSite },
        { "old", AdmissionKind.LeafWrongClock },
        { "early", AdmissionKind.LeafWrongClock },
    };

    [Theory]
    [MemberData(nameof(BrokenHeaders))]
    public void R2_each_fault_is_named_and_makes_a_leaf(string what, AdmissionKind expected)
    {
        bench.Ms = 10_000_000;
        var leg = bench.Leg("london", "manchester");
        string hop = leg.Hop!;
        var good = LawBench.Arrival("london", leg);
        var bad = what switch
        {
            "none" => good with { MeshHops = [] },
            "two" => good with { MeshHops = [hop, hop] },
            "long" => good with { MeshHops = [hop + new string('x', 200)] },
            "version" => good with { MeshHops = [hop.Replace("v=1", "v=9")] },
            "malformed" => good with { MeshHops = [hop.Replace(";t=", ";T=")] },
            "rung malformed" => good with { MeshRung = "abcde" },
            "key" => good with { MeshHops = [hop.Replace("k=k1", "k=k9")] },
            "sender" => good with { From = "offsite" },
            "number" => good with { Called = "302" },
            "rung" => good with { MeshRung = "abcdef" },
            "credit" => good with { MeshHops = [hop.Replace(";b=", ";b=1")] },
            "stranger" => good with { From = "elsewhere" },
            "myself" => good with { From = "manchester" },
            _ => good,
        };
        if (what == "old") bench.Ms += 300_000;
        if (what == "early") bench.Ms -= 120_000;
        var admission = bench[what == "receiver" ? "office" : "manchester"].Admit(bad, bench.Now);
        Assert.Equal(expected, admission.Kind);
        Assert.True(admission.IsAlarm);
        AssertLeaf(admission);
    }

    [Fact]
    public void R3_a_peer_that_knows_no_header_is_a_leaf_without_alarm()
    {
        var admission = bench["london"].Admit(new MeshArrival(CallEntry.Peer, "oldpbx", "301", [], null, 70), bench.Now);
        Assert.Equal(AdmissionKind.LeafUnaware, admission.Kind);
        Assert.False(admission.IsAlarm);
        AssertLeaf(admission);
        var legs = bench.Price("london", admission.Branch!, LawBench.Site("office"), LawBench.Carrier("123"), LawBench.Peer("oldpbx"),
            LawBench.Phone("a"), LawBench.Phone("b"), LawBench.Phone("c"), LawBench.Phone("d"), LawBench.Phone("e"));
        Assert.Equal([.. Enumerable.Repeat(LegRefusal.Leaf, 3), .. Enumerable.Repeat(LegRefusal.None, 4), LegRefusal.NoCredit], legs.Select(l => l.Refusal));
    }

    [Fact]
    public void R4_a_leg_is_accepted_once()
    {
        var leg = bench.Leg("london", "manchester");
        Assert.Equal(AdmissionKind.Aware, bench.Deliver("london", leg).Kind);
        for (int i = 0; i < 20; i++)
        {
            var again = bench.Deliver("london", leg);
            Assert.Equal((AdmissionKind.RefusedRepeated, HangupCause.ExchangeRoutingError), (again.Kind, again.Cause));
            Assert.Null(again.Branch);
            bench.Ms += 15_000;
            if (bench.Ms >= 240_000) break;
        }
    }

    [Fact]
    public void R4_at_no_time_is_a_replay_more_than_a_leaf()
    {
        var leg = bench.Leg("london", "manchester");
        var first = bench.Deliver("london", leg);
        bench["manchester"].Leave(first.Branch!);
        for (; bench.Ms < 2_000_000; bench.Ms += 1_000)
        {
            var again = bench.Deliver("london", leg);
            Assert.NotEqual(AdmissionKind.Aware, again.Kind);
            if (again.Branch is { } leaf) bench["manchester"].Leave(leaf);
        }
        Assert.Equal(0, bench["manchester"].Origins.LiveBranches);
    }

    [Fact]
    public void R4_a_restarted_server_refuses_what_was_issued_before_it_started()
    {
        bench.Ms = 1_000;
        var leg = bench.Leg("london", "manchester");
        Assert.Equal(AdmissionKind.Aware, bench.Deliver("london", leg).Kind);
        bench.Ms = 1_500;
        bench.Start("manchester");
        Assert.Equal(AdmissionKind.RefusedOlderThanUptime, bench.Deliver("london", leg).Kind);
        bench.Ms = 31_000;
        Assert.Equal(AdmissionKind.RefusedOlderThanUptime, bench.Deliver("london", leg).Kind);
        // A call that began before the restart may still send a leg now.
        Assert.Equal(AdmissionKind.Aware, bench.Deliver("london", bench.Leg("london", "manchester")).Kind);
    }

    [Fact]
    public void R5_a_server_and_target_come_once_on_a_path()
    {
        var options = bench.Options;
        var (keys, london, office) = (bench.Keys, bench.Sites("london").HereId, bench.Sites("office").HereId);
        var ids = new MeshIds(new Mesh.Io.SeededChance(9));
        Admission With(params PathHop[] path)
        {
            var hop = new MeshHop
            {
                Origin = ids.NewOrigin(), Leg = ids.NewLeg(bench.Now.Utc), Hops = 2, Credit = 5, Diversions = 1, SetupMs = 1000, Path = path, KeyId = "k1",
            };
            return bench["london"].Admit(new MeshArrival(CallEntry.Site, "office", "301", [keys.Sign(hop, office, london, "301", null).ToString()], null, 70), bench.Now);
        }
        string other = MeshHash.Target("302"), third = MeshHash.Target("303"), same = MeshHash.Target("301");
        Assert.Equal(AdmissionKind.Aware, With(new PathHop(london, other), new PathHop(office, same)).Kind);
        var loop = With(new PathHop(london, same), new PathHop(office, same));
        Assert.Equal((AdmissionKind.RefusedLoop, HangupCause.ExchangeRoutingError), (loop.Kind, loop.Cause));
        Assert.Equal(AdmissionKind.RefusedLoop, With(new PathHop(london, other), new PathHop(office, same), new PathHop(london, third), new PathHop(office, other)).Kind);
        Assert.Equal(2, options.Visits);
        Assert.Equal(1, bench["london"].Origins.LiveBranches);
    }

    [Fact]
    public void R5_no_time_left_is_a_timeout()
    {
        var london = bench.Sites("london").HereId;
        var office = bench.Sites("office").HereId;
        var ids = new MeshIds(new Mesh.Io.SeededChance(9));
        var hop = new MeshHop { Origin = ids.NewOrigin(), Leg = ids.NewLeg(bench.Now.Utc), Hops = 2, Credit = 5, Diversions = 1, SetupMs = 0, Path = [], KeyId = "k1" };
        var admission = bench["london"].Admit(
            new MeshArrival(CallEntry.Site, "office", "301", [bench.Keys.Sign(hop, office, london, "301", null).ToString()], null, 70), bench.Now);
        Assert.Equal((AdmissionKind.RefusedExpired, HangupCause.RecoveryOnTimerExpiry), (admission.Kind, admission.Cause));
    }

    [Fact]
    public void What_is_remembered_is_bounded_and_forgotten()
    {
        var small = new LawBench(new MeshLawOptions { MaxOrigins = 5 });
        for (int i = 0; i < 10; i++) small["manchester"].Leave(small.Deliver("london", small.Leg("london", "manchester")).Branch!);
        var refused = small.Deliver("office", small.Leg("office", "manchester"));
        Assert.Equal((AdmissionKind.RefusedFull, HangupCause.SwitchCongestion), (refused.Kind, refused.Cause));
        Assert.Equal(10, small["manchester"].Origins.Count);
        // Our own phones are not refused for what others sent.
        Assert.Equal(AdmissionKind.Fresh, small.Edge("manchester").Kind);
        small.Ms += small.Options.RememberMs;
        Assert.Equal(AdmissionKind.Aware, small.Deliver("offsite", small.Leg("offsite", "manchester")).Kind);
        Assert.Equal(2, small["manchester"].Origins.Count);
    }

    private static void AssertLeaf(Admission admission)
    {
        var branch = Assert.IsType<MeshBranch>(admission.Branch);
        Assert.True(branch.IsLeaf);
        Assert.Equal((4, 0, 0), (branch.Credit, branch.Hops, branch.Diversions));
    }
}
