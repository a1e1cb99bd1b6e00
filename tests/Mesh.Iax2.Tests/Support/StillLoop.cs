namespace Mesh.Iax2.Tests.Support;

/// <summary>A loop that does nothing by itself: datagrams are handed in one by one, what is sent is only counted. For what must cost nothing.</summary>
internal sealed class StillLoop(MeshClock clock) : Loop("still", clock, new SeededChance(1), 1024)
{
    public bool IsInside { get; set; } = true;

    public StillSocket? Socket { get; private set; }

    public override bool IsCurrent => IsInside;

    public override IDatagramSocket Bind(NetAddress local, IDatagramReceiver? receiver, DatagramSocketOptions options) =>
        Socket = new StillSocket { Local = local, Receiver = receiver };

    public override void Start() { }

    protected override void Wake() { }

    public override void Dispose() { }

    /// <summary>Passes what deadlines are due.</summary>
    public void Pass() => PassDeadlines();

    public void Drain()
    {
        IsInside = true;
        while (DrainInbox(1)) { }
    }

    internal sealed class StillSocket : IDatagramSocket
    {
        private readonly byte[] last = new byte[4096];
        private int lastLength;

        public NetAddress Local { get; init; }
        public IDatagramReceiver? Receiver { get; set; }
        public DatagramCounters Counters { get; } = new();
        public byte[] Last => last[..lastLength];

        public bool TrySend(ReadOnlySpan<byte> payload, NetAddress to)
        {
            payload.CopyTo(last);
            lastLength = payload.Length;
            Counters.Sent++;
            return true;
        }

        public void Dispose() { }
    }
}
