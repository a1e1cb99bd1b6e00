using Mesh.Dialplan.Loading;
using Mesh.Host.Audio;
using Mesh.Host.Commands;
using Mesh.Host.Config;
using Mesh.Host.Config.Model;
using Mesh.Host.Demo.Phones;
using Mesh.Host.Plans;
using Mesh.Host.Sites;
using Mesh.Host.Storage;
using Mesh.Io;
using Mesh.Scenarios;
using Mesh.Testing.Calls;

namespace Mesh.Simulation.Tests;

/// <summary>Four whole sites without disks and processes, in one <see cref="CallWorld"/>: the code that runs in production, from the bundle to the sockets.</summary>
public sealed class MeshOfSites : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("mesh-world-").FullName;
    private readonly Dictionary<string, SiteCore> cores = [];

    public MeshOfSites(CallWorld world, TestPlan plan, string net)
    {
        plan.Write(folder, net);
        var read = BundleCheck.Run(new BundleRequest(folder, null), null);
        Assert.False(read.HasErrors, string.Join('\n', read.Problems));
        var any = read.Sites.Values.First();
        // The same plan at every site, so compiled once.
        var outcome = new DialplanCompiler(new DialplanOptions()).Compile(DialplanFolder.Read(any.DialplanDirectory, new DialplanOptions()).Sources, PlanNames.Of(any));
        Assert.True(outcome.IsLoaded, string.Join('\n', outcome.Errors));
        foreach (var (name, model) in read.Sites) cores[name] = Core(world, model, outcome.Model!);
    }

    public IReadOnlyDictionary<string, SiteCore> Sites => cores;

    public Dictionary<string, CallJournal> Journals { get; } = [];

    public SiteCore this[string site] => cores[site];

    public NetAddress Sip(string site) => cores[site].Model.Site.Listen.Sip.First(l => l.IsDatagram).Bind;

    /// <summary>On each site's own loop: nothing is left of any call.</summary>
    public async Task<bool> IsAllGivenBackAsync(int limitMs)
    {
        foreach (var core in cores.Values)
            if (!await LoopWait.Until(core.Signalling, limitMs, () => Left(core).Length == 0)) return false;
        return true;
    }

    public string Left() => string.Join("; ", cores.Select(c => $"{c.Key}: {Left(c.Value)}"));

    /// <summary>After the world has stopped its loops.</summary>
    public void Dispose()
    {
        foreach (var core in cores.Values) core.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static string Left(SiteCore core)
    {
        var left = new (string What, long Count)[]
        {
            ("calls", core.Runner.Calls.Count), ("scripts", core.Runner.Room.Counters.ScriptsRunning), ("forked legs", core.Runner.Room.Counters.LegsAlive),
            ("SIP legs", core.SipLegs.Live), ("IAX2 legs", core.IaxLegs.Live), ("callers", core.SipCallers.Live), ("RTP ports", core.Ports.Rented),
            ("ports in use", core.Audio.InUse), ("dialogs", core.Sip.Dialogs.Count), ("IAX2 calls", core.Iax.CallCount),
        };
        return string.Join(", ", left.Where(l => l.Count != 0).Select(l => $"{l.Count} {l.What}"));
    }

    private SiteCore Core(CallWorld world, SiteModel model, DialplanModel plan)
    {
        var signalling = world.CreateLoop(model.Site.Name);
        var journal = Journals[model.Site.Name] = new CallJournal();
        var core = new SiteCore(new SiteParts
        {
            Model = model,
            Signalling = signalling,
            Media = [world.CreateLoop(model.Site.Name + "-media")],
            Plan = () => plan,
            Scripts = world.Scripts,
            Storage = new NoStorage(signalling),
            Records = journal,
            Log = journal,
            RtpPortsReady = 8,
        });
        core.Start();
        return core;
    }
}
