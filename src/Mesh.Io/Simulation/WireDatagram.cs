namespace Mesh.Io.Simulation;

/// <summary>One datagram as the wire saw it leave, for tests that count or decode. The payload is never changed afterwards: it may be kept.</summary>
public readonly record struct WireDatagram(long AtMicros, NetAddress From, NetAddress To, ReadOnlyMemory<byte> Payload, PathFate Fate)
{
    /// <summary>False for one that was <see cref="PathFate.Sent"/>, which may still find its destination unbound: see <see cref="WireCounters"/>.</summary>
    public bool Dropped => Fate != PathFate.Sent;
}

/// <summary>What happened on the wire since the world began. Every copy made by duplication is delivered, or not, on its own.</summary>
public sealed class WireCounters : ImpairmentCounters
{
    public long Delivered { get; internal set; }

    /// <summary>Arrived where nothing was bound.</summary>
    public long Unbound { get; internal set; }
}
