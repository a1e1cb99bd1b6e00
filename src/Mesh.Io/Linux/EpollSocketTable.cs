using System.Runtime.Versioning;

namespace Mesh.Io.Linux;

/// <summary>
/// The sockets of a loop by the tag their events carry: place in the table (low half) and generation (high half). An event that was already in the batch when its
/// socket closed finds another generation, or nothing, and is passed over. Changed by any thread under the lock, read by the loop's thread without.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class EpollSocketTable
{
    private readonly Lock gate = new();
    private readonly Stack<int> free = new();
    private EpollDatagramSocket?[] sockets = new EpollDatagramSocket?[64];
    private int used;
    private uint generation;

    public EpollDatagramSocket? Find(ulong tag)
    {
        var socket = Volatile.Read(ref sockets[(int)(uint)tag]);
        return socket?.Tag == tag ? socket : null;
    }

    /// <summary>Gives the socket its tag and a place.</summary>
    public void Add(EpollDatagramSocket socket)
    {
        lock (gate)
        {
            if (!free.TryPop(out int place)) place = used++;
            if (place == sockets.Length)
            {
                var larger = sockets;
                Array.Resize(ref larger, place * 2);
                Volatile.Write(ref sockets, larger);
            }
            socket.Tag = (ulong)++generation << 32 | (uint)place;
            Volatile.Write(ref sockets[place], socket);
        }
    }

    public void Remove(EpollDatagramSocket socket)
    {
        lock (gate)
        {
            int place = (int)(uint)socket.Tag;
            if (sockets[place] != socket) return;
            sockets[place] = null;
            free.Push(place);
        }
    }

    public EpollDatagramSocket[] ToArray()
    {
        lock (gate) return sockets.OfType<EpollDatagramSocket>().ToArray();
    }
}
