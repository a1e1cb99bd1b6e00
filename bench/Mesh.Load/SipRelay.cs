using Mesh.Scenarios;

namespace Mesh.Load;

/// <summary>The C program <c>bench/reference/sip_relay.c</c> in the path of the same calls: what the system alone takes for their messages.</summary>
public sealed class SipRelay : ICallPath, IAsyncDisposable
{
    private readonly LoadSite site;
    private readonly ChildProcess process;

    private SipRelay(LoadSite site, string program)
    {
        this.site = site;
        Host = $"{site.Net}.4";
        process = Favoured.Start("sip_relay", program, [Host, site.Phone], folder: site.Folder);
    }

    public string Host { get; }

    public string Carrier => site.Carrier;

    public string Phone => site.Phone;

    public string Folder => site.Folder;

    public string Log => process.Output;

    /// <summary>Compiles and starts it beside <paramref name="site"/>, whose folder and whose two SIPps it shares.</summary>
    public static async Task<SipRelay> StartAsync(LoadSite site)
    {
        var relay = new SipRelay(site, await ReferencePrograms.CompileAsync("sip_relay"));
        while (!relay.Log.Contains("ready", StringComparison.Ordinal))
        {
            if (relay.process.HasExited) throw new InvalidOperationException($"sip_relay ended instead of starting:\n{relay.Log}");
            await Task.Delay(20);
        }
        return relay;
    }

    public CpuReading Cpu() => CpuReading.Of(process.Id);

    /// <summary>It keeps nothing of a call: what SIPp has heard of is over.</summary>
    public Task QuietAsync() => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        process.Terminate();
        await process.WaitAsync(TimeSpan.FromSeconds(5));
        process.Dispose();
    }
}
