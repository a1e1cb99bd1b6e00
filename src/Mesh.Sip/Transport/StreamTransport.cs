using System.IO.Pipelines;
using System.Net.Sockets;
using Mesh.Io;

namespace Mesh.Sip.Transport;

/// <summary>
/// SIP over connections: TCP, TLS, WebSocket pipes. Whoever accepts (Kestrel's connection handlers) hands each connection to <see cref="AcceptAsync"/>; outgoing ones come from the
/// <see cref="IStreamConnector"/> and are found again by the far address. One task per connection reads and posts to the loop, one writes what the loop queued.
/// </summary>
public sealed class StreamTransport : ISipTransport, IAsyncDisposable
{
    private readonly Dictionary<NetAddress, StreamConnection> byRemote = [];
    private readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource stop = new();
    private readonly IStreamConnector? connector;
    private int connections, unfinished = 1;

    /// <param name="loop">The endpoint's loop.</param>
    /// <param name="local">Where whoever accepts listens.</param>
    /// <param name="sentBy"><c>host[:port]</c> to advertise; null for <paramref name="local"/>.</param>
    /// <param name="connector">Opens connections; null sends over accepted ones only.</param>
    public StreamTransport(Loop loop, TransportProtocol protocol, NetAddress local, string? sentBy = null, IStreamConnector? connector = null, StreamTransportOptions? options = null)
    {
        Loop = loop;
        Protocol = protocol;
        Local = local;
        SentBy = sentBy ?? local.ToString();
        Options = options ?? new StreamTransportOptions();
        this.connector = connector;
    }

    public TransportProtocol Protocol { get; }

    public NetAddress Local { get; }

    public string SentBy { get; }

    public ISipReceiver? Receiver { get; set; }

    public StreamTransportOptions Options { get; }

    public StreamCounters Counters { get; } = new();

    /// <summary>Connections open or opening.</summary>
    public int Connections => Volatile.Read(ref connections);

    /// <summary>Whether it can open connections, not only use accepted ones.</summary>
    public bool CanConnect => connector is not null;

    internal Loop Loop { get; }

    internal CancellationToken Stopping => stop.Token;

    /// <summary>Serves a connection somebody accepted until it ends, and disposes nothing: the pipe stays its owner's. Any thread.</summary>
    public async Task AcceptAsync(IDuplexPipe pipe, NetAddress remote)
    {
        if (!TryCount()) return;
        Interlocked.Increment(ref Counters.Accepted);
        var connection = new StreamConnection(this, remote, weOpened: false);
        Loop.Post(static c => ((StreamConnection)c!).Register(), connection);
        try { await connection.RunAsync(pipe).ConfigureAwait(false); }
        finally { Interlocked.Decrement(ref connections); }
    }

    public bool TrySend(ReadOnlyMemory<byte> message, in SipFlow flow, ISendObserver? observer)
    {
        var connection = flow.Connection is { IsClosed: false } own ? own
            : byRemote.TryGetValue(flow.Remote, out var known) && !known.IsClosed ? known
            : Connect(flow.Remote);
        return connection is not null && connection.TryQueue(message, observer);
    }

    /// <summary>Closes every connection and waits for those this transport opened; accepted ones are awaited by their acceptor. Any thread.</summary>
    public async ValueTask DisposeAsync()
    {
        if (stop.IsCancellationRequested) return;
        await stop.CancelAsync().ConfigureAwait(false);
        Finished();
        await drained.Task.ConfigureAwait(false);
    }

    internal void Add(StreamConnection connection) => byRemote[connection.Remote] = connection;

    internal void Remove(StreamConnection connection)
    {
        if (byRemote.TryGetValue(connection.Remote, out var known) && known == connection) byRemote.Remove(connection.Remote);
    }

    private StreamConnection? Connect(NetAddress remote)
    {
        if (connector is null || stop.IsCancellationRequested || !TryCount()) return null;
        var connection = new StreamConnection(this, remote, weOpened: true);
        connection.Register();
        Interlocked.Increment(ref unfinished);
        _ = OpenAsync(connection, connector); // awaited through `drained`
        return connection;
    }

    private void Finished()
    {
        if (Interlocked.Decrement(ref unfinished) == 0) drained.TrySetResult();
    }

    private async Task OpenAsync(StreamConnection connection, IStreamConnector by)
    {
        IDuplexPipe? pipe = null;
        try
        {
            pipe = await OpenInTimeAsync(connection.Remote, by).ConfigureAwait(false);
            Interlocked.Increment(ref Counters.Connected);
            await connection.RunAsync(pipe).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            Interlocked.Increment(ref Counters.ConnectFailed);
        }
        finally
        {
            connection.Abandon();
            Interlocked.Decrement(ref connections);
            if (pipe is IAsyncDisposable owned) await owned.DisposeAsync().ConfigureAwait(false);
            Finished();
        }
    }

    private async Task<IDuplexPipe> OpenInTimeAsync(NetAddress remote, IStreamConnector by)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(Options.ConnectMs), Loop.Clock.Provider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop.Token);
        return await by.ConnectAsync(remote, both.Token).ConfigureAwait(false);
    }

    private bool TryCount()
    {
        if (Interlocked.Increment(ref connections) <= Options.MaxConnections) return true;
        Interlocked.Decrement(ref connections);
        Interlocked.Increment(ref Counters.RefusedAtLimit);
        return false;
    }
}
