using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mesh.Host.Tests.Sorry.Copies;

/// <summary>A company's web site, with its traps: a real web server that notes what it is asked and when.</summary>
public sealed class WebSite : IAsyncDisposable
{
    public const int Port = 8090;
    public const string Name = "www.site.test";

    /// <summary>The least PNG there is: one pixel.</summary>
    public static readonly byte[] Pixel = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private readonly WebApplication app;
    private int busy;

    private WebSite(string address)
    {
        Address = address;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Parse(address), Port));
        builder.Services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        app = builder.Build();
        app.Run(AnswerAsync);
    }

    public string Address { get; }

    public Uri Url => new($"http://{Name}:{Port}/");

    /// <summary>What it was asked: path and query, when that came, by whom.</summary>
    public ConcurrentQueue<(string Path, long Began, string Agent, bool HadCookie)> Asked { get; } = new();

    /// <summary>True when it was ever asked two things at once.</summary>
    public bool WasHurried { get; private set; }

    public string Robots { get; set; } = "User-agent: *\nDisallow: /\n\nUser-agent: Mesh-Sorry\nDisallow: /private/\nAllow: /private/open.html\n";

    /// <summary>Pages by path and query, over those that are always there.</summary>
    public ConcurrentDictionary<string, string> Pages { get; } = new();

    public bool IsDown { get; set; }

    /// <summary>A path after which it is down.</summary>
    public string DiesAfter { get; set; } = "";

    /// <summary>Closes the connection after each answer.</summary>
    public bool Closes { get; set; }

    public static async Task<WebSite> StartAsync(string address)
    {
        var site = new WebSite(address);
        await site.app.StartAsync();
        return site;
    }

    public int Times(string path) => Asked.Count(a => a.Path == path);

    /// <summary>
    /// The shortest time between a request and the next, in milliseconds. Whoever waits after an answer waits no less after what was answered, however slow this machine is: the end of an answer
    /// would be noted late.
    /// </summary>
    public double ShortestGap => Asked.OrderBy(a => a.Began).Zip(Asked.OrderBy(a => a.Began).Skip(1), (a, b) => Stopwatch.GetElapsedTime(a.Began, b.Began).TotalMilliseconds).DefaultIfEmpty(double.MaxValue).Min();

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        long began = Stopwatch.GetTimestamp();
        string path = http.Request.Path.Value + http.Request.QueryString;
        bool isDown = IsDown;
        Asked.Enqueue((path, began, http.Request.Headers.UserAgent.ToString(), http.Request.Headers.ContainsKey("Cookie")));
        if (path == DiesAfter) IsDown = true;
        // Long enough for another to come, if two are asked for at once; over before there is an answer.
        if (Interlocked.Increment(ref busy) > 1) WasHurried = true;
        await Task.Delay(5);
        Interlocked.Decrement(ref busy);
        if (Closes) http.Response.Headers.Connection = "close";
        http.Response.Headers.SetCookie = "track=1; path=/";
        await (isDown ? StatusAsync(http, 500) : AnswerAsync(http, path));
    }

    private Task AnswerAsync(HttpContext http, string path) => path switch
    {
        "/robots.txt" => BytesAsync(http, "text/plain", Encoding.UTF8.GetBytes(Robots)),
        _ when Pages.TryGetValue(path, out string? page) => BytesAsync(http, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(page)),
        "/style.css" => BytesAsync(http, "text/css", Encoding.UTF8.GetBytes("@import \"more.css\"; body { background: url(/img/bg.png) } h1 { background: URL( 'img.php?id=7' ) }")),
        "/more.css" => BytesAsync(http, "text/css", "p { color: red }"u8.ToArray()),
        "/img/bg.png" or "/img/one.png" or "/img/two.png" or "/img/late.png" or "/img.php?id=7" or "/private/logo.png" => BytesAsync(http, "image/png", Pixel),
        "/old" => RedirectAsync(http, "/help"),
        "/out" => RedirectAsync(http, $"http://127.70.5.9:{Port}/inner"),
        "/metadata" => RedirectAsync(http, "http://169.254.169.254/latest/meta-data/"),
        "/round" => RedirectAsync(http, "/round?again"),
        "/round?again" => RedirectAsync(http, "/round"),
        "/drip" => DripAsync(http),
        "/huge" => BytesAsync(http, "text/html", new byte[3_000_000]),
        "/huge-chunked" => ChunksAsync(http),
        "/bomb" => BombAsync(http),
        "/doc.exe" => BytesAsync(http, "application/x-msdownload", new byte[100]),
        "/fake.png" => BytesAsync(http, "image/png", "<script>alert(1)</script>"u8.ToArray()),
        _ when path.StartsWith("/calendar/", StringComparison.Ordinal) => HtmlAsync(http, $"<a href='/calendar/{int.Parse(path[10..]) + 1}'>next</a>"),
        _ when path.StartsWith("/filter?n=", StringComparison.Ordinal) => HtmlAsync(http, $"<a href='/filter?n={int.Parse(path[10..]) + 1}'>next</a>"),
        _ when path.StartsWith("/maze/", StringComparison.Ordinal) => HtmlAsync(http, "<a href='maze/'>on</a>"),
        _ => StatusAsync(http, 404),
    };

    private static Task HtmlAsync(HttpContext http, string body) => BytesAsync(http, "text/html; charset=utf-8", Encoding.UTF8.GetBytes($"<!doctype html><title>t</title><body>{body}</body>"));

    private static async Task BytesAsync(HttpContext http, string type, byte[] octets)
    {
        http.Response.ContentType = type;
        http.Response.ContentLength = octets.Length;
        await http.Response.Body.WriteAsync(octets);
    }

    private static Task RedirectAsync(HttpContext http, string to)
    {
        http.Response.StatusCode = 302;
        http.Response.Headers.Location = to;
        return Task.CompletedTask;
    }

    private static async Task StatusAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html";
        await http.Response.WriteAsync("<p>not here</p>");
    }

    private static async Task DripAsync(HttpContext http)
    {
        http.Response.ContentType = "text/html";
        while (!http.RequestAborted.IsCancellationRequested)
        {
            await http.Response.WriteAsync("x");
            await http.Response.Body.FlushAsync();
            await Task.Delay(20);
        }
    }

    private static async Task ChunksAsync(HttpContext http)
    {
        http.Response.ContentType = "text/html";
        for (int i = 0; i < 3_000 && !http.RequestAborted.IsCancellationRequested; i++) await http.Response.Body.WriteAsync(new byte[1_000]);
    }

    // A quarter of a gigabyte of zeros, in little.
    private static readonly Lazy<byte[]> Bomb = new(static () =>
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            for (int i = 0; i < 250; i++) gzip.Write(new byte[1_000_000]);
        return packed.ToArray();
    });

    private static Task BombAsync(HttpContext http)
    {
        http.Response.Headers.ContentEncoding = "gzip";
        return BytesAsync(http, "text/html", Bomb.Value);
    }
}
