using System.Net;
using System.Text;
using Mesh.Host.Admin;
using Mesh.Host.Config.Model;
using Mesh.Host.Listening;
using Mesh.Host.Sorry.Contents;
using Mesh.Host.Sorry.Copies;
using Mesh.Host.Sorry.Http;
using Mesh.Host.Sorry.Smtp;
using Mesh.Host.Sorry.Switches;
using Mesh.Host.Tests.Admin;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mesh.Host.Tests.Sorry.Copies;

/// <summary>A web site, and a site of ours that takes copies of it, keeps them on its disk and shows them on real listeners; its time runs twenty times as fast.</summary>
public sealed class CopyWorld : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mesh-copies-");
    private readonly ListenAddress http;
    private readonly PublicSide side = new(new PublicOptions(), TimeProvider.System);
    private PageListener? pages;
    private AdminListener? admin;

    private CopyWorld(WebSite web, string address, CopyLimits limits)
    {
        Web = web;
        http = FreePort.On(address, "http");
        Journal = new MemoryJournal(Time);
        Switches = new SorrySwitches(Journal, Time);
        Contents = new SiteContents(Journal, Switches, new ContentFolder(folder.FullName), new PreviewSecrets(new byte[32]), Time);
        Desk = new CopyDesk(Journal, Switches, Contents, new CopyParts
        {
            // MemoryJournal is london's.
            Site = "london", Log = new CopyLog(NullLogger.Instance),
            Source = (l, allowed) => new CopySource(l, a => !allowed && PrivateAddress.Is(a), Time, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(web.Address)])),
        }, Time, limits);
        Responder = new SorryResponder(Switches, Time, new HttpOptions()) { Contents = Contents };
    }

    public WebSite Web { get; }

    public FastTime Time { get; } = new(20);

    public MemoryJournal Journal { get; }

    public SorrySwitches Switches { get; }

    public SiteContents Contents { get; }

    public CopyDesk Desk { get; }

    public SorryResponder Responder { get; }

    public string AdminUrl { get; private set; } = "";

    public CopyView View => Desk.List().Single();

    public static async Task<CopyWorld> StartAsync(string web, string site, CopyLimits? limits = null)
    {
        var world = new CopyWorld(await WebSite.StartAsync(web), site, limits ?? new CopyLimits { AnswerWithin = TimeSpan.FromSeconds(60) });
        world.pages = await PageListener.StartAsync(world.Responder, new HttpOptions(), world.side, world.http, null, null, NullLoggerFactory.Instance, CancellationToken.None);
        var listen = FreePort.On(site, "http");
        world.admin = await AdminListener.StartAsync(new FakeSiteView(), null, listen, NullLoggerFactory.Instance, CancellationToken.None,
            new CopyPages(world.Desk), new SorryPages(world.Switches, new SmtpReport(world.Time), static () => [], world.Contents));
        world.AdminUrl = $"http://{site}:{listen.Port}";
        world.Desk.Start();
        return world;
    }

    /// <summary>Orders a copy and waits until it is taken, or failed.</summary>
    public async Task TakeAsync(CopyOrder? order = null)
    {
        Assert.Null(await Desk.OrderAsync(order ?? new CopyOrder { Url = Web.Url, Refresh = 86_400, AllowPrivate = true }, "anna", ""));
        for (int i = 0; i < 600 && View.State != "idle"; i++) await Task.Delay(100);
        Assert.Equal("idle", View.State);
    }

    public async Task<string?> OnAsync(Func<SorryOrder, SorryOrder>? more = null) =>
        await Switches.OrderAsync(WebSite.Name, (more ?? (static o => o))(new SorryOrder { On = true, Answers = [SorryAnswer.Page], Content = NewestCopy.Of(Contents, WebSite.Name)!.Id }), "anna", "");

    /// <summary>What the listener of sorry answers.</summary>
    public async Task<(int Status, string Type, byte[] Body, HttpResponseMessage Answer)> GetAsync(string pathAndQuery)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://{http.Address}:{http.Port}{pathAndQuery}")) { Headers = { Host = WebSite.Name } };
        request.Headers.TryAddWithoutValidation("Accept", "text/html, */*;q=0.5");
        var answer = await client.SendAsync(request);
        return ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType ?? "", await answer.Content.ReadAsByteArrayAsync(), answer);
    }

    public async Task<string> TextAsync(string pathAndQuery) => Encoding.UTF8.GetString((await GetAsync(pathAndQuery)).Body);

    public async ValueTask DisposeAsync()
    {
        await Desk.DisposeAsync();
        await pages!.DisposeAsync();
        side.Dispose();
        await admin!.DisposeAsync();
        await Web.DisposeAsync();
        Contents.Dispose();
        Switches.Dispose();
        folder.Delete(recursive: true);
    }
}
