namespace Mesh.Media.Rtp;

/// <summary>
/// What a receiver keeps of one source: sequence numbers with their wraps, loss, duplicates, and interarrival jitter (RFC 3550 section 6.4.1, appendices A.1, A.3
/// and A.8). Pure: no clock, no socket. A new SSRC or an impossible jump begins again, because phones do so after a re-INVITE.
/// </summary>
public sealed class RtpReception
{
    /// <summary>A step further ahead than this is a restarted sender (RFC 3550 A.1, MAX_DROPOUT).</summary>
    public const int MaxDropout = 3000;

    /// <summary>Packets later than this are of no use to anybody and dropped.</summary>
    public const int Window = 64;

    private long highest = -1, first;
    private ulong seen;
    private uint lastTransit;
    private long jitter16;
    private long lostBefore;

    public uint Ssrc { get; private set; }

    /// <summary>Packets of the present source, each counted once.</summary>
    public long Received { get; private set; }

    /// <summary>Packets that never came, over all sources of this stream. Never negative: duplicates are not counted as received.</summary>
    public long Lost => lostBefore + LostNow;

    /// <summary>Sequence number with the count of wraps in front; -1 before the first packet.</summary>
    public long HighestSequence => highest;

    /// <summary>Packets that should have come from the present source.</summary>
    public long Expected => highest < 0 ? 0 : highest - first + 1;

    /// <summary>Interarrival jitter in timestamp units (125 us).</summary>
    public long Jitter => jitter16 >> 4;

    private long LostNow => Math.Max(0, Expected - Received);

    /// <summary>Takes one packet. Null when it is a duplicate or too late; else how far the sequence moved, as <see cref="AudioFrame.SequenceStep"/>.</summary>
    public int? Take(in RtpHeader header, long arrivedMicros)
    {
        if (highest < 0 || header.Ssrc != Ssrc) return Begin(header, arrivedMicros);
        int step = (short)(header.Sequence - (ushort)highest);
        if (step > MaxDropout || step < -MaxDropout) return Begin(header, arrivedMicros);
        if (step <= -Window || (step <= 0 && (seen >> -step & 1) != 0)) return null;
        if (step > 0)
        {
            seen = step < 64 ? seen << step | 1 : 1;
            highest += step;
            Measure(header.Timestamp, arrivedMicros);
        }
        else
        {
            seen |= 1UL << -step;
        }
        Received++;
        return step;
    }

    private int Begin(in RtpHeader header, long arrivedMicros)
    {
        lostBefore += LostNow;
        Ssrc = header.Ssrc;
        // One round up, so that a packet from before the first does not go below zero.
        first = highest = header.Sequence + 0x10000L;
        seen = 1;
        Received = 1;
        lastTransit = Arrival(arrivedMicros) - header.Timestamp;
        return 1;
    }

    private void Measure(uint timestamp, long arrivedMicros)
    {
        uint transit = Arrival(arrivedMicros) - timestamp;
        long difference = Math.Abs((long)unchecked((int)(transit - lastTransit)));
        lastTransit = transit;
        // A source that jumps its clock says nothing about the path.
        if (difference > AudioCodecs.ClockRate) return;
        jitter16 += difference - ((jitter16 + 8) >> 4);
    }

    private static uint Arrival(long micros) => (uint)(micros / 125);
}
