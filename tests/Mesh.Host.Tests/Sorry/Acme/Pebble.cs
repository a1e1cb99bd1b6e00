using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Mesh.Host.Tests.Sorry.Acme;

/// <summary>A real authority of certificates: Debian's pebble, with the name server it comes with. It turns many nonces away.</summary>
public sealed class Pebble : IAsyncDisposable
{
    /// <summary>Where the authority comes for the answers of HTTP-01.</summary>
    public const int HttpPort = 8082;

    private const int Port = 14000, Management = 15000, Names = 8053, NamesManagement = 8055;

    private readonly string address;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mesh-pebble-");
    private readonly HttpClient http = new(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true }) { Timeout = TimeSpan.FromSeconds(10) };
    private Process? authority, names;

    private Pebble(string address) => this.address = address;

    public Uri Directory_ => new($"https://{address}:{Port}/dir");

    /// <summary>Who signs the authority's own server.</summary>
    public string CaFile => Path.Combine(folder.FullName, "server.pem");

    /// <param name="visits">The address that every name leads to.</param>
    public static async Task<Pebble> StartAsync(string address, string visits)
    {
        var pebble = new Pebble(address);
        pebble.WriteFiles();
        pebble.names = pebble.Run("pebble-challtestsrv", ["-dns01", $"{address}:{Names}", "-http01", "", "-https01", "", "-tlsalpn01", "", "-management", $"{address}:{NamesManagement}", "-defaultIPv4", visits, "-defaultIPv6", ""]);
        await pebble.StartAuthorityAsync();
        return pebble;
    }

    public async Task StartAuthorityAsync()
    {
        authority = Run("pebble", ["-config", Path.Combine(folder.FullName, "config.json"), "-dnsserver", $"{address}:{Names}"]);
        for (int i = 0; ; i++)
        {
            try
            {
                await http.GetStringAsync(Directory_);
                return;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && i < 300 && !authority.HasExited) { await Task.Delay(100); }
        }
    }

    public void StopAuthority() => authority!.Kill();

    /// <summary>Of hosts that were once found to be ours it knows nothing more; told never to use such knowledge again, it still does in one order of a hundred.</summary>
    public async Task ForgetAsync()
    {
        StopAuthority();
        await authority!.WaitForExitAsync();
        authority.Dispose();
        await StartAuthorityAsync();
    }

    /// <summary>From now on every name leads to another address.</summary>
    public async Task LeadToAsync(string visits) => (await http.PostAsJsonAsync($"http://{address}:{NamesManagement}/set-default-ipv4", new { ip = visits })).EnsureSuccessStatusCode();

    /// <summary>The root of what it signs.</summary>
    public async Task<X509Certificate2> RootAsync() => X509Certificate2.CreateFromPem(await http.GetStringAsync($"https://{address}:{Management}/roots/0"));

    public ValueTask DisposeAsync()
    {
        foreach (var process in new[] { authority, names })
        {
            if (process is { HasExited: false }) process.Kill();
            process?.Dispose();
        }
        http.Dispose();
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private void WriteFiles()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=the server of the authority", key, HashAlgorithmName.SHA256);
        var own = new SubjectAlternativeNameBuilder();
        own.AddIpAddress(IPAddress.Parse(address));
        request.CertificateExtensions.Add(own.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        File.WriteAllText(CaFile, certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder.FullName, "server.key"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(folder.FullName, "config.json"), JsonSerializer.Serialize(new
        {
            pebble = new
            {
                listenAddress = $"{address}:{Port}", managementListenAddress = $"{address}:{Management}", certificate = CaFile, privateKey = Path.Combine(folder.FullName, "server.key"),
                httpPort = HttpPort, tlsPort = 8443, ocspResponderURL = "", externalAccountBindingRequired = false,
            },
        }));
    }

    private Process Run(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in (IEnumerable<(string, string)>)[("PEBBLE_VA_NOSLEEP", "1"), ("PEBBLE_WFE_NONCEREJECT", "30"), ("PEBBLE_AUTHZREUSE", "0")]) start.Environment[name] = value;
        try
        {
            var process = Process.Start(start)!;
            process.OutputDataReceived += static (_, _) => { };
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            return process;
        }
        catch (System.ComponentModel.Win32Exception e) { throw new InvalidOperationException($"{program} does not start: install Debian's package pebble", e); }
    }
}
