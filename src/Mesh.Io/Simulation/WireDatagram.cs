namespace Mesh.Io.Simulation;

/// <summary>What the wire did with a datagram when it was sent. One that was <see cref="Sent"/> may still find its destination unbound: see <see cref="WireCounters"/>.</summary>
public enum WireFate
{
    Sent,

    /// <summary>Lost by chance: <see cref="Impairment.Loss"/>.</summary>
    Lost,

    /// <summary>The hosts are partitioned.</summary>
    Cut,
}

/// <summary>One datagram as the wire saw it leave, for tests that count or decode. The payload is never changed afterwards: it may be kept.</summary>
public readonly record struct WireDatagram(long AtMicros, NetAddress From, NetAddress To, ReadOnlyMemory<byte> Payload, WireFate Fate)
{
    public bool Dropped => Fate != WireFate.Sent;
}

/// <summary>What happened on the wire since the world began. Every copy made by duplication is delivered, or not, on its own.</summary>
public sealed class WireCounters
{
    public long Sent { get; internal set; }
    public long Delivered { get; internal set; }
    public long Lost { get; internal set; }
    public long Cut { get; internal set; }

    /// <summary>Arrived where nothing was bound.</summary>
    public long Unbound { get; internal set; }

    public long Duplicated { get; internal set; }
    public long Reordered { get; internal set; }
    public long Corrupted { get; internal set; }
}
