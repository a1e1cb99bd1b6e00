using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Mesh.Io.Portable;

/// <summary>
/// A <see cref="Socket"/> of a <see cref="SocketDatagramLoop"/> with one receive under way. When that ends, on whatever thread, the socket queues at its loop, which takes the datagram
/// and begins the next receive. Has a buffer of its own, for a receive under way needs one; its pages are the system's until something arrives.
/// </summary>
internal sealed class PortableDatagramSocket : IDatagramSocket
{
    [ThreadStatic] private static SocketAddress? toIPv4, toIPv6;

    private readonly SocketDatagramLoop loop;
    private readonly Socket socket;
    private readonly SocketAddress from;
    private readonly byte[] buffer = GC.AllocateUninitializedArray<byte>(Datagram.Headroom + Datagram.MaxPayload + 1, pinned: true);
    private readonly Action ended;
    private ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter receive;
    private int disposed;

    public PortableDatagramSocket(SocketDatagramLoop loop, Socket socket, IDatagramReceiver? receiver)
    {
        this.loop = loop;
        this.socket = socket;
        from = new SocketAddress(socket.AddressFamily);
        ended = () => loop.Ready(this);
        Local = NetAddress.From((IPEndPoint)socket.LocalEndPoint!);
        Receiver = receiver;
    }

    public NetAddress Local { get; }

    public IDatagramReceiver? Receiver { get; set; }

    public DatagramCounters Counters { get; } = new();

    public bool TrySend(ReadOnlySpan<byte> payload, NetAddress to)
    {
        if (to.IsIPv4 != Local.IsIPv4) return Refuse();
        var address = to.IsIPv4 ? toIPv4 ??= new(AddressFamily.InterNetwork) : toIPv6 ??= new(AddressFamily.InterNetworkV6);
        PortableAddress.Write(to, address);
        try
        {
            socket.SendTo(payload, SocketFlags.None, address);
            Counters.Sent++;
            return true;
        }
        catch (SocketException) { return Refuse(); }
        catch (ObjectDisposedException) { return false; }
    }

    /// <summary>Begins to receive.</summary>
    public void Receive()
    {
        if (Volatile.Read(ref disposed) != 0) return;
        try
        {
            // One octet more than may come, so that a longer datagram shows. The awaiter is consumed once: by TryTake, when the receive has ended.
#pragma warning disable CA2012
            receive = socket.ReceiveFromAsync(buffer.AsMemory(Datagram.Headroom), SocketFlags.None, from).ConfigureAwait(false).GetAwaiter();
#pragma warning restore CA2012
            if (receive.IsCompleted) loop.Ready(this); else receive.UnsafeOnCompleted(ended);
        }
        catch (ObjectDisposedException) { }
    }

    /// <summary>Takes what the receive that ended brought, on the loop's thread. False when it was an error, or the socket is closed.</summary>
    public bool TryTake(out Datagram datagram)
    {
        datagram = default;
        try
        {
            int length = receive.GetResult();
            if (Volatile.Read(ref disposed) != 0) return false;
            if (length > Datagram.MaxPayload) { Counters.Oversized++; return false; }
            datagram = new Datagram(buffer, length, PortableAddress.Read(from), loop.Clock.NowMicros);
            return true;
        }
        catch (SocketException e)
        {
            if (e.SocketErrorCode == SocketError.MessageSize) Counters.Oversized++;
            else if (Volatile.Read(ref disposed) == 0) Counters.IcmpErrors++;
            return false;
        }
        catch (ObjectDisposedException) { return false; }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0) return;
        loop.Forget(this);
        socket.Dispose();
    }

    private bool Refuse()
    {
        Counters.SendRefused++;
        return false;
    }
}
