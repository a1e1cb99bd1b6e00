namespace Mesh.Io.Simulation;

/// <summary>An address on the simulated wire.</summary>
internal sealed class SimulatedSocket(SimulatedLoop loop, SimulatedWire wire, NetAddress local, IDatagramReceiver? receiver) : IDatagramSocket
{
    private bool closed;

    public SimulatedLoop Loop { get; } = loop;

    public NetAddress Local { get; } = local;

    public IDatagramReceiver? Receiver { get; set; } = receiver;

    public DatagramCounters Counters { get; } = new();

    public bool IsOpen => !closed;

    public bool TrySend(ReadOnlySpan<byte> payload, NetAddress to)
    {
        if (closed) return false;
        if (payload.Length > Datagram.MaxPayload || to.Port == 0 || to.IsIPv4 != Local.IsIPv4)
        {
            Counters.SendRefused++;
            return false;
        }
        Counters.Sent++;
        wire.Send(this, payload, to);
        return true;
    }

    public void Dispose()
    {
        if (closed) return;
        closed = true;
        wire.Unbind(this);
        Loop.Forget(this);
    }
}
