using Mesh.Host.Admin;
using Mesh.Host.Admin.Neighbours;
using Mesh.Host.Commands;
using Mesh.Host.Config.Model;
using Mesh.Host.Incidents;
using Mesh.Host.Journal;
using Mesh.Host.Listening;
using Mesh.Host.Sorry;
using Mesh.Host.Sorry.Http;
using Mesh.Host.Status;
using Mesh.Host.Status.Incidents;
using Mesh.Host.Storage;
using Mesh.Io;

namespace Mesh.Host.Sites;

/// <summary>
/// A site's second process: sorry and the status page, and no calls. In the shared journal it is a site of its own, <see cref="SiteConfig.SecondName"/>, with its own disk, so it takes orders and
/// shows what is true when the process with the calls is dead.
/// </summary>
public sealed class SecondSite : IAsyncDisposable
{
    /// <summary>Within the site's folder of data.</summary>
    public const string DataFolderName = "second";

    private readonly SiteModel model;
    private readonly SitePart parts;
    private readonly SiteLog log;
    private readonly DataFolder data;
    private readonly Loop answers;
    private readonly StorageThread storage;
    private readonly SharedJournal journal;
    private readonly JournalReplication replication;
    private readonly PublicSide publicSide;
    private readonly SorryServers sorry;
    private readonly DistantReadings readings;
    private readonly SiteStatusPage page;
    private readonly SecondView view;
    private AdminListener? admin;

    /// <summary>Throws <see cref="SiteStartException"/> when the site has no address for a second process.</summary>
    public SecondSite(SiteModel site, SiteSurroundings surroundings)
    {
        if (site.Site.Listen.Second is null) throw new SiteStartException("a process without calls needs listen.second, the address of its own admin listener: other sites reach it there");
        model = site with { DataDirectory = Path.Combine(site.DataDirectory, DataFolderName) };
        parts = surroundings.Parts;
        log = new SiteLog(surroundings.Loggers.CreateLogger("mesh.site"));
        var time = surroundings.Time;
        var clock = new MeshClock(time);
        answers = DatagramLoops.Create("storage-answers", clock, new CryptoChance());
        answers.OnFault = (where, failure) => log.LoopFault(answers.Name, where, failure);

        data = DataFolder.Hold(model.DataDirectory);
        var database = SiteDatabase.Open(data.Database);
        var days = database.Status.Load(clock.UtcNow);
        var entries = database.Journal.Load();
        storage = new StorageThread(database, answers) { OnFault = log.StorageFault };

        var limits = new JournalLimits();
        string name = site.Site.SecondName;
        journal = new SharedJournal(name, entries, storage, time, limits);
        replication = new JournalReplication(journal, model, time, static () => new CryptoChance(), limits, log.JournalChanged, name);

        publicSide = new PublicSide(new PublicOptions(), time);
        int connections = SocketShare.Of(OpenFiles.Limit, 0, new HttpOptions().Connections);
        if (connections < new HttpOptions().Connections) log.FewSockets(OpenFiles.Limit, connections);
        sorry = new SorryServers(model, journal, time, static () => null, connections, surroundings.Loggers, replication.Lacking, log.CertificateUnusable, name);

        var calls = PairPlace.AdminOf(site.Site);
        readings = new DistantReadings(calls, site.Site.Name, site.AdminToken);
        page = new SiteStatusPage(model, readings, days, storage, time);
        view = new SecondView(calls, [storage, journal.Counters, page, publicSide, .. sorry.Metrics, new ProcessMetrics()]);
    }

    /// <summary>Serves from here on. Throws <see cref="IOException"/> when the admin listener cannot be bound.</summary>
    public async Task StartAsync(ILoggerFactory loggers, TimeProvider time, CancellationToken cancelled)
    {
        var pages = new IncidentPages(new IncidentDesk(journal, time, new CryptoChance()));
        admin = await AdminListener.StartAsync(view, model.AdminToken, model.Site.Listen.Second!, loggers, cancelled, [replication.Pages, pages, .. sorry.Admin]);
        answers.Start();
        replication.Start();
        if (parts.HasFlag(SitePart.Status) && await page.StartAsync(new JournalIncidents(journal), null, publicSide, loggers, cancelled) is { } why) log.NoStatusPage(why);
        if (parts.HasFlag(SitePart.Sorry))
            foreach (string failure in await sorry.StartAsync(publicSide, loggers, cancelled)) log.NoSorry(failure);
        view.State = SiteState.Ready;
    }

    public async ValueTask DisposeAsync()
    {
        view.State = SiteState.Draining;
        await replication.DisposeAsync();
        if (admin is not null) await admin.DisposeAsync();
        await page.DisposeAsync();
        readings.Dispose();
        await sorry.DisposeAsync();
        publicSide.Dispose();
        storage.Dispose();
        answers.Dispose();
        data.Dispose();
    }
}
