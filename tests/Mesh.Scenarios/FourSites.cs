using System.Text;
using System.Text.Json;

namespace Mesh.Scenarios;

/// <summary>A bundle for a test: four sites, a carrier, phones and people; written to a folder of its own, at loopback addresses of its own (127.a.b.1-4), so that several run side by side.</summary>
public sealed class FourSites : IAsyncDisposable
{
    public static readonly string[] Names = ["london", "manchester", "office", "offsite"];
    private readonly Dictionary<string, ChildProcess> running = [];

    /// <param name="net">The first three octets, <c>127.20.1</c>.</param>
    /// <param name="dialplan">The plan's source; null for the plan of the scenarios.</param>
    public FourSites(string net, TestPlan plan)
    {
        Net = net;
        Folder = Directory.CreateTempSubdirectory("mesh-sites-").FullName;
        plan.Write(Folder, net);
    }

    public string Net { get; }

    public string Folder { get; }

    /// <summary>The bundle a site runs from: the one folder, unless somebody lies between it and the others.</summary>
    public Func<string, string>? BundleOf { get; init; }

    /// <summary>What more each site is started with: <c>--only calls</c>.</summary>
    public IReadOnlyList<string> More { get; init; } = [];

    public string Carrier => $"{Net}.9";

    public string Host(string site) => $"{Net}.{Array.IndexOf(Names, site) + 1}";

    public Uri Admin(string site) => new($"http://{Host(site)}:8080");

    public IEnumerable<string> Running => running.Keys;

    public ChildProcess Process(string site) => running[site];

    /// <summary>Starts sites (all when none is named) and waits until each is ready.</summary>
    public async Task StartAsync(params string[] sites)
    {
        if (sites.Length == 0) sites = Names;
        foreach (string site in sites)
            running[site] = new ChildProcess(site, "dotnet", [Checkout.MeshDll, "run", "--bundle", BundleOf?.Invoke(site) ?? Folder, "--site", site, .. More],
                environment: new Dictionary<string, string> { ["MESH_DATA"] = Path.Combine(Folder, "data", site) });
        foreach (string site in sites) await ReadyAsync(site);
        foreach (string site in running.Keys) await SeesOthersAsync(site);
    }

    public void Kill(string site)
    {
        running[site].Kill();
        running.Remove(site);
    }

    /// <summary>GET on the admin listener; null when it does not answer.</summary>
    public async Task<string?> GetAsync(string site, string path)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        try { using var response = await client.GetAsync(new Uri(Admin(site), path)); return response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync() : null; }
        catch (HttpRequestException) { return null; }
        catch (TaskCanceledException) { return null; }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var p in running.Values) p.Terminate();
        foreach (var p in running.Values) { await p.WaitAsync(TimeSpan.FromSeconds(3)); p.Dispose(); }
        if (Environment.GetEnvironmentVariable("MESH_KEEP") is null) try { Directory.Delete(Folder, recursive: true); } catch (IOException) { }
    }

    public string Logs()
    {
        var text = new StringBuilder();
        foreach (var p in running.Values) text.AppendLine($"--- {p.Name}").AppendLine(p.Output);
        return text.ToString();
    }

    /// <summary>A site serves before it has heard from the others; a scenario that begins then would meet a mesh that is still coming up.</summary>
    private async Task SeesOthersAsync(string site)
    {
        string seen = "";
        for (int i = 0; i < 600; i++)
        {
            seen = await GetAsync(site, "/api/peers") ?? "[]";
            var up = JsonDocument.Parse(seen).RootElement.EnumerateArray().Where(p => p.GetProperty("state").GetString() == "up").Select(p => p.GetProperty("name").GetString());
            if (!running.Keys.Where(other => other != site).Except(up).Any()) return;
            await Task.Delay(100);
        }
        throw new TimeoutException($"{site} does not see the other sites: {seen}");
    }

    private async Task ReadyAsync(string site)
    {
        for (int i = 0; i < 1_200; i++)
        {
            if (running[site].HasExited) throw new InvalidOperationException($"{site} ended instead of starting:\n{running[site].Output}");
            if (await GetAsync(site, "/readyz") is not null) return;
            await Task.Delay(100);
        }
        throw new TimeoutException($"{site} was not ready within two minutes:\n{running[site].Output}");
    }
}
