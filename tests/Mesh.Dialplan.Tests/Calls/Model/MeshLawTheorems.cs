using FsCheck;
using FsCheck.Fluent;
using Mesh.Dialplan.Calls;
using Xunit;

namespace Mesh.Dialplan.Tests.Calls.Model;

/// <summary>What follows from the law (1-4), for any dialplans over any network; and that each rule it rests on is needed.</summary>
public sealed class MeshLawTheorems
{
    private static readonly MeshLawOptions Options = new();

    [Fact]
    public void One_call_is_bounded_whatever_the_dialplans_say() => Check(Mutation.None, tests: 400);

    [Fact]
    public void The_plans_are_hostile_enough_to_use_all_credit()
    {
        // What is kept in quarters for later steps may be left over; the unaware peer adds its own.
        Assert.InRange(Worst(Mutation.None), Options.Credit - 2, Options.Credit + 3 * (1 + Options.LeafCredit));
    }

    [Theory]
    [InlineData((int)Mutation.WithoutR4)]
    [InlineData((int)Mutation.WithoutR9)]
    [InlineData((int)Mutation.WithoutR3)]
    [InlineData((int)Mutation.RefundsTrusted)]
    public void Without_a_rule_the_same_property_fails(int mutation)
    {
        var failure = Assert.ThrowsAny<Exception>(() => Check((Mutation)mutation, tests: 400));
        Assert.Contains("Falsifiable", failure.Message, StringComparison.Ordinal);
        // And not by a hair: the call grows far beyond what any number of forks of the unaware peer explains.
        Assert.InRange(Worst((Mutation)mutation), 2 * Options.Credit, int.MaxValue);
    }

    private static int Worst(Mutation mutation)
    {
        int worst = 0;
        Prop.ForAll(Scenarios(), s => { worst = Math.Max(worst, MeshModel.Run(s, mutation, Options).Legs); }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
        return worst;
    }

    private static void Check(Mutation mutation, int tests) =>
        Prop.ForAll(Scenarios(), s => Holds(s, mutation)).Check(Config.QuickThrowOnFailure.WithMaxTest(tests));

    private static bool Holds(MeshScenario scenario, Mutation mutation)
    {
        var outcome = MeshModel.Run(scenario, mutation, Options);
        return outcome.LegsOfOneOrigin <= Options.Credit                                                       // 1
            && outcome.Depth <= Math.Min(Options.Hops + 1, 2 * scenario.Servers)                               // 2
            && outcome.LatestMs <= Options.SetupMs                                                             // 2
            && !outcome.Repeats                                                                                // 3
            && outcome.Legs <= Options.Credit + scenario.PeerForks * (1 + Options.LeafCredit)                  // 4
            && !outcome.CreditRose && outcome.Left == 0 && !outcome.RanAway;
    }

    private static Arbitrary<MeshScenario> Scenarios() =>
    (
        from servers in Gen.Choose(2, 4)
        from targets in Gen.Choose(1, 4)
        from plans in Plan(servers, targets).ArrayOf(servers * targets)
        from forks in Gen.Choose(0, 3)
        from loss in Gen.Elements(0, 0, 10, 40)
        from duplicates in Gen.Elements(0, 20, 60, 100)
        from seed in Gen.Choose(1, int.MaxValue)
        select new MeshScenario(servers, targets, plans, forks, loss, duplicates, (ulong)seed)
    ).ToArbitrary();

    private static Gen<Branching[][]> Plan(int servers, int targets) =>
        from rings in Gen.Choose(1, 4)
        from plan in Ring(servers, targets).ArrayOf(rings)
        select plan;

    private static Gen<Branching[]> Ring(int servers, int targets) =>
        from size in Gen.Choose(1, 8)
        from ring in (
            from place in Gen.Elements(Place.Phone, Place.DivertingPhone, Place.Site, Place.Site, Place.Site, Place.Carrier, Place.Peer)
            from server in Gen.Choose(0, servers - 1)
            from target in Gen.Choose(0, targets - 1)
            select new Branching(place, server, target)).ArrayOf(size)
        select ring;
}
