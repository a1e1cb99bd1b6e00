namespace Mesh.Iax2.Trunking;

/// <summary>
/// The clock of one trunk, which stamps its datagrams: 0 for the first one, by which a receiver lays it, then milliseconds since, never the same twice.
/// A receiver forgets a trunk that was silent for <see cref="IdleMs"/>, so the clock begins anew then. Any thread, without a lock.
/// </summary>
internal sealed class TrunkClock
{
    public const int IdleMs = 5_000;

    /// <summary>Epoch in the upper 32 bits, last stamp in the lower ones: both change in one exchange. Negative before the first.</summary>
    private long epochAndLast = -1;

    /// <summary>The stamp of a datagram sent at <paramref name="nowMs"/>.</summary>
    public uint Stamp(long nowMs)
    {
        while (true)
        {
            long before = Volatile.Read(ref epochAndLast);
            long after = Next(before, (uint)(nowMs & 0x7FFF_FFFF));
            if (Interlocked.CompareExchange(ref epochAndLast, after, before) == before) return (uint)after;
        }
    }

    private static long Next(long before, uint now)
    {
        uint epoch = (uint)(before >> 32), last = (uint)before;
        uint clock = (now - epoch) & 0x7FFF_FFFF;
        if (before < 0 || clock - last is > IdleMs and < 0x4000_0000) return (long)now << 32;
        return (long)epoch << 32 | ((int)(clock - last) > 0 ? clock : last + 1);
    }
}
