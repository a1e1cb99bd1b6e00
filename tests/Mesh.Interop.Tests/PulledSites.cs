using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Mesh.Interop.Tests;

/// <summary>Four sites as processes, each in its own namespace, and what the public and operators see of them from the switch.</summary>
internal sealed class PulledSites : IDisposable
{
    public const string Number = "+442079460123", Host = "www.london.example", Domain = "london.example", OtherHost = "www.manchester.example", Said = "London is being repaired";
    private const string Token = "namespaces-only";

    private readonly string folder = Directory.CreateTempSubdirectory("mesh-pulled-").FullName;
    private readonly Dictionary<string, ChildProcess> running = [];
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(2), PooledConnectionLifetime = TimeSpan.FromSeconds(1) }) { Timeout = TimeSpan.FromSeconds(3) };

    public PulledSites(PulledNetwork network, byte[] recording)
    {
        new TestPlan(["desk"], $$"""Inbound("{{Number}}", async call => { await call.Dial(Iax("london/301"), ringFor: 20.Seconds); }); Extension("301", call => call.Reject(Busy));""")
        { Numbers = [Number], Sealed = true, RtpPorts = "20000-20099" }.Write(folder, PulledNetwork.Net);
        string file = Path.Combine(folder, "mesh.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace($"{PulledNetwork.Net}.9", PulledNetwork.Here, StringComparison.Ordinal).Replace("listen:\n", "listen:\n  sorry: { http: 8082, smtp: 2525 }\n", StringComparison.Ordinal) + $$"""
            admin: { token: {{Token}} }
            alarms: { clear_after: 3s }
            sorry:
              automatic:
                london:     { hosts: [ {{Host}} ], domains: [ {{Domain}} ], numbers: [ "{{Number}}" ], message: "{{Said}}", recording: sounds/gone.wav }
                manchester: { hosts: [ {{OtherHost}} ] }

            """);
        Directory.CreateDirectory(Path.Combine(folder, "sounds"));
        File.WriteAllBytes(Path.Combine(folder, "sounds/gone.wav"), recording);
        foreach (string site in FourSites.Names)
        {
            var (program, words) = network.On(site, "dotnet", Checkout.MeshDll, "run", "--bundle", folder, "--site", site);
            running[site] = new ChildProcess(site, program, words, environment: new Dictionary<string, string> { ["MESH_DATA"] = Path.Combine(folder, "data", site) });
        }
    }

    public static string Address(string site) => $"{PulledNetwork.Net}.{Array.IndexOf(FourSites.Names, site) + 1}";

    /// <summary>Each is ready and reaches every other.</summary>
    public async Task<bool> AreUpAsync()
    {
        foreach (string site in FourSites.Names)
        {
            if (running[site].HasExited) Assert.Fail($"{site} ended instead of starting:\n{running[site].Output}");
            if (await AdminAsync(site, "/readyz") is null || await AdminAsync(site, "/api/peers") is not { } peers) return false;
            if (JsonDocument.Parse(peers).RootElement.EnumerateArray().Any(p => p.GetProperty("kind").GetString() == "site" && p.GetProperty("state").GetString() != "up")) return false;
        }
        return true;
    }

    /// <summary>What a browser that asks for <paramref name="host"/> is told; empty when it is told nothing.</summary>
    public async Task<string> PageAsync(string site, string host)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{Address(site)}:8082/") { Headers = { Host = host } };
            using var response = await http.SendAsync(request);
            return $"{(int)response.StatusCode} {string.Join(',', response.Headers.TryGetValues("X-Sorry", out var why) ? why : [])} {response.Headers.RetryAfter}";
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException) { return ""; }
    }

    /// <summary>What a mail server that brings mail for a domain is told.</summary>
    public static async Task<string> MailAsync(string site, string domain)
    {
        using var client = new TcpClient();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        try
        {
            await client.ConnectAsync(Address(site), 2525, limit.Token);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"EHLO a\r\nMAIL FROM:<s@else.example>\r\nRCPT TO:<b@{domain}>\r\nQUIT\r\n"), limit.Token);
            using var reader = new StreamReader(client.GetStream());
            return await reader.ReadToEndAsync(limit.Token);
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException) { return ""; }
    }

    /// <summary>The states of incidents, by id, drafts too.</summary>
    public async Task<IReadOnlyDictionary<string, string>> IncidentsAsync(string site) =>
        JsonDocument.Parse(await AdminAsync(site, "/api/incidents?all=true") ?? "[]").RootElement.EnumerateArray().ToDictionary(i => i.GetProperty("id").GetString()!, i => i.GetProperty("state").GetString()!);

    /// <summary>How the public page of a site shows another; null when it does not answer.</summary>
    public async Task<string?> ShownAsync(string site, string other)
    {
        if (await GetAsync($"http://{Address(site)}:8081/api/v2/components.json", null) is not { } json || await GetAsync($"http://{Address(site)}:8081/en/", null) is null) return null;
        return JsonDocument.Parse(json).RootElement.GetProperty("components").EnumerateArray().Where(c => c.GetProperty("id").GetString() == $"site-{other}").Select(c => c.GetProperty("status").GetString()).FirstOrDefault();
    }

    public Task<string?> AdminAsync(string site, string path) => GetAsync($"http://{Address(site)}:8080{path}", Token);

    public string Logs() => string.Join('\n', running.Values.Select(p => $"--- {p.Name}\n{p.Output}"));

    public void Dispose()
    {
        http.Dispose();
        foreach (var process in running.Values) process.Dispose();
        try { Directory.Delete(folder, recursive: true); }
        catch (IOException) { }
    }

    private async Task<string?> GetAsync(string url, string? token)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            if (token is not null) request.Headers.Authorization = new("Bearer", token);
            using var response = await http.SendAsync(request);
            return response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync() : null;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException) { return null; }
    }
}
