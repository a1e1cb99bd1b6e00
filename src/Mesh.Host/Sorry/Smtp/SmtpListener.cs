using System.Text;
using Mesh.Host.Config.Model;
using Mesh.Host.Listening;
using Microsoft.AspNetCore.Connections;

namespace Mesh.Host.Sorry.Smtp;

/// <summary>Where mail is answered: Kestrel hands the connections on and drains them, a room of the public side keeps their number and their times.</summary>
public sealed class SmtpListener : IAsyncDisposable
{
    private readonly WebApplication app;

    private SmtpListener(WebApplication app) => this.app = app;

    /// <summary>Throws <see cref="IOException"/> when the address cannot be bound.</summary>
    public static async Task<SmtpListener> StartAsync(SmtpServer server, PublicSide side, ListenAddress listen, ILoggerFactory loggers, CancellationToken cancelled)
    {
        var options = server.Options;
        var room = side.Open(new RoomOptions("sorry-smtp", options.Connections, options.ConnectionsPerSource)
        {
            StepTime = options.LineTime,
            WholeTime = options.SessionTime,
            BufferOctets = options.BufferOctets,
            Refusal = Encoding.ASCII.GetBytes(SmtpWords.Of(SmtpRefusal.Source).Lines[0] + "\r\n"),
            OnRefused = () => server.Counters.Refuse(SmtpRefusal.Source),
        });
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "mesh" });
        builder.Services.AddSingleton(loggers);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(2));
        side.Serve(builder.Services, room);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(listen.Bind.ToIPEndPoint(), endpoint =>
        {
            endpoint.Use(side.Move);
            endpoint.Run(server.ServeAsync);
        }));
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
