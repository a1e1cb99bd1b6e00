using Mesh.Io;
using Mesh.Testing.BadNetwork;
using Xunit.Abstractions;

namespace Mesh.Simulation.Tests.BadNetwork;

/// <summary>Calls longer than the 65,536 ms after which the 16-bit stamps of mini frames begin again (RFC 5456 section 8.1.2): two wraps and more, both directions.</summary>
public sealed class LongCallTests(ITestOutputHelper output)
{
    private const int TalkMs = 170_000;

    [Theory]
    [InlineData("delay=10ms")]
    [InlineData("drop=5%,duplicate=10%,reorder=10%,reorder-by=70ms,delay=10ms")]
    [InlineData("drop=20%,burst=4,reorder=20%,reorder-by=150ms,delay=40ms,jitter=20ms")]
    public void Stamps_are_exact_over_two_wraps(string impairments)
    {
        var figures = VirtualSeries.Run(Options(impairments), seed: 3);
        output.WriteLine(figures.ToString());
        Assert.Equal((5, 5 * 2 * (long)(TalkMs / MarkedVoice.FrameMs)), (figures.SetUp, figures.VoiceSaid));
        AssertExact(figures);
    }

    /// <summary>Nothing passes for as long as the wrap may take, one way or both; the frame that carries the whole stamp is among what is lost.</summary>
    [Theory]
    [InlineData("out.cut")]
    [InlineData("in.cut")]
    [InlineData("cut")]
    public void The_wrap_falls_into_a_gap(string gap)
    {
        int seen = 0;
        var figures = VirtualSeries.Run(Options("drop=2%,reorder=10%,reorder-by=70ms,delay=10ms"), seed: 4, begin: (world, sites) =>
        {
            for (int wrap = 1; wrap <= 2; wrap++)
            {
                // The calls begin about two seconds after the world does.
                var at = TimeSpan.FromMilliseconds(2_000 + 65_536 * wrap - 700);
                world.After(at, () => { seen++; sites.Relay.Replace(Impairments.Parse(gap)); });
                world.After(at + TimeSpan.FromMilliseconds(1_500), () => sites.Relay.Replace(sites.Options.Impairments));
            }
        });
        output.WriteLine(figures.ToString());
        Assert.Equal((2, 5), (seen, figures.SetUp));
        AssertExact(figures);
    }

    private static BadNetworkOptions Options(string impairments) => new() { Impairments = Impairments.Parse(impairments), Calls = 5, CallsPerSecond = 10, TalkMs = TalkMs };

    private static void AssertExact(SeriesFigures figures) =>
        Assert.Equal((0L, 0L, 0L, 0L, 0L), (figures.WrongStamps, figures.Disordered, figures.Twice, figures.VoiceMissed, figures.Foreign));
}
