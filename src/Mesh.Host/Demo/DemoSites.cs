using System.Globalization;
using System.Text.Json;
using Mesh.Host.Admin;
using Mesh.Host.Demo.Phones;
using Mesh.Io;

namespace Mesh.Host.Demo;

/// <summary>The sites as processes, and what their admin listeners say.</summary>
public sealed class DemoSites(DemoBundle bundle, Loop loop) : IAsyncDisposable
{
    private const int LookEveryMs = 50, CalmLooks = 10, SettleLimitMs = 15_000;
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);
    private readonly Dictionary<string, SiteProcess> running = new(StringComparer.Ordinal);
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };

    public IReadOnlyCollection<string> Running => running.Keys;

    /// <summary>Starts sites and waits until each is ready and knows every other that runs.</summary>
    public async Task StartAsync(IReadOnlyList<string> sites, TimeSpan limit, CancellationToken cancelled)
    {
        foreach (string site in sites) running[site] = SiteProcess.Start(bundle.Folder, site);
        long until = loop.Clock.NowMs + (long)limit.TotalMilliseconds;
        foreach (string site in running.Keys.ToArray())
            while (!await IsReadyAsync(site, cancelled))
            {
                if (running[site].HasExited) throw new DemoException($"{site} ended instead of starting:\n{running[site].Output}");
                if (loop.Clock.NowMs > until) throw new DemoException($"{site} was not ready in {limit.TotalSeconds} s:\n{running[site].Output}");
                await LoopWait.For(loop, LookEveryMs);
            }
        await SettleAsync(cancelled);
    }

    /// <summary>SIGKILL.</summary>
    public void Kill(string site)
    {
        running[site].Kill();
        running[site].Dispose();
        running.Remove(site);
    }

    /// <summary>Sums over the technologies legs are made in, by site; a site that does not answer is left out.</summary>
    public async Task<IReadOnlyDictionary<string, SiteLegs>> LegsAsync(CancellationToken cancelled)
    {
        var legs = new Dictionary<string, SiteLegs>(StringComparer.Ordinal);
        foreach (string site in Running.ToArray())
            if (await GetAsync(site, "metrics", cancelled) is { } text) legs[site] = SiteLegs.Of(text);
        return legs;
    }

    /// <summary>The end of what each running site wrote.</summary>
    public IEnumerable<string> Outputs => running.Values.Select(p => $"--- {p.Site}\n{p.Output}");

    public async Task<IReadOnlyList<TraceView>> TracesAsync(string site, CancellationToken cancelled) =>
        await GetAsync(site, "api/traces?last=20", cancelled) is { } json ? JsonSerializer.Deserialize<IReadOnlyList<TraceView>>(json, AdminListener.Json) ?? [] : [];

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Task.WhenAll(running.Values.Select(p => p.StopAsync(StopLimit, loop.Clock.Provider)));
        foreach (var process in running.Values) process.Dispose();
    }

    /// <summary>A machine that has just started four processes is busy with itself for a while: goes on when all have seen each other a few times running, or after a while.</summary>
    private async Task SettleAsync(CancellationToken cancelled)
    {
        long until = loop.Clock.NowMs + SettleLimitMs;
        for (int calm = 0; calm < CalmLooks && loop.Clock.NowMs < until; calm++)
        {
            await LoopWait.For(loop, LookEveryMs);
            foreach (string site in running.Keys.ToArray())
                if (!await IsReadyAsync(site, cancelled)) calm = -1;
        }
    }

    private async Task<bool> IsReadyAsync(string site, CancellationToken cancelled)
    {
        if (await GetAsync(site, "readyz", cancelled) is null || await GetAsync(site, "api/peers", cancelled) is not { } json) return false;
        var peers = JsonSerializer.Deserialize<IReadOnlyList<PeerView>>(json, AdminListener.Json) ?? [];
        return peers.All(p => p.Kind != "site" || p.State == "up" || !running.ContainsKey(p.Name));
    }

    private async Task<string?> GetAsync(string site, string path, CancellationToken cancelled)
    {
        try
        {
            using var response = await http.GetAsync(new Uri(bundle.AdminOf(site), path), cancelled);
            return response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync(cancelled) : null;
        }
        catch (HttpRequestException) { return null; }
        catch (TaskCanceledException) when (!cancelled.IsCancellationRequested) { return null; }
    }
}

/// <summary>Legs one site has made since it started, and those it told that another had answered.</summary>
public readonly record struct SiteLegs(int Made, int SipElsewhere, int IaxElsewhere)
{
    public static SiteLegs Of(string metrics)
    {
        int made = 0, sip = 0, iax = 0;
        foreach (string line in metrics.Split('\n'))
        {
            int blank = line.LastIndexOf(' ');
            if (blank < 0 || line.StartsWith('#') || line.Contains("callers", StringComparison.Ordinal)) continue;
            if (line.StartsWith("mesh_legs_total{", StringComparison.Ordinal)) made += Value(line, blank);
            else if (line.StartsWith("mesh_legs_elsewhere_total{technology=\"IAX2\"", StringComparison.Ordinal)) iax += Value(line, blank);
            else if (line.StartsWith("mesh_legs_elsewhere_total{", StringComparison.Ordinal)) sip += Value(line, blank);
        }
        return new SiteLegs(made, sip, iax);
    }

    public static SiteLegs operator -(SiteLegs a, SiteLegs b) => new(a.Made - b.Made, a.SipElsewhere - b.SipElsewhere, a.IaxElsewhere - b.IaxElsewhere);

    public static SiteLegs operator +(SiteLegs a, SiteLegs b) => new(a.Made + b.Made, a.SipElsewhere + b.SipElsewhere, a.IaxElsewhere + b.IaxElsewhere);

    private static int Value(string line, int blank) => (int)double.Parse(line[(blank + 1)..], CultureInfo.InvariantCulture);
}
