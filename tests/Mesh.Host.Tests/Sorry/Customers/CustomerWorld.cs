using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Mesh.Host.Config.Model;
using Mesh.Host.Listening;
using Mesh.Host.Sorry.Contents;
using Mesh.Host.Sorry.Customers;
using Mesh.Host.Sorry.Customers.Web;
using Mesh.Host.Sorry.Http;
using Mesh.Host.Sorry.Listening;
using Mesh.Host.Sorry.Switches;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mesh.Host.Tests.Sorry.Customers;

/// <summary>A site's customers and its sorry pages, each on a real listener of its own, with a store on disk and a clock that stands.</summary>
public sealed partial class CustomerWorld : IAsyncDisposable
{
    public const string Anna = "anna", Password = "correct-horse-battery", AnnasHost = "www.example.org", TomsHost = "www.tom.example";

    private readonly CertificateFolder certificates;
    private readonly Certificates files = new("customers.example");
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mesh-customers-");
    private readonly PublicSide side = new(new PublicOptions(), TimeProvider.System);
    private PageListener? pages;

    private CustomerWorld(string address, ContentLimits? contents, CustomerLimits limits, string transport)
    {
        Journal = new MemoryJournal(Clock);
        Switches = new SorrySwitches(Journal, Clock);
        Store = new ContentFolder(Path.Combine(folder.FullName, "contents"));
        Contents = new SiteContents(Journal, Switches, Store, new PreviewSecrets(new byte[32]), Clock, contents);
        SorryHttp = FreePort.On(address, "http");
        Listen = FreePort.On(address, transport);
        certificates = new CertificateFolder(files.Folder, TimeProvider.System);
        Office = new CustomerOffice(Journal, Switches, Contents, new PreviewPlace(new SorryListenConfig(SorryHttp, null, null), Contents, null), new byte[32], Clock, limits);
        Responder = new SorryResponder(Switches, Clock, new HttpOptions()) { Contents = Contents };
    }

    public HandClock Clock { get; } = new();
    public MemoryJournal Journal { get; }
    public SorrySwitches Switches { get; }
    public ContentFolder Store { get; }
    public SiteContents Contents { get; }
    public CustomerOffice Office { get; }
    public SorryResponder Responder { get; }
    public ListenAddress Listen { get; }
    public ListenAddress SorryHttp { get; }
    public string Url => $"{Listen.Transport}://{Listen.Bind}";

    public static CustomerLimits Limits => new() { PasswordRounds = 1_000, PasswordsPerAccount = 10_000 };

    public static async Task<CustomerWorld> StartAsync(string address, ContentLimits? contents = null, CustomerLimits? limits = null, string transport = "http")
    {
        var world = new CustomerWorld(address, contents, limits ?? Limits, transport);
        Assert.Null(await world.Office.StartAsync(world.Listen, world.certificates, NullLoggerFactory.Instance, CancellationToken.None));
        world.pages = await PageListener.StartAsync(world.Responder, new HttpOptions(), world.side, world.SorryHttp, null, null, NullLoggerFactory.Instance, CancellationToken.None);
        Assert.Null(await world.Office.Book.AddAsync(Anna, [AnnasHost, "*.shop.example"], Password, "operator", "", default));
        Assert.Null(await world.Office.Book.AddAsync("tom", [TomsHost], Password + "-of-another", "operator", "", default));
        return world;
    }

    /// <summary>A browser, with cookies; it follows nothing by itself.</summary>
    public HttpClient Browser(bool own = true)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer(), UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        var client = new HttpClient(handler) { BaseAddress = new Uri(Url) };
        if (own) client.DefaultRequestHeaders.Add("Origin", Url);
        return client;
    }

    public HttpClient Program(string name = Anna, string password = Password)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = new Uri(Url) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));
        return client;
    }

    /// <summary>A browser that is logged in, and the token of its forms.</summary>
    public async Task<(HttpClient Browser, string Csrf)> LogInAsync(string name = Anna, string password = Password)
    {
        var browser = Browser();
        using var answer = await browser.PostAsync("/login", Form(("name", name), ("password", password)));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return (browser, CsrfOf(await browser.GetStringAsync("/")));
    }

    public static string CsrfOf(string page) => CsrfField().Match(page) is { Success: true } found ? found.Groups[1].Value : throw new InvalidOperationException("no token in\n" + page);

    public static FormUrlEncodedContent Form(params (string Key, string Value)[] fields) => new(fields.Select(f => KeyValuePair.Create(f.Key, f.Value)));

    /// <summary>A file of a form, named as browsers name it.</summary>
    public static HttpContent FilePart(byte[] octets, string name)
    {
        var part = new ByteArrayContent(octets);
        part.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"file\"; filename=\"{name.Replace("\"", "%22")}\"");
        return part;
    }

    /// <summary>What the sorry listener says of a host.</summary>
    public async Task<HttpResponseMessage> VisitAsync(string host, string path = "/", string accept = "text/html", HttpMethod? method = null)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = new Uri($"http://{SorryHttp.Bind}") };
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        request.Headers.Host = host;
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return await client.SendAsync(request);
    }

    /// <summary>Every file of the store, with its hash, and every entry of the journal.</summary>
    public IReadOnlyList<string> Tree() =>
    [
        .. Directory.EnumerateFileSystemEntries(folder.FullName, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => Path.GetRelativePath(folder.FullName, path) + (File.Exists(path) ? " " + Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))) : "/")),
        .. Journal.Read(ContentAnnouncement.Kind).Select(e => $"{e.Number} {e.Subject} {e.Body.GetRawText()}"),
    ];

    public async ValueTask DisposeAsync()
    {
        await Office.DisposeAsync();
        if (pages is not null) await pages.DisposeAsync();
        side.Dispose();
        Contents.Dispose();
        Switches.Dispose();
        certificates.Dispose();
        files.Dispose();
        folder.Delete(recursive: true);
    }

    [GeneratedRegex("name=\"csrf\" value=\"([0-9a-f]{64})\"")]
    private static partial Regex CsrfField();
}
