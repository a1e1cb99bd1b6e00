namespace Mesh.Iax2.Calls;

/// <summary>What an arriving sequence number says.</summary>
public enum Arrival
{
    InOrder,
    /// <summary>Seen before: acknowledge again, do not look at it.</summary>
    Duplicate,
    /// <summary>One before it is missing.</summary>
    Ahead,
}

/// <summary>
/// The sequence numbers and the unacknowledged frames of one call (RFC 5456 section 7). Pure: time is handed in, frames to send again are handed out.
/// Numbers are modulo 256; at most <see cref="Capacity"/> frames are outstanding, so that new and old stay apart.
/// </summary>
public sealed class ReliableWindow(RetransmissionSchedule schedule)
{
    public const int Capacity = 64;

    /// <summary>Room above <see cref="Capacity"/> for the frame that ends a call: a call can always be ended.</summary>
    private const int HardCapacity = 96;

    private Outstanding[] ring = new Outstanding[4];
    private byte oldest;

    private struct Outstanding
    {
        public byte[] Frame;
        public long FirstSentMs, DueMs, LastSentMs;
        public int WaitMs, Transmissions;
    }

    /// <summary>OSeqno of the next sequenced frame.</summary>
    public byte NextOut { get; private set; }

    /// <summary>ISeqno: the OSeqno expected next from the peer.</summary>
    public byte Expected { get; private set; }

    public int Count => (byte)(NextOut - oldest);

    public bool IsFull => Count >= Capacity;

    /// <summary>Keeps a frame just sent under <see cref="NextOut"/>, which moves on. The window must not be full, but for the frame that ends the call.</summary>
    public void Add(byte[] frame, long nowMs, int firstWaitMs)
    {
        if (Count >= HardCapacity) throw new InvalidOperationException("the window is full");
        if (Count == ring.Length) Grow();
        this[NextOut] = new Outstanding
        {
            Frame = frame, FirstSentMs = nowMs, LastSentMs = nowMs, DueMs = nowMs + firstWaitMs, WaitMs = firstWaitMs, Transmissions = 1,
        };
        NextOut++;
    }

    /// <summary>Takes the OSeqno of a sequenced frame; in order, the next one is expected.</summary>
    public Arrival Arrive(byte outSequence)
    {
        byte behind = (byte)(Expected - outSequence);
        if (behind == 0) { Expected++; return Arrival.InOrder; }
        return behind < 128 ? Arrival.Duplicate : Arrival.Ahead;
    }

    /// <summary>Takes an ISeqno: everything before it has arrived. Returns how many frames that releases; a number outside the window releases none.</summary>
    public int Acknowledge(byte inSequence)
    {
        int released = (byte)(inSequence - oldest);
        if (released == 0 || released > Count) return 0;
        for (int i = 0; i < released; i++) this[(byte)(oldest + i)] = default;
        oldest = inSequence;
        return released;
    }

    /// <summary>
    /// The peer acknowledged something, so it is there: what is left waits from now on, as if just sent. Without this the last of a full window would be given up for
    /// the time those before it took, since a receiver keeps nothing that comes out of order.
    /// </summary>
    public void Renew(long nowMs, int firstWaitMs)
    {
        for (byte n = oldest; n != NextOut; n++)
        {
            ref var held = ref this[n];
            held.FirstSentMs = nowMs;
            held.Transmissions = 1;
            held.WaitMs = firstWaitMs;
            held.DueMs = nowMs + firstWaitMs;
        }
    }

    /// <summary>Forgets what is outstanding; the numbers go on.</summary>
    public void Forget() => Acknowledge(NextOut);

    /// <summary>Begins again at 0 and 0: after a CALLTOKEN the same request is sent as if it were the first.</summary>
    public void Restart()
    {
        Forget();
        oldest = NextOut = Expected = 0;
    }

    /// <summary>When the next retransmission is due, in milliseconds; <see cref="long.MaxValue"/> when nothing is outstanding.</summary>
    public long NextDueMs
    {
        get
        {
            long due = long.MaxValue;
            for (byte n = oldest; n != NextOut; n++) due = Math.Min(due, this[n].DueMs);
            return due;
        }
    }

    /// <summary>
    /// Hands out one frame due at <paramref name="nowMs"/>, oldest first, and sets its next time; null when there is none.
    /// <paramref name="exhausted"/>: it was sent as often as it may be, the peer is gone.
    /// </summary>
    public byte[]? TakeDue(long nowMs, out bool exhausted)
    {
        exhausted = false;
        for (byte n = oldest; n != NextOut; n++)
        {
            ref var held = ref this[n];
            if (held.DueMs > nowMs) continue;
            exhausted = schedule.IsExhausted(held.Transmissions, nowMs - held.FirstSentMs);
            if (exhausted) return null;
            held.WaitMs = schedule.Next(held.WaitMs);
            held.DueMs = nowMs + held.WaitMs;
            held.LastSentMs = nowMs;
            held.Transmissions++;
            return held.Frame;
        }
        return null;
    }

    /// <summary>
    /// Hands out, one a call, the outstanding frames from <paramref name="cursor"/> (the ISeqno of a VNAK) on; null at the end.
    /// One sent within the last <paramref name="atLeastMs"/> milliseconds is left out, so that a storm of VNAK costs bounded work.
    /// </summary>
    public byte[]? TakeFrom(ref byte cursor, long nowMs, int atLeastMs)
    {
        if ((byte)(cursor - oldest) > Count) cursor = oldest;
        while (cursor != NextOut)
        {
            ref var held = ref this[cursor++];
            if (nowMs - held.LastSentMs < atLeastMs) continue;
            held.LastSentMs = nowMs;
            return held.Frame;
        }
        return null;
    }

    /// <summary>True while the frame of that number waits for its acknowledgement.</summary>
    public bool IsOutstanding(byte outSequence) => (byte)(outSequence - oldest) < Count;

    /// <summary>OSeqno of the oldest frame not yet acknowledged.</summary>
    public byte Oldest => oldest;

    private ref Outstanding this[byte number] => ref ring[number & (ring.Length - 1)];

    private void Grow()
    {
        var larger = new Outstanding[ring.Length * 2];
        for (byte n = oldest; n != NextOut; n++) larger[n & (larger.Length - 1)] = this[n];
        ring = larger;
    }
}
