using System.Net.Sockets;
using Mesh.Host.Admin;
using Mesh.Host.Config.Model;
using Mesh.Host.Journal;
using Mesh.Host.Sorry.Contents;
using Mesh.Host.Sorry.Customers.Accounts;
using Mesh.Host.Sorry.Customers.Sessions;
using Mesh.Host.Sorry.Customers.Uploads;
using Mesh.Host.Sorry.Customers.Web;
using Mesh.Host.Sorry.Listening;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Sorry.Customers;

/// <summary>All that serves customers at one site. Accounts are known everywhere; the listener is there where the site says so.</summary>
public sealed class CustomerOffice : IAsyncDisposable
{
    private readonly CustomerBook book;
    private readonly UploadReader uploads;
    private readonly CustomerLimits limits;
    private readonly CustomerSite site;
    private readonly CustomerApi api;
    private CustomerListener? listener;

    /// <param name="key">See <see cref="SorryKey"/>.</param>
    public CustomerOffice(ISharedJournal journal, SorrySwitches switches, SiteContents contents, PreviewPlace previews, byte[] key, TimeProvider time, CustomerLimits? limits = null)
    {
        this.limits = limits ??= new CustomerLimits();
        book = new CustomerBook(journal, new CustomerPasswords(new CustomerSeal(key), limits), limits);
        uploads = new UploadReader(contents.Limits, limits);
        Sessions = new SessionTable(limits, time);
        var login = new CustomerLogin(book, Counters, limits, time);
        var desk = new CustomerDesk(switches, contents, Counters, limits, time);
        site = new CustomerSite(desk, book, new CustomerEntry(book, login, Sessions), uploads, Counters, previews, time);
        api = new CustomerApi(desk, login, uploads, Counters, previews, time);
        Admin = new CustomerAdminPages(book);
    }

    public CustomerCounters Counters { get; } = new();

    public SessionTable Sessions { get; }

    public CustomerBook Book => book;

    /// <summary>The accounts, for operators.</summary>
    public IAdminPages Admin { get; }

    /// <summary>Returns why there is no listener; null when there is.</summary>
    public async Task<string?> StartAsync(ListenAddress listen, CertificateFolder certificates, ILoggerFactory loggers, CancellationToken cancelled)
    {
        try
        {
            listener = await CustomerListener.StartAsync(site, api, Counters, limits, listen, certificates, loggers, cancelled);
            return null;
        }
        catch (Exception e) when (e is IOException or SocketException) { return $"no customer is served at {listen}: {e.Message}"; }
    }

    public async ValueTask DisposeAsync()
    {
        if (listener is not null) await listener.DisposeAsync();
        book.Dispose();
        uploads.Dispose();
    }
}
