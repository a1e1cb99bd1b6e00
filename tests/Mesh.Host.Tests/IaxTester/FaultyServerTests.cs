using Mesh.Host.IaxTester.Conform;
using Mesh.Io;

namespace Mesh.Host.Tests.IaxTester;

/// <summary>Rows can fail: each turns red in front of a server that does it wrong.</summary>
public class FaultyServerTests
{
    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var fault in Faults.All)
                foreach (string row in fault.Rows) cases.Add(row, fault.Name);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_faulty_server_turns_the_row_red(string row, string fault)
    {
        var result = Test(row, Faults.All.Single(f => f.Name == fault).Make());
        Assert.True(result.Verdict == Verdict.Fail, $"{row} is {result.Verdict} in front of a server that {fault}\n{string.Join('\n', result.Frames.TakeLast(40))}");
        Assert.NotEmpty(result.Reason);
    }

    [Fact]
    public void Every_row_has_a_server_that_fails_it()
    {
        var proven = Faults.All.SelectMany(f => f.Rows).ToHashSet();
        Assert.Equal([], ConformRows.All.Select(r => r.Id).Except(proven));
        Assert.Equal([], proven.Except(ConformRows.All.Select(r => r.Id)));
    }

    /// <summary>The double itself is innocent: without a fault the rows are green through it.</summary>
    [Theory]
    [InlineData("poke-echo")]
    [InlineData("regack-repeated")]
    [InlineData("mini-wrap")]
    [InlineData("sequence-wrap")]
    [InlineData("hangup-forged")]
    [InlineData("limit-new")]
    public void Without_a_fault_the_row_is_green(string row) => Assert.Equal(Verdict.Pass, Test(row, Fate.Pass).Verdict);

    private static RowResult Test(string row, Func<Passing, Fate> fault)
    {
        using var world = new ConformWorld();
        world.Target = new FaultyServer(world.World, NetAddress.Parse("10.0.0.1:4569"), fault).Address;
        return Assert.Single(world.Test(ConformRows.All.Single(r => r.Id == row)));
    }
}
