using Mesh.Io;

namespace Mesh.Testing.BadNetwork;

/// <summary>A series over real sockets on loopback, each site and the relay on a thread of its own.</summary>
public static class RealSeries
{
    public static SeriesFigures Run(BadNetworkOptions options, TimeSpan limit)
    {
        var clock = new MeshClock(TimeProvider.System);
        var loops = new List<Loop>();
        var sites = new TwoSites(name =>
        {
            var loop = DatagramLoops.Create(name, clock, new CryptoChance());
            loops.Add(loop);
            return loop;
        }, options);
        var series = new CallSeries(sites);
        try
        {
            foreach (var loop in loops) loop.Start();
            series.Start();
            if (!SpinWait.SpinUntil(() => series.IsOver, limit)) throw new TimeoutException($"the series is not over after {limit}");
        }
        finally
        {
            // The threads have ended when this returns: what they wrote can be read.
            foreach (var loop in loops) loop.Dispose();
            sites.Dispose();
        }
        if (loops.Sum(l => l.Faults) is > 0 and var faults) throw new InvalidOperationException($"{faults} handlers threw");
        return SeriesFigures.Of(series, null);
    }
}
