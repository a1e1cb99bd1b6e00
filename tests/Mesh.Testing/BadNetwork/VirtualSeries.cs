using Mesh.Io;
using Mesh.Io.Simulation;

namespace Mesh.Testing.BadNetwork;

/// <summary>A series in virtual time: the same sites, the same relay, the same calls, and the same again with the same seed.</summary>
public static class VirtualSeries
{
    /// <summary>Waited before the first call, so that the sites know each other.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    /// <summary>Runs to the end of the last call and until nothing is left; <paramref name="check"/> may look at everything before it is gone.</summary>
    /// <param name="options">What is played.</param>
    /// <param name="seed">Of the whole world.</param>
    /// <param name="check">Told at the end.</param>
    /// <param name="begin">Told before anything happens: what is to be done to the world meanwhile.</param>
    public static SeriesFigures Run(BadNetworkOptions options, ulong seed = 1, Action<CallSeries, SimulatedWorld>? check = null, Action<SimulatedWorld, TwoSites>? begin = null)
    {
        using var world = new SimulatedWorld(seed);
        using var sites = new TwoSites(name => world.CreateLoop(name), options);
        var tap = options.Sealed ? null : new VoiceTap(world, sites);
        var series = new CallSeries(sites);
        begin?.Invoke(world, sites);
        world.RunFor(WarmUp);
        series.Start();
        var limit = TimeSpan.FromMilliseconds(options.Calls / options.CallsPerSecond * 1000 + options.PatienceMs + options.TalkMs + options.QuietMs + 60_000);
        if (!world.RunUntil(() => series.IsOver, limit)) throw new TimeoutException($"the series is not over after {limit}");
        world.RunFor(TimeSpan.FromSeconds(45));
        if (world.Faults.Count > 0) throw new InvalidOperationException($"{world.Faults.Count} handlers threw, the first: {world.Faults[0].Exception}");
        check?.Invoke(series, world);
        return SeriesFigures.Of(series, tap);
    }
}
