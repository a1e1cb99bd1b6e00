using System.Globalization;
using Mesh.Scenarios;

namespace Mesh.Load;

/// <summary>What one round of relaying cost.</summary>
/// <param name="CpuMicros">CPU of the relaying process for one packet.</param>
/// <param name="Allocated">Managed octets allocated for one packet; NaN for the C relay.</param>
/// <param name="LateMicros">99 of 100 packets were through within this.</param>
public readonly record struct RelayRound(double CpuMicros, double Allocated, long Packets, long Lost, int LateMicros);

/// <summary>
/// The same audio through Mesh and through the C relay in alternating rounds: the ends, the ports and the pace are the same, only the process between differs.
/// </summary>
public sealed class RelayLoad(LoadSite site, IReadOnlyList<MediaFlow> flows, string rtpLoad, string udpRelay)
{
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(300);

    /// <summary>Octets the site allocates in that long by itself: its timers, and the two looks at its metrics.</summary>
    public async Task<double> IdleAllocationAsync(int seconds)
    {
        double before = await AllocatedAsync();
        await Task.Delay(TimeSpan.FromSeconds(seconds) + Settle);
        return await AllocatedAsync() - before;
    }

    public async Task<RelayRound> ThroughMeshAsync(int seconds, double idleAllocation)
    {
        double allocatedBefore = await AllocatedAsync();
        var before = site.Cpu();
        var played = await PlayAsync(seconds, flows);
        double cpu = (site.Cpu() - before).Seconds, allocated = await AllocatedAsync() - allocatedBefore;
        return new RelayRound(cpu * 1e6 / played.Received, Math.Max(0, allocated - idleAllocation) / played.Received, played.Received, played.Sent - played.Received, played.LateMicros);
    }

    public async Task<RelayRound> ThroughReferenceAsync(int seconds)
    {
        // The same ports, one address on.
        string host = $"{site.Net}.2", file = Path.GetTempFileName();
        await File.WriteAllLinesAsync(file, flows.SelectMany(f => (string[])[$"{f.CallerAtSite.Port}:{f.CallerEnd}", $"{f.PhoneAtSite.Port}:{f.PhoneEnd}"]));
        using var relay = Favoured.Start("relay", udpRelay, ["-l", host, "-f", file]);
        while (!relay.Output.Contains("ready", StringComparison.Ordinal))
        {
            if (relay.HasExited) throw new InvalidOperationException($"the C relay ended: {relay.Output}");
            await Task.Delay(20);
        }
        var relayHost = Mesh.Io.NetAddress.Parse(host);
        var before = CpuReading.Of(relay.Id);
        var played = await PlayAsync(seconds, [.. flows.Select(f => f with { CallerAtSite = relayHost.WithPort(f.CallerAtSite.Port), PhoneAtSite = relayHost.WithPort(f.PhoneAtSite.Port) })]);
        double cpu = (CpuReading.Of(relay.Id) - before).Seconds;
        relay.Terminate();
        await relay.WaitAsync(TimeSpan.FromSeconds(2));
        File.Delete(file);
        return new RelayRound(cpu * 1e6 / played.Received, double.NaN, played.Received, played.Sent - played.Received, played.LateMicros);
    }

    private async Task<double> AllocatedAsync() => (await site.FiguresAsync())["dotnet_allocated_bytes_total"];

    private async Task<(long Sent, long Received, int LateMicros)> PlayAsync(int seconds, IReadOnlyList<MediaFlow> through)
    {
        using var load = Favoured.Start("rtp_load", rtpLoad, [seconds.ToString(CultureInfo.InvariantCulture)]);
        foreach (var f in through)
        {
            await load.Input.WriteLineAsync(Line(f.CallerEnd, f.CallerAtSite));
            await load.Input.WriteLineAsync(Line(f.PhoneEnd, f.PhoneAtSite));
        }
        load.Input.Close();
        if (await load.WaitAsync(TimeSpan.FromSeconds(seconds + 10)) is not 0) throw new InvalidOperationException($"rtp_load: {load.Output}");
        var said = load.Output.Trim().Split(' ').Select(w => w.Split('=')).ToDictionary(w => w[0], w => long.Parse(w[1], CultureInfo.InvariantCulture));
        return (said["sent"], said["received"], (int)said["late_p99_us"]);
    }

    /// <summary>A flow as <c>rtp_load</c> reads it.</summary>
    internal static string Line(Mesh.Io.NetAddress from, Mesh.Io.NetAddress to) => string.Create(CultureInfo.InvariantCulture, $"{from.HostText} {from.Port} {to.HostText} {to.Port}");
}
