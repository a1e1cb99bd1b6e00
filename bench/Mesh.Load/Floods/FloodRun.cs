using System.Diagnostics;
using Mesh.Scenarios;

namespace Mesh.Load.Floods;

/// <summary>Floods one site in several ways while its calls talk and good clients come, in alternating phases.</summary>
public sealed class FloodRun(FloodSite site, FloodOptions options, Action<string> say)
{
    public async Task<IReadOnlyList<FloodResult>> RunAsync()
    {
        // What is compiled while it runs is not what is measured.
        await WarmAsync();
        var results = new List<FloodResult>();
        foreach (var kind in options.Kinds)
        {
            results.Add(await RunAsync(kind));
            say(results[^1].ToString());
        }
        return results;
    }

    private async Task<FloodResult> RunAsync(FloodKind kind)
    {
        List<VoiceRound> quiet = [], atNobody = [], atSite = [];
        var good = new GoodClients(site.Site.Host, $"{site.Site.Net}.99", options.GoodRate);
        double cpu = 0, seconds = 0, most = 0;
        string last = "";
        for (int round = 0; round < options.Rounds; round++)
        {
            if (options.IsCompared)
            {
                quiet.Add(await site.TalkAsync(options.Seconds));
                using var nobody = await site.ListenAsync();
                using var flood = await site.FloodAsync(kind, site.Nobody);
                atNobody.Add(await site.TalkAsync(options.Seconds));
            }
            using (var flood = await site.FloodAsync(kind, site.Site.Host))
            {
                using var stop = new CancellationTokenSource();
                var coming = good.RunAsync(stop.Token);
                var before = site.Site.Cpu();
                long began = Stopwatch.GetTimestamp();
                atSite.Add(await site.TalkAsync(options.Seconds));
                (cpu, seconds) = (cpu + (site.Site.Cpu() - before).Seconds, seconds + Stopwatch.GetElapsedTime(began).TotalSeconds);
                stop.Cancel();
                await coming;
                var figures = await site.Site.FiguresAsync();
                most = Math.Max(most, figures["mesh_public_memory_most_bytes"] / 1e6);
                last = $"{figures["mesh_public_connections"]:F0} connections at the end, {figures["mesh_public_ended_total"]:F0} ended for being slow so far";
            }
            await site.QuietAsync();
            if (round + 1 >= options.RoundsWhenUnchanged && Result().VoiceIsUnchanged) break;
        }
        return Result();

        FloodResult Result() => new(kind, quiet, atNobody, atSite, good, most, cpu, seconds, last);
    }

    private async Task WarmAsync()
    {
        var good = new GoodClients(site.Site.Host, $"{site.Site.Net}.99", options.GoodRate * 3);
        using var stop = new CancellationTokenSource();
        var coming = good.RunAsync(stop.Token);
        await site.TalkAsync(2);
        await stop.CancelAsync();
        await coming;
    }
}
