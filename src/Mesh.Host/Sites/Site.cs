using Mesh.Dialplan.Calls;
using Mesh.Dialplan.Loading;
using Mesh.Host.Admin;
using Mesh.Host.Admin.Access;
using Mesh.Host.Alarms;
using Mesh.Host.Commands;
using Mesh.Host.Config.Model;
using Mesh.Host.Console;
using Mesh.Host.Incidents;
using Mesh.Host.Journal;
using Mesh.Host.Listening;
using Mesh.Host.Ladders;
using Mesh.Host.Ladders.Pages;
using Mesh.Host.Plans;
using Mesh.Host.Records;
using Mesh.Host.Registrar;
using Mesh.Host.Sorry;
using Mesh.Host.Sorry.Http;
using Mesh.Host.Sorry.Automatic;
using Mesh.Host.Status;
using Mesh.Host.Status.Incidents;
using Mesh.Host.Status.Sampling;
using Mesh.Host.Status.Subscriptions;
using Mesh.Host.Storage;
using Mesh.Iax2.Peers;
using Mesh.Io;
using Mesh.Media.Sounds;
using Mesh.Sip.Transport;

namespace Mesh.Host.Sites;

/// <summary>A site as a process runs it: loops with threads, a disk, a watched dialplan, listeners.</summary>
public sealed class Site : IAsyncDisposable
{
    private readonly SiteModel model;
    private readonly SitePart parts;
    private readonly SiteLog log;
    private readonly DataFolder data;
    private readonly Loop signalling;
    private readonly Loop[] media;
    private readonly StorageThread storage;
    private readonly LiveDialplan plan;
    private readonly JournalReplication replication;
    private readonly SorryServers sorry;
    private readonly PublicSide publicSide;
    private readonly ScriptThreads scripts;
    private readonly List<(ListenAddress, StreamTransport)> streams = [];
    private DialplanWatch? watch;
    private SipConnections? connections;
    private readonly SiteReadings readings;
    private readonly SiteStatusPage page;
    private readonly SiteRoster roster;
    private readonly AlarmWatch alarms;
    private readonly SiteConsole console;
    private readonly LadderPages ladderPages;
    private readonly SiteSubscriptions? subscriptions;
    private AdminListener? admin;
    private AdminTls? tls;

