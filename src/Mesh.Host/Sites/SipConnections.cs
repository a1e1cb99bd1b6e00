using System.Net;
using Mesh.Host.Config.Model;
using Mesh.Io;
using Mesh.Sip.Transport;
using Microsoft.AspNetCore.Connections;

namespace Mesh.Host.Sites;

/// <summary>SIP over TCP: Kestrel accepts, limits and drains the connections, the stream transport speaks on them.</summary>
public sealed class SipConnections : IAsyncDisposable
{
    /// <summary>Connections at once.</summary>
    public const int MaxConnections = 10_000;

    private readonly WebApplication app;

    private SipConnections(WebApplication app) => this.app = app;

    /// <summary>Listens where the site says. Throws <see cref="IOException"/> when an address cannot be bound.</summary>
    public static async Task<SipConnections> StartAsync(IReadOnlyList<(ListenAddress Listen, StreamTransport Transport)> listeners, ILoggerFactory loggers, CancellationToken cancelled)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "mesh" });
        builder.Services.AddSingleton(loggers);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxConcurrentConnections = MaxConnections;
            foreach (var (listen, transport) in listeners)
                kestrel.Listen(listen.Bind.ToIPEndPoint(), options => options.Run(connection => ServeAsync(connection, transport)));
        });
        var app = builder.Build();
        await app.StartAsync(cancelled);
        return new SipConnections(app);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }

    private static Task ServeAsync(ConnectionContext connection, StreamTransport transport) =>
        connection.RemoteEndPoint is IPEndPoint remote ? transport.AcceptAsync(connection.Transport, NetAddress.From(remote)) : Task.CompletedTask;
}
