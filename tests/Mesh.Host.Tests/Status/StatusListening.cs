using System.Net;
using System.Net.Sockets;
using Mesh.Host.Config.Model;
using Mesh.Host.Listening;
using Mesh.Host.Status;
using Mesh.Host.Status.Incidents;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mesh.Host.Tests.Status;

/// <summary>A status page on loopback, with incidents made by hand.</summary>
internal static class StatusListening
{
    public static async Task<Listening> Listen(string address, IReadOnlyList<IncidentReport> incidents)
    {
        using var probe = new TcpListener(IPAddress.Parse(address), 0);
        probe.Start();
        int port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        var snapshot = StatusScenes.Scene().Snapshot;
        var side = new PublicSide(new PublicOptions(), TimeProvider.System);
        var listener = await StatusListener.StartAsync(
            StatusScenes.Options, () => snapshot, new Journal(incidents), new Still(), new ListenAddress("http", IPAddress.Parse(address), (ushort)port, ""), side, NullLoggerFactory.Instance, CancellationToken.None);
        return new Listening(listener, side, $"http://{address}:{port}");
    }

    public sealed record Listening(StatusListener Listener, PublicSide Side, string Url) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Listener.DisposeAsync();
            Side.Dispose();
        }
    }

    private sealed class Journal(IReadOnlyList<IncidentReport> incidents) : IIncidentView
    {
        public IReadOnlyList<IncidentReport> Reports() => incidents;
    }

    /// <summary>The wall clock stands at the scenes' moment.</summary>
    private sealed class Still : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => StatusScenes.Now;
    }
}
