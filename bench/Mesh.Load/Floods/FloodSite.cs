using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Mesh.Scenarios;

namespace Mesh.Load.Floods;

/// <summary>A site with calls that talk and everything that is public, and what floods it.</summary>
public sealed class FloodSite : IAsyncDisposable
{
    private readonly LoadSite site;
    private readonly MediaCalls calls;
    private readonly IReadOnlyList<MediaFlow> flows;
    private readonly string rtpLoad, flood;

    private FloodSite(LoadSite site, MediaCalls calls, IReadOnlyList<MediaFlow> flows, string rtpLoad, string flood) =>
        (this.site, this.calls, this.flows, this.rtpLoad, this.flood) = (site, calls, flows, rtpLoad, flood);

    public LoadSite Site => site;

    /// <summary>Where nobody serves: the same flood costs the machine this much by itself.</summary>
    public string Nobody => $"{site.Net}.2";

    public static async Task<FloodSite> StartAsync(string net, int calls)
    {
        string rtpLoad = await ReferencePrograms.CompileAsync("rtp_load"), flood = await ReferencePrograms.CompileAsync("flood");
        var site = await LoadSite.StartAsync(net, listen: $"sorry: {{ http: {FloodKind.Http}, https: {FloodKind.Https}, smtp: {FloodKind.Smtp} }}", prepare: Certify);
        try
        {
            await OrderAsync(site);
            var media = new MediaCalls(site);
            return new FloodSite(site, media, await media.EstablishAsync(calls), rtpLoad, flood);
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    /// <summary>Has the calls talk, and says how late their voice was.</summary>
    public async Task<VoiceRound> TalkAsync(int seconds)
    {
        using var load = Favoured.Start("rtp_load", rtpLoad, [seconds.ToString(CultureInfo.InvariantCulture)]);
        foreach (var f in flows)
        {
            await load.Input.WriteLineAsync(RelayLoad.Line(f.CallerEnd, f.CallerAtSite));
            await load.Input.WriteLineAsync(RelayLoad.Line(f.PhoneEnd, f.PhoneAtSite));
        }
        load.Input.Close();
        if (await load.WaitAsync(TimeSpan.FromSeconds(seconds + 30)) is not 0) throw new InvalidOperationException($"rtp_load: {load.Output}");
        var said = load.Output.Trim().Split(' ').Select(w => w.Split('=')).ToDictionary(w => w[0], w => long.Parse(w[1], CultureInfo.InvariantCulture));
        return new VoiceRound(said["sent"], said["received"], (int)said["late_p50_us"], (int)said["late_p99_us"], (int)said["late_p999_us"]);
    }

    /// <summary>Begins a flood, and waits until it is all there when it is one that fills. It comes over the network from other machines: here it gets what is left of this one.</summary>
    public async Task<ChildProcess> FloodAsync(FloodKind kind, string host)
    {
        var process = new ChildProcess("flood", "nice", ["-n", "5", flood, "120", .. kind.Against(host, string.Join('.', site.Net.Split('.')[..2]))]);
        for (int i = 0; i < 300 && kind.Fills && !process.Output.Contains("full", StringComparison.Ordinal); i++)
        {
            if (process.HasExited) throw new InvalidOperationException($"flood ended: {process.Output}");
            await Task.Delay(100);
        }
        return process;
    }

    /// <summary>A listener at <see cref="Nobody"/> that takes connections and does nothing with them.</summary>
    public async Task<ChildProcess> ListenAsync()
    {
        var process = new ChildProcess("nobody", "nice", ["-n", "5", flood, "-l", "120", "10000", .. FloodKind.Ports.Select(p => $"{Nobody}:{p.ToString(CultureInfo.InvariantCulture)}")]);
        for (int i = 0; i < 100 && !process.Output.Contains("ready", StringComparison.Ordinal); i++)
        {
            if (process.HasExited) throw new InvalidOperationException($"flood -l ended: {process.Output}");
            await Task.Delay(50);
        }
        return process;
    }

    /// <summary>Waits until what a flood left has gone.</summary>
    public async Task QuietAsync()
    {
        for (int i = 0; i < 300 && (await site.FiguresAsync())["mesh_public_connections"] > 10; i++) await Task.Delay(100);
    }

    public async ValueTask DisposeAsync()
    {
        calls.Dispose();
        await site.DisposeAsync();
    }

    private static async Task OrderAsync(LoadSite site)
    {
        using var http = new HttpClient();
        var order = new { target = "down.example", who = "bench", why = "", order = new { on = true, answers = (string[])["page", "defer"], message = "flooded", until = DateTimeOffset.UtcNow.AddHours(2) } };
        using var response = await http.PostAsJsonAsync($"http://{site.Host}:8080/api/sorry", order);
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException($"the order was refused: {await response.Content.ReadAsStringAsync()}");
    }

    private static void Certify(string bundle)
    {
        string folder = Directory.CreateDirectory(Path.Combine(bundle, "sorry", "certificates")).FullName;
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=www.example", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        File.WriteAllText(Path.Combine(folder, "default.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "default.key"), key.ExportPkcs8PrivateKeyPem());
    }
}