    public Site(SiteModel model, SiteSurroundings surroundings)
    {
        this.model = model;
        parts = surroundings.Parts;
        log = new SiteLog(surroundings.Loggers.CreateLogger("mesh.site"));
        var clock = new MeshClock(surroundings.Time);
        signalling = Watched(DatagramLoops.Create("signalling", clock, new CryptoChance()));
        media = [.. Enumerable.Range(0, Math.Max(1, Environment.ProcessorCount)).Select(i => Watched(DatagramLoops.Create($"media-{i}", clock, new CryptoChance())))];

        data = DataFolder.Hold(model.DataDirectory);
        var database = SiteDatabase.Open(data.Database);
        var bindings = new BindingTable();
        database.Bindings.Load(bindings, clock);
        var days = database.Status.Load(clock.UtcNow);
        var entries = database.Journal.Load();
        var (subscribers, waiting) = (database.Subscribers.Load(), database.Subscribers.LoadMail());
        storage = new StorageThread(database, signalling) { OnFault = log.StorageFault };

        var limits = new JournalLimits();
        var journal = new SharedJournal(model.Site.Name, entries, storage, surroundings.Time, limits);
        Journal = journal;
        var options = new AlarmOptions { SiteAfter = model.Alarms.After, ClearAfter = model.Alarms.ClearAfter };
        roster = new SiteRoster(model.Site.Name, [.. model.OtherSites.Select(s => s.Name)], options);
        replication = new JournalReplication(journal, model, surroundings.Time, static () => new CryptoChance(), limits, JournalChanged);

        publicSide = new PublicSide(new PublicOptions(), surroundings.Time);
        int connections = SocketShare.Of(OpenFiles.Limit, model.Law.LegsPerSite, new HttpOptions().Connections);
        if (connections < new HttpOptions().Connections) log.FewSockets(OpenFiles.Limit, connections);
        sorry = new SorryServers(model, journal, surroundings.Time, () => plan?.Current, connections, surroundings.Loggers, replication.Lacking, log.CertificateUnusable);

        var sounds = SoundLibrary.Load(model.SoundsDirectory, out var unusable);
        foreach (string problem in unusable) log.Unusable(problem);
        plan = new LiveDialplan(new DialplanCompiler(new DialplanOptions()), model.DialplanDirectory, () => PlanNames.Of(model));
        plan.Replaced += log.PlanInForce;
        plan.Refused += log.PlanRefused;
        if (!plan.Reload().IsLoaded) throw new SiteStartException($"the dialplan does not load: {plan.Errors[0]}");

        scripts = new ScriptThreads(surroundings.Time);
        var records = new CallRecords(storage) { OnLost = log.RecordLost };
        Core = new SiteCore(new SiteParts
        {
            Model = model,
            Signalling = signalling,
            Media = media,
            Plan = () => plan.Current!,
            Scripts = scripts,
            Storage = storage,
            Bindings = bindings,
            Records = new LoggedRecords(records, surroundings.Loggers.CreateLogger("mesh.call")),
            Log = log,
            Sounds = sounds,
            Announcements = sorry.Telephone.Find,
            PeerChanged = PeerChanged,
            SealChanged = log.SealChanged,
        });
        foreach (var listen in model.Site.Listen.Sip.Where(l => l.Transport == "tcp"))
        {
            var stream = new StreamTransport(signalling, TransportProtocol.Tcp, listen.Bind, connector: new TcpStreamConnector());
            Core.Sip.Add(stream);
            streams.Add((listen, stream));
        }
        readings = new SiteReadings(Core, () => Status!.State, sorry.Probe.IsAny ? () => sorry.Probe.State : null);
        page = new SiteStatusPage(model, readings, days, storage, surroundings.Time);
        alarms = Watch(journal, options, surroundings.Time);
        console = new SiteConsole(new ConsoleParts
        {
            Model = model, View = () => Status!, Journal = journal, Switches = sorry.Switches, Sorry = () => sorry.View, Time = surroundings.Time, Chance = static () => new CryptoChance(),
        });
        var ladders = new SiteLadders(Core);
        console.Questions.Add(LadderDesk.Question, (origin, cancelled) => ladders.FindAsync(origin, cancelled));
        ladderPages = new LadderPages(ladders, new LadderDesk(model, console.Neighbours), console.Screen, surroundings.Time);
        subscriptions = SiteSubscriptions.Of(model, new()
        {
            Stored = subscribers,
            Waiting = waiting,
            Journal = journal,
            Storage = storage,
            Ask = async (question, cancelled) => [.. (await console.Neighbours.AskAllAsync<SealedSubscribers>(question, cancelled)).Select(a => a.Value).OfType<SealedSubscribers>()],
            IsAlive = page.IsAlive,
            Log = new SubscriptionLog(surroundings.Loggers.CreateLogger("mesh.mail")),
            Time = surroundings.Time,
        });
        if (subscriptions is not null) console.Questions.Add(SubscriberFetch.Question, (ids, _) => Task.FromResult(subscriptions.Fetch.Answer(ids)));
        Status = new SiteStatus(Core, plan, [new SiteMetrics(Core, [signalling, .. media]), Core.Registrar.Counters, storage, records, journal.Counters, page, publicSide, scripts, alarms, .. sorry.Metrics, .. console.Metrics, .. subscriptions is null ? (IMetricSource[])[] : [subscriptions.Counters], new ProcessMetrics()]);
    }

    public SiteCore Core { get; }

    public SiteStatus Status { get; }

    /// <summary>What people did that all sites know.</summary>
    public ISharedJournal Journal { get; }

