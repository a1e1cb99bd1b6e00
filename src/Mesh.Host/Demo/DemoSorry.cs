using System.Net.Http.Json;
using System.Text.Json;
using Mesh.Host.Admin;
using Mesh.Host.Console;
using Mesh.Host.Demo.Phones;
using Mesh.Host.Incidents;
using Mesh.Io;

namespace Mesh.Host.Demo;

/// <summary>What is told in place of a site that was killed: the page its customers get from another, the mail that waits, and the incident that alarms draft and a person confirms.</summary>
public sealed class DemoSorry(DemoBundle bundle, Loop loop) : IDisposable
{
    private const int LimitMs = 60_000, LookEveryMs = 100;

    /// <summary>Who confirms: a person, in real life.</summary>
    private const string Person = "mesh demo";

    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };
    private long pagedMs;

    /// <summary>The host of the bundle's <c>sorry.automatic</c> that is asked for; null when it has none for the site.</summary>
    public static string? HostOf(DemoBundle bundle, string killed) => bundle.Sites.Values.First().SorryAutomatic.FirstOrDefault(a => a.Site == killed)?.Hosts.FirstOrDefault();

    /// <summary>Waits for the page and the draft at <paramref name="asked"/>, and confirms the draft. What did not come in time is null in the report.</summary>
    public async Task<DemoSorryReport?> FollowAsync(string killed, string asked, long killedMs, CancellationToken cancelled)
    {
        if (HostOf(bundle, killed) is not { } host || bundle.Sites[asked].Site.Listen.Sorry.Http is not { } page) return null;
        var url = new Uri($"http://{page.Bind}/");
        var paged = UntilAsync(async () => await IsSorryAsync(url, host, cancelled) ? url : null, cancelled);
        var draft = await UntilAsync(() => DraftAsync(asked, cancelled), cancelled);
        long? draftedMs = draft is null ? null : loop.Clock.NowMs - killedMs;
        var shown = draft is null ? null : await ConfirmAsync(asked, draft, killed, cancelled);
        return new DemoSorryReport(host, asked, await paged is null ? null : pagedMs - killedMs, draft?.Id, draftedMs, shown is not null);
    }

    /// <summary>Where to look now.</summary>
    /// <param name="sites">Those that run.</param>
    /// <param name="origin">Of a call; null when none is known.</param>
    public DemoAddresses Addresses(IEnumerable<string> sites, string? origin, DemoSorryReport? sorry)
    {
        string[] running = [.. sites];
        return new DemoAddresses(
            [.. running.Select(s => $"http://{bundle.Sites[s].Site.Listen.Status.Bind}/")],
            sorry?.IncidentId is { } id ? $"http://{bundle.Sites[running[0]].Site.Listen.Status.Bind}/incidents/{id}/" : null,
            [.. running.Select(s => bundle.Sites[s].Site.Listen.Sorry.Http).OfType<Config.Model.ListenAddress>().Select(l => $"http://{l.Bind}/")],
            [.. running.Select(s => new Uri(bundle.AdminOf(s), ConsoleFrame.AddressOf(ConsoleSection.Calls)).ToString())],
            origin is null ? null : new Uri(bundle.AdminOf(running[0]), ConsoleFrame.AddressOfCall(origin)).ToString());
    }

    public void Dispose() => http.Dispose();

    private async Task<bool> IsSorryAsync(Uri url, string host, CancellationToken cancelled)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Host = host } };
        using var response = await http.SendAsync(request, cancelled);
        pagedMs = loop.Clock.NowMs;
        return response.Headers.TryGetValues("X-Sorry", out var why) && !why.Contains("unlisted");
    }

    private async Task<Incident?> DraftAsync(string site, CancellationToken cancelled) =>
        JsonSerializer.Deserialize<IReadOnlyList<Incident>>(await http.GetStringAsync(new Uri(bundle.AdminOf(site), "api/incidents"), cancelled), AdminListener.Json)!.FirstOrDefault(i => i.State == IncidentState.Draft);

    private async Task<Incident?> ConfirmAsync(string site, Incident draft, string killed, CancellationToken cancelled)
    {
        var request = new IncidentRequest(Person, "the demonstration killed it") { Text = $"**{killed}** does not answer. Calls go through the other sites; its web pages and mail wait.", Estimate = loop.Clock.UtcNow.AddHours(1) };
        using var response = await http.PostAsJsonAsync(new Uri(bundle.AdminOf(site), $"api/incidents/{draft.Id}/confirm"), request, AdminListener.Json, cancelled);
        return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<Incident>(AdminListener.Json, cancelled) : null;
    }

    private async Task<T?> UntilAsync<T>(Func<Task<T?>> look, CancellationToken cancelled) where T : class
    {
        for (long until = loop.Clock.NowMs + LimitMs; loop.Clock.NowMs < until; await LoopWait.For(loop, LookEveryMs).WaitAsync(cancelled))
        {
            try
            {
                if (await look() is { } found) return found;
            }
            catch (HttpRequestException) { /* busy, or not listening yet: asked again */ }
            catch (TaskCanceledException) when (!cancelled.IsCancellationRequested) { }
        }
        return null;
    }
}
