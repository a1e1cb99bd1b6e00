namespace Mesh.Media.Jitter;

/// <summary>
/// Gives voice back its rhythm at the place where it is heard: holds each frame until the usual latest would have come. Pure: time is handed in, what is to be played is handed out.
/// <para>
/// Each frame's delay is its arrival less its stamp, two clocks whose origin does not matter. The target is the largest usual delay and something extra; a frame is played
/// <c>current</c> after its stamp, and current follows the target: up by a made-up frame, down by a dropped one, and freely at the first frame after silence. A frame that is missing is
/// made up, up to a limit; then it was a pause.
/// </para>
/// Audio only: keys and control never wait here. Nothing is allocated after it was made.
/// </summary>
public sealed class JitterBuffer(JitterBufferOptions options) : IDisposable
{
    private readonly DelayHistory delays = new(options.History, options.TrimPercent);
    private readonly FrameQueue queue = new(options.Capacity, options.MaxFrameOctets);
    private readonly long[] played = MakePlayed();
    private JitterStatistics statistics;

    /// <summary>The latest stamp as it came, made whole, and what is added to it since the sender's clock was last another one.</summary>
    private long whole, shifted, newest = long.MinValue, nextTimestamp = long.MinValue, current, adjustedMs = long.MinValue / 2;

    /// <summary>The least delay of the frames that were late in a row.</summary>
    private long lateAtLeast;
    private int frameMs = options.FrameMs, jumps, concealed, missing, lateInARow, lateRemembered;
    private bool hasBegun, isSilent = true;

    public JitterBufferOptions Options { get; } = options;

    public ref readonly JitterStatistics Statistics => ref statistics;

    /// <summary>How much the delays differ, the rarest left out.</summary>
    public int JitterMs => (int)delays.Jitter;

    /// <summary>How long a frame that came on the fastest way waits.</summary>
    public int DelayMs => hasBegun ? (int)(current - delays.Min) : 0;

    /// <summary>Where <see cref="DelayMs"/> wants to be.</summary>
    public int TargetMs => hasBegun ? (int)(Target - delays.Min) : 0;

    /// <summary>The length of what is to be made up: as long as the frames are.</summary>
    public int ConcealMs => frameMs;

    /// <summary>Frames waiting.</summary>
    public int Waiting => queue.Count;

    /// <summary>When there may be something to <see cref="Take"/>; <see cref="long.MaxValue"/> when nothing waits and nobody talks.</summary>
    public long NextDueMs => !isSilent ? nextTimestamp + current : queue.Count > 0 ? queue.Head.Timestamp + current : long.MaxValue;

    private long Target => delays.Min + Math.Min(Math.Max(delays.Max, lateRemembered > 0 ? lateAtLeast : long.MinValue) - delays.Min + Options.ExtraMs, Options.MaxDelayMs);

    /// <summary>A frame arrived.</summary>
    /// <param name="timestampMs">Of the sender's clock; wraps.</param>
    /// <param name="arrivedMs">Of ours.</param>
    public JitterArrival Put(uint timestampMs, long arrivedMs, int durationMs, AudioCodec codec, ReadOnlySpan<byte> payload)
    {
        statistics.Received++;
        if (payload.Length > Options.MaxFrameOctets) { statistics.Overflowed++; return JitterArrival.TooLong; }
        long timestamp = Whole(timestampMs) + shifted;
        if (IsAnotherClock(arrivedMs - timestamp))
        {
            if (++jumps < Options.ResyncFrames) { statistics.Jumped++; return JitterArrival.Jumped; }
            Resync(ref timestamp, arrivedMs);
        }
        jumps = 0;
        delays.Add(arrivedMs - timestamp);
        if (lateRemembered > 0) lateRemembered--;
        if (nextTimestamp != long.MinValue && timestamp < nextTimestamp) return TooLate(timestamp, arrivedMs - timestamp);
        lateInARow = 0;
        return Queue(timestamp, durationMs, codec, payload);
    }

    /// <summary>
    /// What is to be played at <paramref name="nowMs"/>; ask until it says <see cref="JitterOutput.Wait"/> or <see cref="JitterOutput.Silence"/>. <paramref name="payload"/> holds until
    /// the next <see cref="Put"/>.
    /// </summary>
    public JitterOutput Take(long nowMs, out AudioCodec codec, out ReadOnlySpan<byte> payload)
    {
        codec = AudioCodec.None;
        payload = default;
        while (nowMs >= NextDueMs)
        {
            if (isSilent)
            {
                // What came while it waited may ask for more: nobody hears that either.
                if (Target > current) { current = Target; continue; }
                (isSilent, nextTimestamp) = (false, queue.Head.Timestamp);
            }
            if (Grow(nowMs)) return JitterOutput.Conceal;
            if (queue.Count > 0 && queue.Head.Timestamp <= nextTimestamp)
            {
                // Left behind by a step down.
                if (queue.Head.Timestamp < nextTimestamp) { queue.TakeHead(); statistics.Late++; continue; }
                if (Shrink(nowMs, Options.ShrinkSpacingMs, queue.Head.DurationMs)) { queue.TakeHead(); continue; }
                var frame = queue.TakeHead();
                Played(frame);
                codec = frame.Codec;
                payload = queue.PayloadOf(frame);
                return JitterOutput.Frame;
            }
            // A hole shorter than a frame is not worth filling.
            if (queue.Count > 0 && queue.Head.Timestamp - nextTimestamp < frameMs) { nextTimestamp = queue.Head.Timestamp; continue; }
            if (Shrink(nowMs, Options.ShrinkIdleSpacingMs, frameMs)) { missing++; continue; }
            if (concealed >= Options.MaxConcealed) return FallSilent();
            concealed++;
            missing++;
            statistics.Concealed++;
            nextTimestamp += frameMs;
            return JitterOutput.Conceal;
        }
        return JitterOutput.Wait;
    }

