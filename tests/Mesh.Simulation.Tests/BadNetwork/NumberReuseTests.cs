using Mesh.Io;
using Mesh.Testing.BadNetwork;
using Xunit.Abstractions;

namespace Mesh.Simulation.Tests.BadNetwork;

/// <summary>More calls than there are call numbers, several hundred at a time, while datagrams of old calls come up to 55 s late: a number rests 60 s before it means another call.</summary>
public sealed class NumberReuseTests(ITestOutputHelper output)
{
    private const int Calls = 33_000;

    [Fact]
    public void Nobody_hears_anybody_else()
    {
        var near = new List<ushort>();
        var far = new List<ushort>();
        long late = 0, delivered = 0;
        var figures = VirtualSeries.Run(new BadNetworkOptions
        {
            Impairments = Impairments.Parse("drop=2%,duplicate=5%,reorder=1%,reorder-by=55s,delay=10ms"),
            Calls = Calls, CallsPerSecond = 250, RingMs = 40, TalkMs = 80, QuietMs = 60,
        }, seed: 9, check: (series, _) =>
        {
            near.AddRange(series.Calls.Where(c => c.Caller.Call is not null).Select(c => c.Caller.Call!.LocalNumber));
            far.AddRange(series.Calls.Where(c => c.Called.Call is not null).Select(c => c.Called.Call!.LocalNumber));
            late = series.Sites.Relay.OutCounters.Reordered + series.Sites.Relay.InCounters.Reordered;
            delivered = series.Sites.Relay.OutCounters.HeldRefused + series.Sites.Relay.InCounters.HeldRefused;
        });
        output.WriteLine($"{figures}; {near.Distinct().Count()} numbers near, {far.Distinct().Count()} far, {late} datagrams 55 s late");
        Assert.True(figures.SetUp >= 0.999 * Calls, figures.ToString());
        Assert.Equal((0, 0L, 0L), (figures.WrongOffers, figures.Foreign, figures.Disordered));
        Assert.True(near.Count - near.Distinct().Count() > 5_000 && far.Count - far.Distinct().Count() > 5_000, "the numbers were not used again");
        Assert.True(late > 5_000 && delivered == 0, "there were no stragglers, or they were not delivered");
    }
}
