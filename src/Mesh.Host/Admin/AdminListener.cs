using System.Text.Json;
using System.Text.Json.Serialization;
using Mesh.Host.Admin.Access;
using Mesh.Host.Config.Model;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Mesh.Host.Admin;

/// <summary>The operators' HTTP listener: health, metrics, what goes on, reload. Not for the public.</summary>
public sealed class AdminListener : IAsyncDisposable
{
    /// <summary>The JSON of <c>/api</c>: camel case, nulls written, so that a shape does not change with its content.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <summary>Most connections at once.</summary>
    public const int MaxConnections = 200;

    private readonly WebApplication app;
    private readonly ISiteView site;
    private readonly AdminDoor door;

    private AdminListener(ISiteView site, AdminDoor door, ListenAddress listen, Action<ListenOptions>? endpoint, ILoggerFactory loggers, IReadOnlyList<IAdminPages> more)
    {
        this.site = site;
        this.door = door;
        // The empty builder reads no file, variable or argument: a bundle is the only configuration there is.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "mesh" });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MaxConnections;
            kestrel.Limits.MaxRequestBodySize = 64 * 1024;
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(30);
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
            kestrel.Listen(listen.Bind.ToIPEndPoint(), options => endpoint?.Invoke(options));
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(loggers);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.Services.ConfigureHttpJsonOptions(o => o.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase)));
        app = builder.Build();
        app.UseRouting();
        app.Use(Guard);
        Map();
        foreach (var pages in more) pages.Map(app);
    }

    /// <summary>Requests refused for where they came from.</summary>
    public long Refused => door.Access.Refused;

    /// <summary>Listens on the site's admin address, without sessions or TLS. Throws <see cref="IOException"/> when it cannot be bound.</summary>
    public static Task<AdminListener> StartAsync(ISiteView site, Secret? token, ListenAddress listen, ILoggerFactory loggers, CancellationToken cancelled, params IReadOnlyList<IAdminPages> more) =>
        StartAsync(site, new AdminDoor(new AdminAccess(token, new WrongTokens(TimeProvider.System, new AdminLimits())), null), listen, null, loggers, cancelled, more);

    /// <summary>Listens on the site's admin address. Throws <see cref="IOException"/> when it cannot be bound.</summary>
    /// <param name="endpoint">What connections go through first: TLS; null for nothing.</param>
    public static async Task<AdminListener> StartAsync(
        ISiteView site, AdminDoor door, ListenAddress listen, Action<ListenOptions>? endpoint, ILoggerFactory loggers, CancellationToken cancelled, IReadOnlyList<IAdminPages> more)
    {
        var listener = new AdminListener(site, door, listen, endpoint, loggers, more);
        await listener.app.StartAsync(cancelled);
        return listener;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }

    private void Map()
    {
        app.MapGet("/livez", () => TypedResults.Text("live\n"));
        app.MapGet("/readyz", () => TypedResults.Text($"{site.State.ToString().ToLowerInvariant()}\n", statusCode: site.State == SiteState.Ready ? 200 : 503));
        app.MapGet("/metrics", () => TypedResults.Text(Metrics(), "text/plain; version=0.0.4; charset=utf-8"));
        app.MapGet("/api/calls", (CancellationToken cancelled) => site.CallsAsync(cancelled));
        app.MapGet("/api/phones", (CancellationToken cancelled) => site.PhonesAsync(cancelled));
        app.MapGet("/api/traces", (int? last, CancellationToken cancelled) => site.TracesAsync(Math.Max(0, last ?? 50), cancelled));
        app.MapGet("/api/peers", (CancellationToken cancelled) => site.PeersAsync(cancelled));
        app.MapGet("/api/trunks", (CancellationToken cancelled) => site.TrunksAsync(cancelled));
        app.MapGet("/api/site", (CancellationToken cancelled) => site.FactsAsync(cancelled));
        app.MapPost("/api/reload", Reload);
    }

    private async Task<JsonHttpResult<ReloadView>> Reload(CancellationToken cancelled)
    {
        var done = await site.ReloadAsync(cancelled);
        return TypedResults.Json(done, statusCode: done.Accepted ? 200 : 409);
    }

    private string Metrics()
    {
        var writer = new MetricWriter();
        writer.Gauge("mesh_ready", "1 when the site serves calls.", site.State == SiteState.Ready ? 1 : 0);
        writer.Counter("mesh_admin_refused_total", "Admin requests refused for where they came from.", Refused);
        foreach (var refusal in Enum.GetValues<AdminRefusal>())
            writer.Counter("mesh_admin_refusals_total", "Admin requests refused, by why.", door.Access.Of(refusal), ("reason", refusal.ToString()));
        foreach (var source in site.Metrics) source.Write(writer);
        return writer.ToString();
    }

    private async Task Guard(HttpContext http, RequestDelegate next)
    {
        if (!await door.AdmitAsync(http)) return;
        try { await next(http); }
        catch (AskElsewhereException e)
        {
            http.Response.StatusCode = 404;
            await http.Response.WriteAsync(e.Message + "\n", http.RequestAborted);
        }
        catch (SiteBusyException e)
        {
            http.Response.StatusCode = 503;
            http.Response.Headers.RetryAfter = "1";
            await http.Response.WriteAsync(e.Message + "\n", http.RequestAborted);
        }
    }
}