    public void Dispose() => queue.Dispose();

    private JitterArrival Queue(long timestamp, int durationMs, AudioCodec codec, ReadOnlySpan<byte> payload)
    {
        if (queue.IsFull || (queue.Count > 0 && timestamp - queue.Head.Timestamp >= Options.MaxDelayMs + Options.FrameMs)) { statistics.Overflowed++; return JitterArrival.Overflow; }
        bool begins = isSilent && queue.Count == 0;
        if (!queue.TryAdd(timestamp, durationMs, codec, payload)) { statistics.Duplicates++; return JitterArrival.Duplicate; }
        // Nobody hears the delay change while nobody talks.
        if (begins) current = Target;
        hasBegun = true;
        if (timestamp > newest) { newest = timestamp; return JitterArrival.Queued; }
        statistics.OutOfOrder++;
        return JitterArrival.Reordered;
    }

    private JitterArrival TooLate(long timestamp, long delay)
    {
        if (played.AsSpan().Contains(timestamp)) { statistics.Duplicates++; return JitterArrival.Duplicate; }
        statistics.Late++;
        lateAtLeast = lateInARow++ == 0 ? delay : Math.Min(lateAtLeast, delay);
        if (lateInARow >= Options.LateInARow) lateRemembered = Options.LateRemembered;
        if (timestamp < newest) statistics.OutOfOrder++;
        // It was taken for lost.
        if (missing > 0) missing--;
        else if (statistics.Lost > 0) statistics.Lost--;
        return JitterArrival.Late;
    }

    private void Played(in QueuedFrame frame)
    {
        statistics.Played++;
        statistics.Lost += missing;
        for (; missing > 0; missing--) statistics.Count(isLost: true);
        statistics.Count(isLost: false);
        concealed = 0;
        frameMs = frame.DurationMs;
        played[statistics.Played % played.Length] = frame.Timestamp;
        nextTimestamp = frame.Timestamp + frame.DurationMs;
    }

    /// <summary>What was missing was a pause, no loss.</summary>
    private JitterOutput FallSilent()
    {
        (isSilent, concealed, missing) = (true, 0, 0);
        if (queue.Count > 0) current = Target;
        return JitterOutput.Silence;
    }

    private bool Grow(long nowMs)
    {
        if (Target <= current || (nowMs - adjustedMs < Options.GrowSpacingMs && Target - current <= queue.SpanMs)) return false;
        current += frameMs;
        adjustedMs = nowMs;
        statistics.Grown++;
        statistics.Concealed++;
        return true;
    }

    private bool Shrink(long nowMs, int spacingMs, int byMs)
    {
        // Never by so much that it would have to grow again.
        if (current - Target < Math.Max(Options.ExtraMs, byMs) || nowMs - adjustedMs < spacingMs) return false;
        current -= byMs;
        nextTimestamp += byMs;
        adjustedMs = nowMs;
        statistics.Shrunk++;
        return true;
    }

    private bool IsAnotherClock(long delay)
    {
        if (delays.Count == 0 || Options.ResyncThresholdMs < 0) return false;
        long far = Options.ResyncThresholdMs + 2 * delays.Jitter;
        return delay > delays.Max + far || delay < delays.Min - far;
    }

    /// <summary>From now on the sender's stamps are read so that this frame came as fast as the fastest: nothing that waits is lost, and the order stays.</summary>
    private void Resync(ref long timestamp, long arrivedMs)
    {
        long shift = arrivedMs - delays.Min - timestamp;
        shifted += shift;
        timestamp += shift;
        delays.Clear();
        statistics.Resyncs++;
    }

    private static long[] MakePlayed()
    {
        var none = new long[64];
        Array.Fill(none, long.MinValue);
        return none;
    }

    /// <summary>Makes the 32 bits of a stamp whole.</summary>
    private long Whole(uint timestampMs)
    {
        whole = hasBegun || delays.Count > 0 ? whole + (int)(timestampMs - (uint)whole) : timestampMs;
        return whole;
    }
}
