using Mesh.Io;

namespace Mesh.Benchmarks;

/// <summary>A loop that waits for nothing, with sockets that send nowhere: what is left of a packet's way when the system calls are taken out.</summary>
public sealed class StillLoop() : Loop("still", new MeshClock(TimeProvider.System), new SeededChance(1), DefaultInboxCapacity)
{
    /// <summary>What was bound, in order: datagrams are put in here.</summary>
    public List<IDatagramSocket> Sockets { get; } = [];

    public override bool IsCurrent => true;

    public override IDatagramSocket Bind(NetAddress local, IDatagramReceiver? receiver, DatagramSocketOptions options)
    {
        var socket = new StillSocket(local) { Receiver = receiver };
        Sockets.Add(socket);
        return socket;
    }

    public override void Start() { }

    public override void Dispose() { }

    /// <summary>Delivers a datagram as a real loop does.</summary>
    public void Receive(IDatagramSocket socket, Span<byte> buffer, int length, NetAddress from) => Deliver(socket, new Datagram(buffer, length, from, Clock.NowMicros));

    protected override void Wake() { }

    private sealed class StillSocket(NetAddress local) : IDatagramSocket
    {
        public NetAddress Local { get; } = local;

        public IDatagramReceiver? Receiver { get; set; }

        public DatagramCounters Counters { get; } = new();

        public bool TrySend(ReadOnlySpan<byte> payload, NetAddress to)
        {
            Counters.Sent++;
            return payload.Length > 0;
        }

        public void Dispose() { }
    }
}
