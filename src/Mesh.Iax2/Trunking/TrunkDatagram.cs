using Mesh.Iax2.Wire;

namespace Mesh.Iax2.Trunking;

internal enum TrunkClaim
{
    Claimed,
    /// <summary>No room for that much.</summary>
    Full,
    /// <summary>It is on its way out: look for its successor.</summary>
    Closed,
}

/// <summary>
/// One datagram being filled by several threads at once, without a lock: how much is claimed, how many are still writing and whether it is closed are one number, changed by
/// compare-and-swap. Each writer has its own stretch of the buffer. Who closes it sends it, or, when somebody still writes, the last writer does: exactly one is told so.
/// </summary>
internal sealed class TrunkDatagram
{
    private const long OneWriter = 1L << 32, ClosedBit = 1L << 62;

    private readonly byte[] buffer;
    private long state = ClosedBit;
    private long openedMs;

    public TrunkDatagram(int mtu) => buffer = new byte[mtu];

    /// <summary>Tells its uses apart.</summary>
    public long Generation { get; private set; }

    public bool IsEmpty => Length <= TrunkFrame.HeaderLength;

    public int Room => buffer.Length - Length;

    /// <summary>When its first entry was claimed, milliseconds of the loop's clock; <see cref="long.MaxValue"/> when there is none.</summary>
    public long OpenedMs => Volatile.Read(ref openedMs);

    /// <summary>What was written. For who was told to send it.</summary>
    public Span<byte> Octets => buffer.AsSpan(0, Length);

    private int Length => (int)(Volatile.Read(ref state) & 0xFFFF);

    /// <summary>Makes it empty. For who took it from the spare ones.</summary>
    public void Open(long generation)
    {
        Generation = generation;
        Volatile.Write(ref openedMs, long.MaxValue);
        Volatile.Write(ref state, TrunkFrame.HeaderLength);
    }

    /// <summary>Claims <paramref name="length"/> octets. After <see cref="TrunkClaim.Claimed"/> the caller writes <paramref name="entry"/> and calls <see cref="Commit"/>.</summary>
    public TrunkClaim TryClaim(int length, long nowMs, out Span<byte> entry)
    {
        entry = default;
        long seen = Volatile.Read(ref state);
        while (true)
        {
            if ((seen & ClosedBit) != 0) return TrunkClaim.Closed;
            int offset = (int)(seen & 0xFFFF);
            if (offset + length > buffer.Length) return TrunkClaim.Full;
            long before = Interlocked.CompareExchange(ref state, seen + length + OneWriter, seen);
            if (before != seen) { seen = before; continue; }
            if (offset == TrunkFrame.HeaderLength) Volatile.Write(ref openedMs, nowMs);
            entry = buffer.AsSpan(offset, length);
            return TrunkClaim.Claimed;
        }
    }

    /// <summary>The claimed octets are written. True: the caller must send it, for it was closed meanwhile.</summary>
    public bool Commit() => Interlocked.Add(ref state, -OneWriter) >> 32 == ClosedBit >> 32;

    /// <summary>No more entries. True: the caller must send it; false when somebody still writes, or somebody else has closed it.</summary>
    public bool Close()
    {
        long before = Interlocked.Or(ref state, ClosedBit);
        return before >> 32 == 0;
    }
}
