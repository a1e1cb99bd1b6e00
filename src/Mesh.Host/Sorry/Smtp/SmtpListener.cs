using Mesh.Host.Config.Model;
using Microsoft.AspNetCore.Connections;

namespace Mesh.Host.Sorry.Smtp;

/// <summary>Where mail is answered: Kestrel accepts, limits and drains the connections.</summary>
public sealed class SmtpListener : IAsyncDisposable
{
    private readonly WebApplication app;

    private SmtpListener(WebApplication app) => this.app = app;

    /// <summary>Throws <see cref="IOException"/> when the address cannot be bound.</summary>
    public static async Task<SmtpListener> StartAsync(SmtpServer server, ListenAddress listen, ILoggerFactory loggers, CancellationToken cancelled)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "mesh" });
        builder.Services.AddSingleton(loggers);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxConcurrentConnections = server.Options.Connections;
            // Kestrel wants the buffer to hold the headers of HTTP, which is not spoken here.
            kestrel.Limits.MaxRequestHeadersTotalSize = server.Options.BufferOctets;
            kestrel.Limits.MaxRequestBufferSize = server.Options.BufferOctets;
            kestrel.Limits.MaxResponseBufferSize = server.Options.BufferOctets;
            kestrel.Listen(listen.Bind.ToIPEndPoint(), options => options.Run(server.ServeAsync));
        });
        var app = builder.Build();
        await app.StartAsync(cancelled);
        return new SmtpListener(app);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }
}
