using System.Net;
using System.Net.Sockets;
using Mesh.Dialplan.Loading;
using Mesh.Host.Admin;
using Mesh.Host.Admin.Neighbours;
using Mesh.Host.Config.Model;
using Mesh.Host.Journal;
using Mesh.Host.Listening;
using Mesh.Host.Sites;
using Mesh.Host.Sorry.Acme;
using Mesh.Host.Sorry.Contents;
using Mesh.Host.Sorry.Copies;
using Mesh.Host.Sorry.Customers;
using Mesh.Host.Sorry.Customers.Web;
using Mesh.Host.Sorry.Http;
using Mesh.Host.Sorry.Listening;
using Mesh.Host.Sorry.Phone;
using Mesh.Host.Sorry.Smtp;
using Mesh.Host.Sorry.Switches;
using Mesh.Io;

namespace Mesh.Host.Sorry;

/// <summary>
/// All of sorry of one site: switches, mail, pages, announcements. Its connections are Kestrel's, its limits its own, and nothing of it ever waits for or posts to a loop of calls.
/// </summary>
public sealed class SorryServers : IAsyncDisposable
{
    /// <summary>Within the bundle's folder of sorry: <c>NAME.pem</c> with <c>NAME.key</c>.</summary>
    public const string CertificateFolderName = "certificates";

    /// <summary>Within the site's folder of data: messages that were spoken.</summary>
    public const string PromptFolderName = "prompts";

    /// <summary>Within the site's folder of data: stored pages.</summary>
    public const string StoreFolderName = "sorry";

    private readonly SiteModel model;
    private readonly CertificateFolder certificates;
    private readonly SmtpServer mail;
    private readonly SorryPrompts prompts;
    private readonly IncidentEnds ends;
    private readonly SorryResponder responder;
    private readonly HttpOptions httpOptions;
    private readonly ChallengeAnswers? challenges;
    private readonly AcmeOrders? orders;
    private readonly ContentFetch fetch;
    private readonly SiteContents contents;
    private readonly CopyDesk copies;
    private readonly CustomerOffice customers;
    private SmtpListener? smtp;
    private PageListener? pages;

    /// <param name="plan">The dialplan in force; null before there is one.</param>
    /// <param name="connections">Of HTTP, and as many of SMTP: fewer than <see cref="HttpOptions.Connections"/> where the system allows few sockets.</param>
    /// <param name="lacking">See <see cref="AcmeSurroundings.Lacking"/>.</param>
    /// <param name="onUnusable">Told of certificates that cannot be used: the file and why.</param>
    /// <param name="self">Whose pages they are to other processes: null for the site, else its second process.</param>
    public SorryServers(SiteModel model, ISharedJournal journal, TimeProvider time, Func<DialplanModel?> plan, int connections, ILoggerFactory loggers, Func<JournalEntry, IReadOnlyList<string>>? lacking = null, Action<string, string>? onUnusable = null, string? self = null)
    {
        httpOptions = new HttpOptions { Connections = connections };
        this.model = model;
        Switches = new SorrySwitches(journal, time, site: model.Site.Name);
        prompts = new SorryPrompts(Switches, new PromptMaker(model.SoundsDirectory, Path.Combine(model.DataDirectory, PromptFolderName), new Speech(model.SorryPhone.Speech, model.SorryPhone.Voice, time)));
        var targets = new PhoneTargets(model.Mesh, plan);
        Switches.Telephone = async (target, order, cancelled) => targets.Fault(target) ?? await prompts.PrepareAsync(order, cancelled);
        Telephone = new SorryTelephone(Switches, prompts);
        string ordered = Path.Combine(model.DataDirectory, CertificateFolderName);
        certificates = new CertificateFolder(Path.Combine(model.SorryDirectory, CertificateFolderName), time, onUnusable, ordered);
        if (model.Acme is { } acme)
        {
            var options = new AcmeOptions();
            challenges = new ChallengeAnswers(journal, acme.Hosts, options, time);
            orders = new AcmeOrders(acme, challenges, Around(ordered, loggers, lacking), time, options);
        }
        mail = new SmtpServer(Switches, time, Literal(model.Site.Host), certificates, new SmtpOptions { Connections = connections });
        string folder = Path.Combine(model.DataDirectory, StoreFolderName);
        var store = new ContentFolder(Path.Combine(folder, "contents"));
        byte[] key = SorryKey.Of(model, folder);
        contents = new SiteContents(journal, Switches, store, new PreviewSecrets(key), time);
        var counters = new ContentCounters();
        self ??= model.Site.Name;
        var others = ContentOthers(model, self);
        fetch = new ContentFetch(contents, self, others, time, static () => new CryptoChance(), counters);
        var pieces = new ContentPages(contents, self, others.ToDictionary(static o => o.Name, static o => o.Mac, StringComparer.Ordinal), time, counters);
        customers = new CustomerOffice(journal, Switches, contents, new PreviewPlace(model.Site.Listen.Sorry, contents, model.SorryPreviews), key, time);
        ends = new IncidentEnds(journal);
        responder = new SorryResponder(Switches, time, httpOptions) { Challenges = challenges, Contents = contents, Incidents = ends };
        copies = new CopyDesk(journal, Switches, contents, CopyingFor(self, loggers, time), time, new CopyLimits());
        Probe = new SorryProbe(model.Site.Listen.Sorry, time);
        Metrics = [Switches, mail.Counters, responder.Counters, prompts, contents, counters, copies, customers.Counters, .. new IMetricSource?[] { challenges, orders }.OfType<IMetricSource>()];
        Admin = [new SorryPages(Switches, mail.Report, () => prompts.Warnings, contents), new CertificatePages(certificates, orders), new CopyPages(copies), customers.Admin, pieces];
    }

