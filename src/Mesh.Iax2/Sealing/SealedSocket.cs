using Mesh.Io;

namespace Mesh.Iax2.Sealing;

/// <summary>
/// A socket some of whose peers' datagrams are sealed. Who uses it sees clear frames only: those to a sealed peer are sealed on their way out, what comes from its address
/// is opened or dropped. Everybody else's pass untouched.
/// </summary>
internal sealed class SealedSocket : IDatagramSocket, IDatagramReceiver
{
    [ThreadStatic]
    private static byte[]? scratch;

    private readonly IDatagramSocket wire;
    private readonly IaxCounters counters;

    /// <summary>Never changed, only replaced: other threads read it.</summary>
    private Dictionary<NetAddress, SealAssociation> associations = [];

    public SealedSocket(IDatagramSocket wire, IDatagramReceiver receiver, IaxCounters counters)
    {
        this.wire = wire;
        this.counters = counters;
        Receiver = receiver;
        wire.Receiver = this;
    }

    public NetAddress Local => wire.Local;

    public IDatagramReceiver? Receiver { get; set; }

    public DatagramCounters Counters => wire.Counters;

    public long KernelDropped => wire.KernelDropped;

    /// <summary>What is sent here is not sealed: for hellos.</summary>
    public IDatagramSocket Wire => wire;

    /// <summary>From now on the path to that address is sealed. On the loop.</summary>
    public void Add(NetAddress address, SealAssociation association) =>
        Volatile.Write(ref associations, new Dictionary<NetAddress, SealAssociation>(associations) { [address] = association });

    public void Remove(NetAddress address)
    {
        if (!associations.TryGetValue(address, out var association)) return;
        association.Stop();
        var rest = new Dictionary<NetAddress, SealAssociation>(associations);
        rest.Remove(address);
        Volatile.Write(ref associations, rest);
    }

    public bool TrySend(ReadOnlySpan<byte> payload, NetAddress to)
    {
        var sealing = Volatile.Read(ref associations);
        if (sealing.Count == 0 || !sealing.TryGetValue(to, out var association)) return wire.TrySend(payload, to);
        if (payload.Length > SealFormat.MostClear) return Refuse(DropReason.SealTooLong);
        byte[] buffer = scratch ??= new byte[SealFormat.MostClear + SealFormat.Overhead];
        int length = association.Seal(payload, buffer);
        return length > 0 ? wire.TrySend(buffer.AsSpan(0, length), to) : Refuse(DropReason.SealNotReady);
    }

    public void OnDatagram(IDatagramSocket socket, in Datagram datagram)
    {
        if (associations.Count == 0 || !associations.TryGetValue(datagram.From, out var association)) { Receiver?.OnDatagram(this, datagram); return; }
        var payload = datagram.Payload;
        if (SealFormat.IsHello(payload)) { association.OnHello(payload); return; }
        if (!SealFormat.IsSealed(payload))
        {
            counters.Drop(DropReason.SealMissing);
            association.OnClear();
            return;
        }
        if (association.Open(payload) is { } refusal) { counters.Drop(refusal); return; }
        // The clear octets stand behind the seal's header; the buffer is cut so that they have their headroom.
        Receiver?.OnDatagram(this, new Datagram(datagram.Buffer[SealFormat.HeaderLength..], payload.Length - SealFormat.Overhead, datagram.From, datagram.ReceivedAtMicros));
    }

    public void OnUnreachable(IDatagramSocket socket, NetAddress to) => Receiver?.OnUnreachable(this, to);

    public void Dispose()
    {
        foreach (var association in associations.Values) association.Stop();
        wire.Dispose();
    }

    private bool Refuse(DropReason reason)
    {
        counters.Drop(reason);
        return false;
    }
}
