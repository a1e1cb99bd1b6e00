using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;

namespace Mesh.Host.Listening;

/// <summary>A listening socket whose newcomers find a place in a <see cref="ConnectionRoom"/>, or are refused before anything is made for them.</summary>
public sealed class PublicListener : IConnectionListener
{
    /// <summary>Newcomers taken in a row before others have a turn; also those that wait for Kestrel.</summary>
    private const int Batch = 64;

    private readonly PublicSide side;
    private readonly ConnectionRoom room;
    private readonly Socket listening;
    private readonly Channel<PublicConnection> taken = Channel.CreateBounded<PublicConnection>(new BoundedChannelOptions(Batch) { SingleReader = true, SingleWriter = true });
    private readonly Task accepting;
    private volatile bool isClosed;

    /// <summary>Throws <see cref="SocketException"/> when the address cannot be bound.</summary>
    public PublicListener(IPEndPoint at, PublicSide side, ConnectionRoom room)
    {
        (this.side, this.room) = (side, room);
        listening = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (at.Address.Equals(IPAddress.IPv6Any)) listening.DualMode = true;
            listening.Bind(at);
            listening.Listen(side.Options.Backlog);
        }
        catch
        {
            listening.Dispose();
            throw;
        }
        EndPoint = listening.LocalEndPoint!;
        accepting = AcceptAllAsync();
    }

    public EndPoint EndPoint { get; }

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        try { return await taken.Reader.ReadAsync(cancellationToken); }
        catch (ChannelClosedException) { return null; }
    }

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        isClosed = true;
        listening.Dispose();
        await accepting;
    }

    public async ValueTask DisposeAsync()
    {
        await UnbindAsync();
        while (taken.Reader.TryRead(out var left))
        {
            left.Abort();
            await left.DisposeAsync();
        }
    }

    private async Task AcceptAllAsync()
    {
        await side.Threads.NextTurn();
        using var accept = new SocketOperation(side.Threads);
        for (int i = 1; !isClosed; i++)
        {
            if (i % Batch == 0) await side.Threads.NextTurn();
            var error = await accept.AcceptAsync(listening);
            if (isClosed) accept.AcceptSocket?.Dispose();
            else if (error == SocketError.Success && accept.AcceptSocket is { } socket)
            {
                if (Enter(socket) is not { } connection || taken.Writer.TryWrite(connection)) continue;
                await taken.Writer.WriteAsync(connection);
                await side.Threads.NextTurn();
            }
            else if (error is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable) 
            {
                await side.ExhaustedAsync();
                await side.Threads.NextTurn();
            }
        }
        taken.Writer.Complete();
    }

    private PublicConnection? Enter(Socket socket)
    {
        try
        {
            socket.NoDelay = true;
            PublicConnection? connection = null;
            var source = ((IPEndPoint)socket.RemoteEndPoint!).Address;
            var place = room.TryEnter(source, _ => () => (Volatile.Read(ref connection) as ConnectionContext)?.Abort());
            if (place is null)
            {
                if (!room.Options.Refusal.IsEmpty) socket.Send(room.Options.Refusal.Span);
                socket.Dispose();
                return null;
            }
            connection = new PublicConnection(socket, side, room.Options.BufferOctets) { Place = place };
            connection.Start();
            return connection;
        }
        catch (SocketException)
        {
            // It went while it was taken.
            socket.Dispose();
            return null;
        }
    }
}
