namespace Mesh.Io.Tests;

internal delegate void TakeDatagram(IDatagramSocket socket, in Datagram datagram);

/// <summary>A receiver made of a function, which counts what it took.</summary>
internal sealed class Taker(TakeDatagram? take = null) : IDatagramReceiver
{
    private long taken;
    private NetAddress unreachable;

    public long Taken => Volatile.Read(ref taken);

    /// <summary>The last destination an ICMP error came for; read after <see cref="Unreachables"/> rose.</summary>
    public NetAddress Unreachable => unreachable;

    public int Unreachables => Volatile.Read(ref unreachables);

    private int unreachables;

    public void OnDatagram(IDatagramSocket socket, in Datagram datagram)
    {
        try { take?.Invoke(socket, datagram); }
        finally { Volatile.Write(ref taken, taken + 1); }
    }

    public void OnUnreachable(IDatagramSocket socket, NetAddress to)
    {
        unreachable = to;
        Volatile.Write(ref unreachables, unreachables + 1);
    }
}
