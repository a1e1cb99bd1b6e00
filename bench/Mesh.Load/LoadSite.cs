using System.Security.Cryptography;
using Mesh.Scenarios;

namespace Mesh.Load;

/// <summary>One site as it is installed: <c>mesh run</c> on a bundle of its own, a carrier at .9, one phone at .20, no other site to talk to.</summary>
public sealed class LoadSite : ICallPath, IAsyncDisposable
{
    public const string Account = "desk";
    public const string Number = "442079460301";
    public const string Secret = "correct-horse";

    private readonly string folder = Directory.CreateTempSubdirectory("mesh-load-").FullName;
    /// <summary>As the <c>mesh</c> script and the units of <c>docs/two-processes.md</c> have it: the heap is collected after 64 MiB, not after a fraction of one.</summary>
    private static readonly (string Variable, string Value) Heap = ("DOTNET_GCgen0size", "0x4000000");

    private readonly HttpClient admin = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly ChildProcess process;

    /// <param name="net">The first three octets of loopback addresses nobody else uses, <c>127.40.1</c>.</param>
    /// <param name="meshDll">The build to run.</param>
    /// <param name="prepare">Adds to the bundle's folder.</param>
    /// <param name="listen">More of <c>listen</c> in the bundle: a line without indentation.</param>
    private LoadSite(string net, string meshDll, string listen, Action<string>? prepare)
    {
        Net = net;
        WriteBundle(listen);
        prepare?.Invoke(folder);
        process = Favoured.Start("site", "dotnet", [meshDll, "run", "--bundle", folder, "--site", "london"], new Dictionary<string, string> { ["MESH_DATA"] = Path.Combine(folder, "data"), [Heap.Variable] = Heap.Value });
    }

    public string Net { get; }

    public string Host => $"{Net}.1";

    public string Carrier => $"{Net}.9";

    public string Phone => $"{Net}.20";

    public int ProcessId => process.Id;

    public string Log => process.Output;

    /// <summary>A folder for what the other ends write.</summary>
    public string Folder => folder;

    /// <summary>Starts a site, of this checkout's build if <paramref name="meshDll"/> names no other, and registers the phone.</summary>
    public static async Task<LoadSite> StartAsync(string net, string? meshDll = null, string listen = "", Action<string>? prepare = null)
    {
        var site = new LoadSite(net, meshDll ?? Checkout.MeshDll, listen, prepare);
        try
        {
            await site.ReadyAsync();
            await site.RegisterAsync();
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    public CpuReading Cpu() => CpuReading.Of(ProcessId);

    public async Task<Figures> FiguresAsync() => Figures.Read(await admin.GetStringAsync(new Uri($"http://{Host}:8080/metrics")));

    /// <summary>Waits until every call has left the site.</summary>
    public async Task QuietAsync()
    {
        for (int i = 0; i < 100 && (await FiguresAsync())["mesh_calls_live"] > 0; i++) await Task.Delay(100);
    }

    public async ValueTask DisposeAsync()
    {
        process.Terminate();
        await process.WaitAsync(TimeSpan.FromSeconds(5));
        process.Dispose();
        admin.Dispose();
        try { Directory.Delete(folder, recursive: true); } catch (IOException) { }
    }

    private void WriteBundle(string listen)
    {
        foreach (string sub in (string[])["secrets", "dialplan", "sites"]) Directory.CreateDirectory(Path.Combine(folder, sub));
        string key = Path.Combine(folder, "secrets/mesh.key");
        File.WriteAllText(key, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) + "\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(Path.Combine(folder, "sites/london.yaml"), "# nothing differs\n");
        File.WriteAllText(Path.Combine(folder, "dialplan/plan.csx"), $"Inbound(\"+{Number}\", call => call.Dial(Sip(\"{Account}\"), ringFor: 25.Seconds));\n");
        File.WriteAllText(Path.Combine(folder, "mesh.yaml"), $$"""
            name: load
            sites:
              london: { host: {{Host}} }
            mesh_key: { file: secrets/mesh.key }
            mesh_seal: off
            listen:
              sip: [ udp:5060, tcp:5060 ]
              iax2: udp:4569
              rtp: 20000-29999
              admin: http:8080
              {{listen}}
            phones:
              {{Account}}: { secret: {{Secret}} }
            trunks:
              carrier:
                sip: { from: [ {{Carrier}} ], to: {{Carrier}} }
                numbers: { "+{{Number}}": [ london ] }

            """);
    }

    private async Task ReadyAsync()
    {
        for (int i = 0; i < 300; i++)
        {
            if (process.HasExited) throw new InvalidOperationException($"the site ended instead of starting:\n{Log}");
            try
            {
                using var answer = await admin.GetAsync(new Uri($"http://{Host}:8080/readyz"));
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException) { }
            await Task.Delay(100);
        }
        throw new TimeoutException($"the site was not ready within 30 s:\n{Log}");
    }

    public async Task RegisterAsync()
    {
        using var sipp = Sipp.Start("register", folder, "uac-register.xml", Phone, 5060, null, $"{Host}:5060", "-s", Account, "-au", Account, "-ap", Secret, "-m", "1", "-timeout", "10s");
        if (await sipp.WaitAsync(TimeSpan.FromSeconds(20)) is not 0) throw new InvalidOperationException($"the phone could not register:\n{sipp.Output}\n{Log}");
    }
}
