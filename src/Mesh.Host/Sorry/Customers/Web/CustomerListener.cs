using System.Net;
using Mesh.Host.Config.Model;
using Mesh.Host.Journal;
using Mesh.Host.Listening;
using Mesh.Host.Sorry.Listening;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Mesh.Host.Sorry.Customers.Web;

/// <summary>Where customers are: a Kestrel of its own, an origin of its own. Nothing uploaded is served here.</summary>
public sealed class CustomerListener : IAsyncDisposable
{
    /// <summary>Of a body that is no upload.</summary>
    private const int FormOctets = 32 * 1024;

    private readonly WebApplication app;
    private readonly SourceLimit sources;
    private readonly CustomerCounters counters;

    private CustomerListener(CustomerSite site, CustomerApi api, CustomerCounters counters, CustomerLimits limits, ListenAddress listen, CertificateFolder certificates, ILoggerFactory loggers)
    {
        this.counters = counters;
        sources = new SourceLimit(limits.ConnectionsPerSource);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "mesh-customers" });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(loggers);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = limits.Connections;
            kestrel.Limits.MaxRequestBodySize = FormOctets;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(30);
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1);
            kestrel.Listen(listen.Bind.ToIPEndPoint(), endpoint =>
            {
                endpoint.Use(Admit);
                if (listen.Transport == "https")
                    endpoint.UseHttps(new TlsHandshakeCallbackOptions { HandshakeTimeout = TimeSpan.FromSeconds(10), OnConnection = tls => ValueTask.FromResult(certificates.Options(tls.ClientHelloInfo.ServerName)) });
            });
        });
        app = builder.Build();
        app.Use(Guard);
        app.UseRouting();
        site.Map(app);
        api.Map(app);
    }

    /// <summary>Throws <see cref="IOException"/> when the address cannot be bound.</summary>
    public static async Task<CustomerListener> StartAsync(
        CustomerSite site, CustomerApi api, CustomerCounters counters, CustomerLimits limits, ListenAddress listen, CertificateFolder certificates, ILoggerFactory loggers, CancellationToken cancelled)
    {
        var listener = new CustomerListener(site, api, counters, limits, listen, certificates, loggers);
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

    private static async Task Guard(HttpContext http, RequestDelegate next)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = CustomerStyle.ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        // Not no-referrer: with that, browsers say of our own forms that they come from nowhere.
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        try { await next(http); }
        catch (Exception e) when (!http.Response.HasStarted && e is Microsoft.AspNetCore.Http.BadHttpRequestException or InvalidDataException or JournalException or IOException)
        {
            int status = e is Microsoft.AspNetCore.Http.BadHttpRequestException bad ? bad.StatusCode : e is InvalidDataException ? 400 : 503;
            await CustomerApi.ProblemAsync(http, status, e is JournalException ? e.Message : status == 503 ? "this could not be stored; try again" : "this request cannot be read");
        }
    }

    private ConnectionDelegate Admit(ConnectionDelegate next) => async connection =>
    {
        var source = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        if (!sources.TryEnter(source))
        {
            counters.Count(CustomerOutcome.Source);
            connection.Abort();
            return;
        }
        try { await next(connection); }
        finally { sources.Leave(source); }
    };
}