    /// <summary>Serves from here on. Throws <see cref="IOException"/> when a listener cannot be bound.</summary>
    public async Task StartAsync(ILoggerFactory loggers, TimeProvider time, CancellationToken cancelled)
    {
        tls = model.AdminTls is { } files ? AdminTls.Load(files.Certificate, files.Key, files.Clients) : null;
        admin = await AdminListener.StartAsync(Status, console.Door, model.Site.Listen.Admin, tls is null ? null : tls.Use, loggers, cancelled, [replication.Pages, new IncidentPages(new IncidentDesk(Journal, time, new CryptoChance())), .. sorry.Admin, new ReadingPages(readings, time, DistantReadings.AnswerWithin), .. console.Pages, ladderPages, .. subscriptions is null ? (IAdminPages[])[] : [subscriptions.Admin]]);
        Core.Start();
        foreach (var loop in media)
        {
            loop.Start();
            // Where the system lets us; where it does not, public work still leaves them a core.
            loop.Post(static _ => ThreadNiceness.TrySet(ThreadNiceness.Voice));
        }
        signalling.Start();
        connections = await SipConnections.StartAsync(streams, loggers, cancelled);
        watch = new DialplanWatch(plan, time);
        replication.Start();
        Status.State = SiteState.Ready;
        if (parts.HasFlag(SitePart.Status) && await page.StartAsync(new JournalIncidents(Journal), subscriptions, publicSide, loggers, cancelled) is { } why) log.NoStatusPage(why);
        subscriptions?.Start();
        if (parts.HasFlag(SitePart.Sorry))
            foreach (string failure in await sorry.StartAsync(publicSide, loggers, cancelled)) log.NoSorry(failure);
        else sorry.Probe.Start();
        alarms.Start();
    }

    /// <summary>New calls go elsewhere (<c>/readyz</c> says so); those there are have until <see cref="SiteModel.StopAfter"/> to finish.</summary>
    public async Task DrainAsync(TimeProvider time)
    {
        Status.State = SiteState.Draining;
        long began = time.GetTimestamp();
        while (Core.Runner.Calls.Count > 0 && time.GetElapsedTime(began) < model.StopAfter) await Task.Delay(TimeSpan.FromMilliseconds(50), time);
    }

    /// <summary>Ends the calls there still are and lets everything go.</summary>
    public async ValueTask DisposeAsync()
    {
        Status.State = SiteState.Draining;
        watch?.Dispose();
        await alarms.DisposeAsync();
        await replication.DisposeAsync();
        if (connections is not null) await connections.DisposeAsync();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        signalling.Post(_ => { Core.EndCalls(); ended.SetResult(); });
        await Task.WhenAny(ended.Task, Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System));
        await console.DisposeAsync();
        if (admin is not null) await admin.DisposeAsync();
        tls?.Dispose();
        await page.DisposeAsync();
        if (subscriptions is not null) await subscriptions.DisposeAsync();
        await sorry.DisposeAsync();
        publicSide.Dispose();
        signalling.Dispose();
        foreach (var loop in media) loop.Dispose();
        foreach (var (_, stream) in streams) await stream.DisposeAsync();
        Core.Dispose();
        scripts.Dispose();
        storage.Dispose();
        data.Dispose();
    }

    private AlarmWatch Watch(SharedJournal journal, AlarmOptions options, TimeProvider time)
    {
        var drafts = new AlarmDrafts(journal, model.Site.Name, options);
        roster.IsSeen = key => drafts.SeenBy(key).Count > 0;
        var services = new ServiceFacts(model.Site.Name, () => page.Current, options);
        var house = new HouseFacts(model.Site.Name, () => sorry.Certificates, () => HouseFacts.FreeAt(model.DataDirectory), time, options);
        return new AlarmWatch(options, time, () => [.. roster.Facts(), .. services.Facts(), .. house.Facts()], drafts,
            new AutomaticSorry(journal, () => sorry.Switches.Board, model.Site.Name, model.SorryAutomatic, roster, drafts, options), log.AlarmFault);
    }

    private void PeerChanged(Peer peer, PeerState before)
    {
        log.PeerChanged(peer, before);
        if (peer.Tag is not LegKind.Site) return;
        roster.Set(peer.Name, SiteReadings.Of(peer.State));
        if (peer.State == PeerState.Dead || before == PeerState.Dead) page.Look();
    }

    private void JournalChanged(string site, string? trouble)
    {
        log.JournalChanged(site, trouble);
        roster.SetJournal(site, trouble);
    }

    private Loop Watched(Loop loop)
    {
        loop.OnFault = (where, failure) => log.LoopFault(loop.Name, where, failure);
        return loop;
    }
}
