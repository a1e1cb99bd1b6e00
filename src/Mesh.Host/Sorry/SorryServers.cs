using System.Net;
using System.Net.Sockets;
using Mesh.Dialplan.Loading;
using Mesh.Host.Admin;
using Mesh.Host.Config.Model;
using Mesh.Host.Journal;
using Mesh.Host.Listening;
using Mesh.Host.Sorry.Http;
using Mesh.Host.Sorry.Listening;
using Mesh.Host.Sorry.Phone;
using Mesh.Host.Sorry.Smtp;
using Mesh.Host.Sorry.Switches;

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

    private readonly SiteModel model;
    private readonly CertificateFolder certificates;
    private readonly SmtpServer mail;
    private readonly SorryPrompts prompts;
    private readonly SorryResponder responder;
    private readonly HttpOptions httpOptions;
    private SmtpListener? smtp;
    private PageListener? pages;

    /// <param name="plan">The dialplan in force; null before there is one.</param>
    /// <param name="connections">Of HTTP, and as many of SMTP: fewer than <see cref="HttpOptions.Connections"/> where the system allows few sockets.</param>
    /// <param name="onUnusable">Told of certificates that cannot be used: the file and why.</param>
    public SorryServers(SiteModel model, ISharedJournal journal, TimeProvider time, Func<DialplanModel?> plan, int connections, Action<string, string>? onUnusable = null)
    {
        httpOptions = new HttpOptions { Connections = connections };
        this.model = model;
        Switches = new SorrySwitches(journal, time, site: model.Site.Name);
        prompts = new SorryPrompts(Switches, new PromptMaker(model.SoundsDirectory, Path.Combine(model.DataDirectory, PromptFolderName), new Speech(model.SorryPhone.Speech, model.SorryPhone.Voice, time)));
        var targets = new PhoneTargets(model.Mesh, plan);
        Switches.Telephone = async (target, order, cancelled) => targets.Fault(target) ?? await prompts.PrepareAsync(order, cancelled);
        Telephone = new SorryTelephone(Switches, prompts);
        certificates = new CertificateFolder(Path.Combine(model.SorryDirectory, CertificateFolderName), time, onUnusable);
        mail = new SmtpServer(Switches, time, Literal(model.Site.Host), certificates, new SmtpOptions { Connections = connections });
        responder = new SorryResponder(Switches, time, httpOptions);
        Metrics = [Switches, mail.Counters, responder.Counters, prompts];
        Admin = new SorryPages(Switches, mail.Report, () => prompts.Warnings);
    }

    public SorrySwitches Switches { get; }

    public SorryTelephone Telephone { get; }

    /// <summary>Until when each certificate that pages are served with holds.</summary>
    public IReadOnlyList<(string File, DateTimeOffset Until)> Certificates => certificates.Ends;

    public IReadOnlyList<IMetricSource> Metrics { get; }

    public IAdminPages Admin { get; }

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
        return faults;
    }

    public async ValueTask DisposeAsync()
    {
        if (smtp is not null) await smtp.DisposeAsync();
        if (pages is not null) await pages.DisposeAsync();
        await prompts.DisposeAsync();
        Switches.Dispose();
        certificates.Dispose();
    }

    // RFC 5321 section 4.1.3: a server without a name says its address.
    private static string Literal(IPAddress host) => host.AddressFamily == AddressFamily.InterNetworkV6 ? $"[IPv6:{host}]" : $"[{host}]";
}
