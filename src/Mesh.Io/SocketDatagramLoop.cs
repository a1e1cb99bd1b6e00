using System.Collections.Concurrent;
using Mesh.Io.Portable;

namespace Mesh.Io;

/// <summary>
/// The loop for systems without epoll: receives are under way on the framework's <see cref="System.Net.Sockets.Socket"/>s, and those that have ended are served in turn on the loop's thread,
/// one datagram a socket. Two to three times the cost of <see cref="EpollDatagramLoop"/> and 64 KiB of address space a socket; the behaviour is the same.
/// </summary>
public sealed class SocketDatagramLoop(string name, MeshClock clock, IChance chance, int inboxCapacity = Loop.DefaultInboxCapacity)
    : ThreadLoop(name, clock, chance, inboxCapacity)
{
    private readonly ConcurrentDictionary<PortableDatagramSocket, bool> sockets = new();
    private readonly ConcurrentQueue<PortableDatagramSocket> ready = new();

    // Never disposed: whoever posts to a loop that has ended may still set it.
    private readonly AutoResetEvent signal = new(false);

    public override IDatagramSocket Bind(NetAddress local, IDatagramReceiver? receiver, DatagramSocketOptions options)
    {
        ObjectDisposedException.ThrowIf(IsStopping, this);
        var socket = new PortableDatagramSocket(this, PortableSocket.Open(local, options), receiver);
        sockets[socket] = true;
        socket.Receive();
        // Disposed in between: nobody else would close it.
        if (IsStopping) socket.Dispose();
        return socket;
    }

    /// <summary>A receive has ended; from any thread.</summary>
    internal void Ready(PortableDatagramSocket socket)
    {
        ready.Enqueue(socket);
        Wake();
    }

    internal void Forget(PortableDatagramSocket socket) => sockets.TryRemove(socket, out _);

    private protected override void Serve(int timeoutMs)
    {
        if (timeoutMs != 0 && ready.IsEmpty) signal.WaitOne(timeoutMs);
        WakeUp();
        for (int i = 0; i < Batch && ready.TryDequeue(out var socket); i++)
        {
            if (socket.TryTake(out var datagram)) Deliver(socket, datagram);
            socket.Receive();
        }
    }

    private protected override void Signal() => signal.Set();

    private protected override void CloseAll()
    {
        foreach (var socket in sockets.Keys) socket.Dispose();
    }
}
