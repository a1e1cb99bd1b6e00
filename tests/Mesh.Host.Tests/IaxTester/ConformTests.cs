using Mesh.Host.IaxTester.Conform;

namespace Mesh.Host.Tests.IaxTester;

/// <summary>Each row of <c>mesh iax conform</c> is a test of ours.</summary>
public class ConformTests
{
    public static TheoryData<string> Ids => [.. ConformRows.All.Select(row => row.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Our_endpoint_does_what_the_row_demands(string id)
    {
        using var world = new ConformWorld();
        var result = Assert.Single(world.Test(ConformRows.All.Single(row => row.Id == id)));
        Assert.True(result.Verdict == Verdict.Pass, $"{result.Verdict}: {result.Reason}\n{string.Join('\n', result.Frames.TakeLast(60))}");
        Assert.Empty(world.World.Faults);
    }

    [Fact]
    public void A_guest_can_test_all_but_what_is_about_secrets()
    {
        using var world = new ConformWorld(guests: true);
        var results = world.Test(ConformRows.All);
        var red = results.Where(r => r.Verdict == Verdict.Fail).Select(r => $"{r.Row.Id}: {r.Reason}");
        Assert.Equal([], red);
        Assert.All(results, r => Assert.Equal(r.Verdict == Verdict.Skip, r.Row.Needs.HasFlag(RowNeeds.Secret)));
        Assert.InRange(results.Count(r => r.Verdict == Verdict.Pass), 130, 180);
    }

    [Fact]
    public void There_are_rows_enough_and_their_names_are_their_own()
    {
        Assert.InRange(ConformRows.All.Count, 100, 1_000);
        Assert.Equal(ConformRows.All.Count, ConformRows.All.Select(row => row.Id).Distinct().Count());
        Assert.All(ConformRows.All, row => Assert.Matches(@"^(field|\d+(\.\d+)*)$", row.Section));
    }
}
