using System.Collections.Concurrent;

namespace Mesh.Iax2.Tests.Support;

/// <summary>A loop that does nothing by itself and whose socket keeps what any thread sends.</summary>
internal sealed class CollectingLoop(MeshClock clock) : Loop("collecting", clock, new SeededChance(1), 1024)
{
    public ConcurrentQueue<byte[]> Collected { get; } = new();

    public bool Discards { get; set; }

    public override bool IsCurrent => true;

    public override IDatagramSocket Bind(NetAddress local, IDatagramReceiver? receiver, DatagramSocketOptions options) => new CollectingSocket(this) { Local = local, Receiver = receiver };

    public override void Start() { }

    protected override void Wake() { }

    public override void Dispose() { }

    private sealed class CollectingSocket(CollectingLoop loop) : IDatagramSocket
    {
        public NetAddress Local { get; init; }
        public IDatagramReceiver? Receiver { get; set; }
        public DatagramCounters Counters { get; } = new();

        public bool TrySend(ReadOnlySpan<byte> payload, NetAddress to)
        {
            if (!loop.Discards) loop.Collected.Enqueue(payload.ToArray());
            return true;
        }

        public void Dispose() { }
    }
}
