using Mesh.Host.Config.Model;
using Mesh.Host.Listening;
using Mesh.Host.Sorry.Listening;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Mesh.Host.Sorry.Http;

/// <summary>Where pages are asked for: a Kestrel of its own, HTTP/1.1, with and without TLS.</summary>
public sealed class PageListener : IAsyncDisposable
{
    private readonly WebApplication app;

    private PageListener(SorryResponder responder, HttpOptions options, PublicSide side, ListenAddress? http, ListenAddress? https, CertificateFolder? certificates, ILoggerFactory loggers)
    {
        // RFC 9112 section 2.2 lets a server take a line feed alone for a line's end; what is before us may not.
        AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "mesh" });
        builder.Services.AddSingleton(loggers);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(2));
        side.Serve(builder.Services, side.Open(new RoomOptions("sorry-http", options.Connections, options.ConnectionsPerSource)
        {
            BufferOctets = 2 * options.HeadOctets,
            OnRefused = () => responder.Counters.Count(HttpOutcome.Source),
        }));
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestLineSize = options.HeadOctets / 2;
            kestrel.Limits.MaxRequestHeadersTotalSize = options.HeadOctets;
            kestrel.Limits.MaxRequestBufferSize = 2 * options.HeadOctets;
            kestrel.Limits.RequestHeadersTimeout = options.HeadTime;
            kestrel.Limits.KeepAliveTimeout = options.IdleTime;
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1);
            if (http is not null) kestrel.Listen(http.Bind.ToIPEndPoint(), endpoint => endpoint.Use(side.Move));
            if (https is not null && certificates is not null)
                kestrel.Listen(https.Bind.ToIPEndPoint(), endpoint =>
                {
                    endpoint.Use(side.Move);
                    endpoint.UseHttps(new TlsHandshakeCallbackOptions { HandshakeTimeout = options.HeadTime, OnConnection = tls => ValueTask.FromResult(certificates.Options(tls.ClientHelloInfo.ServerName)) });
                });
        });
        app = builder.Build();
        app.Run(responder.AnswerAsync);
    }

    /// <summary>Throws <see cref="IOException"/> when an address cannot be bound.</summary>
    public static async Task<PageListener> StartAsync(
        SorryResponder responder, HttpOptions options, PublicSide side, ListenAddress? http, ListenAddress? https, CertificateFolder? certificates, ILoggerFactory loggers, CancellationToken cancelled)
    {
        var listener = new PageListener(responder, options, side, http, https, certificates, loggers);
        await listener.app.StartAsync(cancelled);
        return listener;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }
}
