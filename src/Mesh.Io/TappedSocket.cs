namespace Mesh.Io;

/// <summary>A socket somebody looks on at.</summary>
public sealed class TappedSocket : IDatagramSocket, IDatagramReceiver
{
    private readonly IDatagramSocket inner;
    private readonly IDatagramTap tap;

    /// <param name="inner">Given over: its receiver is replaced, and it is disposed with this one.</param>
    /// <param name="receiver">Takes what arrives.</param>
    /// <param name="tap">Is shown everything first.</param>
    public TappedSocket(IDatagramSocket inner, IDatagramReceiver? receiver, IDatagramTap tap)
    {
        (this.inner, this.tap, Receiver) = (inner, tap, receiver);
        inner.Receiver = this;
    }

    public NetAddress Local => inner.Local;

    public IDatagramReceiver? Receiver { get; set; }

    public DatagramCounters Counters => inner.Counters;

    public long KernelDropped => inner.KernelDropped;

    public bool TrySend(ReadOnlySpan<byte> payload, NetAddress to)
    {
        tap.OnSent(payload, to);
        return inner.TrySend(payload, to);
    }

    void IDatagramReceiver.OnDatagram(IDatagramSocket socket, in Datagram datagram)
    {
        tap.OnReceived(datagram.Payload, datagram.From);
        Receiver?.OnDatagram(this, datagram);
    }

    void IDatagramReceiver.OnUnreachable(IDatagramSocket socket, NetAddress to) => Receiver?.OnUnreachable(this, to);

    public void Dispose() => inner.Dispose();
}
