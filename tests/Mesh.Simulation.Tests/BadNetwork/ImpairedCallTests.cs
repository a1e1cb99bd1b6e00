using Mesh.Io;
using Mesh.Testing.BadNetwork;
using Xunit.Abstractions;

namespace Mesh.Simulation.Tests.BadNetwork;

/// <summary>Two of our sites with the impairment relay between them, in virtual time: the rows a bad network must stand.</summary>
public sealed class ImpairedCallTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(0, 0.999, 4_000)]
    [InlineData(1, 0.999, 4_000)]
    [InlineData(5, 0.995, 4_000)]
    [InlineData(10, 0.99, 4_000)]
    [InlineData(20, 0.95, 4_000)]
    public void Calls_are_set_up_once_and_every_frame_that_arrives_is_heard_at_its_place(int lossPercent, double atLeast, int calls)
    {
        var figures = VirtualSeries.Run(new BadNetworkOptions
        {
            Impairments = Impairments.Parse($"drop={lossPercent}%,duplicate=10%,reorder=10%,reorder-by=50ms,delay=10ms"), Calls = calls, CallsPerSecond = 50, TalkMs = 400,
        }, seed: (ulong)lossPercent + 1);
        output.WriteLine(figures.ToString());
        output.WriteLine($"ringing p50 {SeriesFigures.Percentile(figures.RingingMs, 0.5)} p99 {SeriesFigures.Percentile(figures.RingingMs, 0.99)} max {figures.RingingMs[^1]}; answer p50 {SeriesFigures.Percentile(figures.AnswerMs, 0.5)} p99 {SeriesFigures.Percentile(figures.AnswerMs, 0.99)} max {figures.AnswerMs[^1]}");
        Assert.True(figures.SetUpShare >= atLeast, $"{figures.SetUp} of {figures.Calls}");
        Assert.Equal((0, 0L, 0L), (figures.WrongOffers, figures.Foreign, figures.WrongStamps));
    }
}
