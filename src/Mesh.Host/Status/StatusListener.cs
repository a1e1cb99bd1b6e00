using Mesh.Host.Admin;
using Mesh.Host.Config.Model;
using Mesh.Host.Listening;
using Mesh.Host.Status.Incidents;
using Mesh.Host.Status.Pages;
using Mesh.Host.Status.Sampling;
using Mesh.Host.Status.Subscriptions;

namespace Mesh.Host.Status;

/// <summary>The public HTTP listener: anybody may read; of writing there is nothing but subscriptions. Shows the latest snapshot and never asks the signalling loop.</summary>
public sealed class StatusListener : IMetricSource, IAsyncDisposable
{
    /// <summary>Most connections at once; above it the one whose last answer is longest ago makes room.</summary>
    public const int MaxConnections = 500;

    /// <summary>Of them, most from one source: a reverse proxy, an office.</summary>
    public const int MaxPerSource = 100;

    /// <summary>Requests of one connection.</summary>
    public const int MaxRequests = 1_000;

    private readonly WebApplication app;
    private readonly StatusOptions options;
    private readonly Func<StatusSnapshot> snapshot;
    private readonly IIncidentView incidents;
    private readonly TimeProvider time;
    private readonly SubscriptionPages? subscriptions;
    private RecentAnswers? recent;
    private long answered, refused;

    private StatusListener(StatusOptions options, Func<StatusSnapshot> snapshot, IIncidentView incidents, TimeProvider time, ListenAddress listen, PublicSide side, ILoggerFactory loggers, SubscriptionPages? subscriptions)
    {
        this.options = options;
        this.subscriptions = subscriptions;
        this.snapshot = snapshot;
        this.incidents = incidents;
        this.time = time;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "mesh-status" });
        side.Serve(builder.Services, side.Open(new RoomOptions("status", MaxConnections, MaxPerSource)));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1024;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(15);
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
            kestrel.Listen(listen.Bind.ToIPEndPoint(), endpoint => endpoint.Use(side.Move));
        });
        builder.Services.AddSingleton(loggers);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(2));
        app = builder.Build();
        app.Run(Serve);
    }

    /// <summary>Listens. Throws <see cref="IOException"/> when the address cannot be bound.</summary>
    public static async Task<StatusListener> StartAsync(
        StatusOptions options, Func<StatusSnapshot> snapshot, IIncidentView incidents, TimeProvider time, ListenAddress listen, PublicSide side, ILoggerFactory loggers, CancellationToken cancelled,
        SubscriptionPages? subscriptions = null)
    {
        var listener = new StatusListener(options, snapshot, incidents, time, listen, side, loggers, subscriptions);
        try { await listener.app.StartAsync(cancelled); }
        catch
        {
            await listener.app.DisposeAsync();
            throw;
        }
        return listener;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }

    public void Write(MetricWriter writer)
    {
        writer.Counter("mesh_status_requests_total", "Requests to the status page answered.", Volatile.Read(ref answered));
        writer.Counter("mesh_status_refused_total", "Requests to the status page with a method it does not know.", Volatile.Read(ref refused));
    }

    private async Task Serve(HttpContext http)
    {
        if (http.Features.Get<RoomPlace>()?.Step() >= MaxRequests) http.Response.Headers.Connection = "close";
        if (subscriptions is not null && IsAsked(http.Request.Method) && await subscriptions.AnswerAsync(Fresh().Scene, http) is { } asked)
        {
            Interlocked.Increment(ref answered);
            await SendAsync(http, asked);
            return;
        }
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            Interlocked.Increment(ref refused);
            http.Response.StatusCode = 405;
            http.Response.Headers.Allow = "GET, HEAD";
            return;
        }
        Interlocked.Increment(ref answered);
        string path = http.Request.Path.Value is { Length: > 0 } given ? given : "/";
        await SendAsync(http, Fresh().Answer(path, Words.AcceptLanguage.Choose(http.Request.Headers.AcceptLanguage).Language));
    }

    private static bool IsAsked(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsPost(method);

    private async Task SendAsync(HttpContext http, StatusAnswer answer)
    {
        Head(http.Response, answer);
        if (!HttpMethods.IsHead(http.Request.Method)) await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted);
    }

    /// <summary>What was made less than a second ago is sent again: many readers cost little more than one.</summary>
    private RecentAnswers Fresh()
    {
        var kept = Volatile.Read(ref recent);
        var now = time.GetUtcNow();
        if (kept is not null && now - kept.Scene.Now < RecentAnswers.Lifetime && now >= kept.Scene.Now) return kept;
        var made = new RecentAnswers(StatusScene.Of(options, snapshot(), incidents.Reports(), now));
        Volatile.Write(ref recent, made);
        return made;
    }

    private void Head(HttpResponse response, StatusAnswer answer)
    {
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
        var headers = response.Headers;
        headers.ContentSecurityPolicy = PageStyle.ContentSecurityPolicy(options.Subscribe);
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = answer.IsPrivate ? "no-store" : "public, max-age=10";
        if (answer.IsPrivate) headers["X-Robots-Tag"] = "noindex";
        if (answer.ContentType != StatusAnswer.Page) headers.AccessControlAllowOrigin = "*";
        if (answer.Language.Length > 0) headers.ContentLanguage = answer.Language;
        if (answer.IsNegotiated) headers.Vary = "Accept-Language";
        // As a header, not in the page: readers who stop reloading in their browser stop this too.
        if (answer.RefreshSeconds > 0) headers["Refresh"] = answer.RefreshSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (answer.Location is { } to) headers.Location = to;
    }
}
