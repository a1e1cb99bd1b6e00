using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Mesh.Host.Listening;

/// <summary>
/// One connection as Kestrel's connection handlers have it, read and written on <see cref="PublicThreads"/> with buffers of <see cref="PublicMemory"/>. It holds a buffer only while there is
/// something in it.
/// </summary>
public sealed class PublicConnection : DefaultConnectionContext, IConnectionSocketFeature, IMemoryPoolFeature
{
    // What is read only to be thrown away may be read to the same place by all.
    private static readonly byte[] Waste = new byte[16 * 1024];

    private static long number;

    private readonly PublicSide side;
    private readonly SocketOperation receive, send;
    private readonly CancellationTokenSource closed = new();
    private readonly Pipe input, output;
    private Task receiving = Task.CompletedTask, sending = Task.CompletedTask;
    private readonly int mostUnanswered;
    private int aborted, unanswered;

    public PublicConnection(Socket socket, PublicSide side, int bufferOctets) : base($"public-{Interlocked.Increment(ref number)}")
    {
        this.side = side;
        Socket = socket;
        // Who holds a whole request as text reads no more; what streams is not held.
        mostUnanswered = 2 * bufferOctets;
        (receive, send) = (new SocketOperation(side.Threads), new SocketOperation(side.Threads));
        var options = new PipeOptions(side.Memory, side.Threads, side.Threads, bufferOctets, bufferOctets / 2, PublicMemory.BlockOctets, useSynchronizationContext: false);
        (input, output) = (new Pipe(options), new Pipe(options));
        Transport = new Duplex(input.Reader, output.Writer);
        ConnectionClosed = closed.Token;
        (LocalEndPoint, RemoteEndPoint) = (socket.LocalEndPoint, socket.RemoteEndPoint);
        Features.Set<IConnectionSocketFeature>(this);
        Features.Set<IMemoryPoolFeature>(this);
        side.Memory.Charge(side.Options.ConnectionOctets);
    }

    public Socket Socket { get; }

    public MemoryPool<byte> MemoryPool => side.Memory;

    /// <summary>Its place among the connections of its listener.</summary>
    public required RoomPlace Place { get; init; }

    /// <summary>On a thread of <see cref="PublicThreads"/>.</summary>
    public void Start()
    {
        Features.Set(Place);
        Place.Stepped = Settle;
        receiving = ReceiveAsync();
        sending = SendAsync();
    }

    /// <summary>Closes it at once.</summary>
    public override void Abort(ConnectionAbortedException abortReason)
    {
        if (Interlocked.Exchange(ref aborted, 1) != 0) return;
        Socket.Dispose();
        output.Reader.CancelPendingRead();
        input.Writer.CancelPendingFlush();
    }

    /// <summary>When nobody reads or writes it any more: what was written goes out first, if the peer takes it in time.</summary>
    public override async ValueTask DisposeAsync()
    {
        await Transport.Input.CompleteAsync();
        await Transport.Output.CompleteAsync();
        Place.Farewell();
        await sending;
        await receiving;
        Socket.Dispose();
        receive.Dispose();
        send.Dispose();
        closed.Dispose();
        Place.Exit();
        Settle();
        side.Memory.Discharge(side.Options.ConnectionOctets);
    }

    private async Task ReceiveAsync()
    {
        bool isRead = true;
        while (isRead)
        {
            if (await receive.ReceiveAsync(Socket, Memory<byte>.Empty) != SocketError.Success) break;
            if (await receive.ReceiveAsync(Socket, input.Writer.GetMemory()) != SocketError.Success || receive.BytesTransferred == 0) break;
            input.Writer.Advance(receive.BytesTransferred);
            // Whoever reads may keep it as text, of two octets a character, until the request is whole.
            int text = Math.Min(2 * receive.BytesTransferred, mostUnanswered - Volatile.Read(ref unanswered));
            if (text > 0)
            {
                Interlocked.Add(ref unanswered, text);
                side.Memory.Charge(text);
            }
            var flush = await input.Writer.FlushAsync();
            isRead = !flush.IsCompleted && !flush.IsCanceled;
        }
        await input.Writer.CompleteAsync();
        side.Threads.Schedule(static closing => ((CancellationTokenSource)closing!).Cancel(), closed);
        // A socket closed with something unread is reset, and a reset overtakes the last reply: the rest is taken, until the peer ends or the time is over.
        while (!isRead && Volatile.Read(ref aborted) == 0)
            if (await receive.ReceiveAsync(Socket, Waste) != SocketError.Success || receive.BytesTransferred == 0) break;
    }

    private void Settle() => side.Memory.Discharge(Interlocked.Exchange(ref unanswered, 0));

    private async Task SendAsync()
    {
        for (bool isOver = false; !isOver;)
        {
            var read = await output.Reader.ReadAsync();
            isOver = read.IsCanceled || !await SendAsync(read.Buffer) || read.IsCompleted;
            output.Reader.AdvanceTo(read.Buffer.End);
        }
        await output.Reader.CompleteAsync();
        try { Socket.Shutdown(SocketShutdown.Send); }
        catch (Exception e) when (e is SocketException or ObjectDisposedException) { }
    }

    private async ValueTask<bool> SendAsync(ReadOnlySequence<byte> octets)
    {
        foreach (var segment in octets)
            for (var rest = segment; rest.Length > 0; rest = rest[send.BytesTransferred..])
                if (await send.SendAsync(Socket, rest) != SocketError.Success) return false;
        return true;
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
