using Mesh.Scenarios;

namespace Mesh.Load;

/// <summary>Kamailio with <c>bench/reference/kamailio.cfg</c>: a stateful proxy in the path of the same calls, from the same carrier to the same phone as the site's.</summary>
public sealed class KamailioProxy : ICallPath, IAsyncDisposable
{
    private const string Program = "/usr/sbin/kamailio";

    private readonly LoadSite site;
    private readonly ChildProcess process;

    private KamailioProxy(LoadSite site)
    {
        this.site = site;
        Host = $"{site.Net}.3";
        string text = File.ReadAllText(Path.Combine(Checkout.Root, "bench/reference/kamailio.cfg"));
        string file = Path.Combine(site.Folder, "kamailio.cfg");
        File.WriteAllText(file, text.Replace("@HOST@", Host, StringComparison.Ordinal).Replace("@PHONE@", site.Phone, StringComparison.Ordinal));
        // In the foreground, its messages on stderr; 256 MB shared and 16 MB for each process; its fast allocator, for the default one checks itself and makes a call cost three times as much.
        process = Favoured.Start("kamailio", Program, ["-DD", "-E", "-x", "fm", "-X", "fm", "-f", file, "-m", "256", "-M", "16", "-Y", site.Folder, "-P", Path.Combine(site.Folder, "kamailio.pid")], folder: site.Folder);
    }

    public static bool IsInstalled => File.Exists(Program);

    public string Host { get; }

    public string Carrier => site.Carrier;

    public string Phone => site.Phone;

    public string Folder => site.Folder;

    public string Log => process.Output;

    /// <summary>Starts it beside <paramref name="site"/>, whose folder and whose two SIPps it shares.</summary>
    public static async Task<KamailioProxy> StartAsync(LoadSite site)
    {
        var proxy = new KamailioProxy(site);
        // It has no word for being ready: its workers are there after the modules, and a first round warms it up.
        await Task.Delay(TimeSpan.FromSeconds(3));
        if (!proxy.process.HasExited) return proxy;
        string said = proxy.Log;
        await proxy.DisposeAsync();
        throw new InvalidOperationException($"Kamailio ended instead of starting:\n{said}");
    }

    public CpuReading Cpu() => CpuReading.OfTree(process.Id);

    /// <summary>A proxy does not know of calls: its last transaction has been answered when SIPp ended.</summary>
    public Task QuietAsync() => Task.Delay(TimeSpan.FromMilliseconds(300));

    public async ValueTask DisposeAsync()
    {
        process.Terminate();
        await process.WaitAsync(TimeSpan.FromSeconds(5));
        process.Dispose();
    }
}
