using System.Net;
using System.Net.Sockets;
using System.Text;
using Mesh.Host.Config.Model;
using Mesh.Host.Status.Sampling;

namespace Mesh.Host.Sorry;

/// <summary>Asks this site's own sorry listeners, over the network as anybody would, whether they answer: a page, a greeting.</summary>
public sealed class SorryProbe : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10), Limit = TimeSpan.FromSeconds(3);
    private readonly IReadOnlyList<(ListenAddress Where, string Say, bool Reads)> listeners;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource stop = new();
    private Task asking = Task.CompletedTask;
    private volatile int state = (int)ServiceState.Unknown;

    public SorryProbe(SorryListenConfig listen, TimeProvider time)
    {
        this.time = time;
        listeners =
        [
            .. Asked(listen.Http, "GET / HTTP/1.1\r\nHost: probe.invalid\r\nConnection: close\r\n\r\n", reads: true),
            // That it listens is what can be told without a certificate's name.
            .. Asked(listen.Https, "", reads: false),
            .. Asked(listen.Smtp, "", reads: true),
        ];
    }

    /// <summary>The site listens for something.</summary>
    public bool IsAny => listeners.Count > 0;

    /// <summary>Any thread.</summary>
    public ServiceState State => (ServiceState)state;

    public void Start()
    {
        if (IsAny) asking = AskAllAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await asking;
        stop.Dispose();
    }

    /// <summary>One round.</summary>
    public async Task<ServiceState> AskAsync(CancellationToken cancelled)
    {
        int answered = 0;
        foreach (var (where, say, reads) in listeners)
            if (await AnswersAsync(where, say, reads, cancelled)) answered++;
        return answered == listeners.Count ? ServiceState.Up : answered > 0 ? ServiceState.Degraded : ServiceState.Down;
    }

    private async Task AskAllAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(Period, time);
            do state = (int)await AskAsync(stop.Token);
            while (await timer.WaitForNextTickAsync(stop.Token));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { }
    }

    private async Task<bool> AnswersAsync(ListenAddress where, string say, bool reads, CancellationToken cancelled)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancelled);
        var at = where.Bind.ToIPEndPoint();
        if (at.Address.Equals(IPAddress.Any)) at.Address = IPAddress.Loopback;
        else if (at.Address.Equals(IPAddress.IPv6Any)) at.Address = IPAddress.IPv6Loopback;
        using var socket = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(at, either.Token);
            if (say.Length > 0) await socket.SendAsync(Encoding.ASCII.GetBytes(say), either.Token);
            // Whatever comes: everything may be switched to a connection that is closed or reset.
            try
            {
                if (reads) await socket.ReceiveAsync(new byte[1], either.Token);
            }
            catch (SocketException) { }
            return true;
        }
        catch (SocketException) { return false; }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested) { return false; }
    }

    private static IEnumerable<(ListenAddress, string, bool)> Asked(ListenAddress? where, string say, bool reads) => where is null ? [] : [(where, say, reads)];
}