    public SorrySwitches Switches { get; }

    /// <summary>What is switched now, by people and by sites, and what a person should look at.</summary>
    public SorryView View => SorryView.Of(Switches, prompts.Warnings);

    public SorryTelephone Telephone { get; }

    /// <summary>Whether the listeners answer.</summary>
    public SorryProbe Probe { get; }

    /// <summary>Until when each certificate that pages are served with holds.</summary>
    public IReadOnlyList<(string File, DateTimeOffset Until)> Certificates => certificates.Ends;

    public IReadOnlyList<IMetricSource> Metrics { get; }

    public IReadOnlyList<IAdminPages> Admin { get; }

    /// <summary>Pages stored to be shown in place of hosts that are down.</summary>
    public ISiteContents Contents => contents;

    /// <summary>Listens where the site says, if it says so. Returns what could not be: saying sorry for others is no reason for calls to end.</summary>
    public async Task<IReadOnlyList<string>> StartAsync(PublicSide side, ILoggerFactory loggers, CancellationToken cancelled)
    {
        var listen = model.Site.Listen.Sorry;
        List<string> faults = [];
        try
        {
            if (listen.Smtp is { } port) smtp = await SmtpListener.StartAsync(mail, side, port, loggers, cancelled);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            faults.Add($"no mail is answered at {listen.Smtp}: {e.Message}");
        }
        try
        {
            if (listen.Http is not null || listen.Https is not null) pages = await PageListener.StartAsync(responder, httpOptions, side, listen.Http, listen.Https, certificates, loggers, cancelled);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            faults.Add($"no page is served at {listen.Http} {listen.Https}: {e.Message}");
        }
        if (model.Site.Listen.Customers is { } office && await customers.StartAsync(office, certificates, loggers, cancelled) is { } fault) faults.Add(fault);
        fetch.Start();
        copies.Start();
        // The authority comes to the listener: not before it is there.
        orders?.Start();
        Probe.Start();
        return faults;
    }

    public async ValueTask DisposeAsync()
    {
        if (orders is not null) await orders.DisposeAsync();
        await Probe.DisposeAsync();
        ends.Dispose();
        if (smtp is not null) await smtp.DisposeAsync();
        if (pages is not null) await pages.DisposeAsync();
        challenges?.Dispose();
        await customers.DisposeAsync();
        await copies.DisposeAsync();
        await fetch.DisposeAsync();
        contents.Dispose();
        await prompts.DisposeAsync();
        Switches.Dispose();
        certificates.Dispose();
    }

    private static IReadOnlyList<PairPlace> ContentOthers(SiteModel model, string self)
    {
        if (model.Mesh.Key is not { } secret) return [];
        var keys = new MeshKeys(secret);
        return PairPlace.AllBut(self, model, ContentPages.Path, other => new PairMac(ContentPages.Scheme, keys.ContentKey(self, other)));
    }

    private AcmeSurroundings Around(string ordered, ILoggerFactory loggers, Func<JournalEntry, IReadOnlyList<string>>? lacking) => new()
    {
        Folder = Path.Combine(model.DataDirectory, "acme"),
        Certificates = ordered,
        Site = model.Mesh.Sites.TakeWhile(s => s.Name != model.Site.Name).Count(),
        Sites = model.Mesh.Sites.Count,
        Lacking = lacking ?? (static _ => []),
        Chance = new CryptoChance(),
        Log = new AcmeLog(loggers.CreateLogger("mesh.acme")),
    };

    private static CopyParts CopyingFor(string self, ILoggerFactory loggers, TimeProvider time) => new()
    {
        Site = self,
        Source = (limits, allowPrivate) => new CopySource(limits, allowPrivate ? static _ => false : PrivateAddress.Is, time),
        Log = new CopyLog(loggers.CreateLogger("mesh.copy")),
    };

    // RFC 5321 section 4.1.3: a server without a name says its address.
    private static string Literal(IPAddress host) => host.AddressFamily == AddressFamily.InterNetworkV6 ? $"[IPv6:{host}]" : $"[{host}]";
}
