using Mesh.Dialplan.Calls;
using Xunit;

namespace Mesh.Dialplan.Tests.Calls.Model;

/// <summary>All dialplans of a small mesh, one by one.</summary>
public sealed class SmallModelTests
{
    private static readonly MeshLawOptions Small = new() { Credit = 6, LeafCredit = 2 };

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void Two_servers_two_numbers_every_plan(int duplicates)
    {
        int full = 0;
        foreach (var scenario in AllPlans(servers: 2, targets: 2, duplicates))
        {
            var outcome = MeshModel.Run(scenario, Mutation.None, Small);
            Assert.True(outcome.LegsOfOneOrigin <= Small.Credit && outcome.Depth <= 4 && !outcome.Repeats && outcome.Left == 0, scenario.ToString());
            if (outcome.Legs == Small.Credit) full++;
        }
        Assert.True(full > 100);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void Three_servers_one_number_every_plan(int duplicates)
    {
        foreach (var scenario in AllPlans(servers: 3, targets: 1, duplicates))
        {
            var outcome = MeshModel.Run(scenario, Mutation.None, Small);
            Assert.True(outcome.LegsOfOneOrigin <= Small.Credit && outcome.Depth <= 5 && !outcome.Repeats && outcome.Left == 0, scenario.ToString());
        }
    }

    [Theory]
    [InlineData((int)Mutation.WithoutR4)]
    [InlineData((int)Mutation.RefundsTrusted)]
    public void Without_a_rule_some_plan_breaks_the_bound(int mutation) =>
        Assert.Contains(AllPlans(servers: 2, targets: 2, duplicates: 100), s => MeshModel.Run(s, (Mutation)mutation, Small).LegsOfOneOrigin > Small.Credit);

    /// <summary>For each server and number: every subset of a phone and the other servers under each number, dialled twice.</summary>
    private static IEnumerable<MeshScenario> AllPlans(int servers, int targets, int duplicates)
    {
        var rings = Enumerable.Range(0, servers).Select(server => Subsets(
            [new(Place.Phone, 0, 0), .. Enumerable.Range(0, servers).Where(o => o != server).SelectMany(o => Enumerable.Range(0, targets).Select(t => new Branching(Place.Site, o, t)))]).ToArray()).ToArray();
        int[] choice = new int[servers * targets];
        for (ulong seed = 1; ; seed++)
        {
            yield return new MeshScenario(servers, targets, [.. choice.Select((c, i) => new[] { rings[i / targets][c], rings[i / targets][c] })], 0, 0, duplicates, seed);
            int digit = 0;
            while (digit < choice.Length && ++choice[digit] == rings[digit / targets].Length) choice[digit++] = 0;
            if (digit == choice.Length) yield break;
        }
    }

    private static IEnumerable<Branching[]> Subsets(Branching[] all) =>
        Enumerable.Range(0, 1 << all.Length).Select(bits => all.Where((_, i) => (bits >> i & 1) == 1).ToArray());
}
