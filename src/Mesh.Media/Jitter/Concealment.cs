using Mesh.Media.Codecs;

namespace Mesh.Media.Jitter;

/// <summary>
/// Makes up G.711 where frames are missing, after the idea of ITU-T G.711 Appendix I: speech repeats itself with the pitch of the voice, so the last pitch period is repeated, softer and
/// softer, and what comes next is blended in. No delay is added. One of each call; allocates only when made.
/// </summary>
public sealed class Concealment
{
    /// <summary>Pitch periods looked for, samples: 200 Hz to 66 Hz.</summary>
    private const int ShortestPeriod = 40, LongestPeriod = 120;

    /// <summary>Samples compared in the search, and kept of the past.</summary>
    private const int Compared = 160, Kept = Compared + LongestPeriod;

    /// <summary>Full loudness for 10 ms, then a fifth less every 10 ms: silent after 60 ms.</summary>
    private const int FullFor = 80, FadeOver = 400;

    /// <summary>Samples over which the first frame after a gap takes over: 4 ms and more the longer the gap was, 10 ms at most.</summary>
    private const int Blend = 32, LongestBlend = 80;

    private readonly short[] past = new short[Kept], period = new short[LongestPeriod];
    private readonly short[] frame = new short[480];
    private int periodLength, madeUp, step, firstJump, jumpOver;
    private bool isConcealing;

    /// <summary>Samples made up since the last frame that was heard.</summary>
    public int MadeUp => madeUp;

    /// <summary>A frame that is played: remembered, and its beginning blended with what was made up before it. In place.</summary>
    public void Heard(AudioCodec codec, Span<byte> samples)
    {
        var linear = frame.AsSpan(0, Math.Min(samples.Length, frame.Length));
        G711.Decode(codec, samples[..linear.Length], linear);
        if (isConcealing)
        {
            int length = Math.Min(linear.Length, Math.Min(LongestBlend, Blend + madeUp / 8));
            for (int i = 0; i < length; i++) linear[i] = (short)((Next() * (length - i) + linear[i] * i) / length);
            G711.Encode(codec, linear[..length], samples);
        }
        (isConcealing, madeUp) = (false, 0);
        Remember(linear);
    }

    /// <summary>Fills <paramref name="samples"/> with what might have been said.</summary>
    public void Conceal(AudioCodec codec, Span<byte> samples)
    {
        if (!isConcealing) Begin();
        var linear = frame.AsSpan(0, Math.Min(samples.Length, frame.Length));
        for (int i = 0; i < linear.Length; i++) linear[i] = (short)Next();
        G711.Encode(codec, linear, samples);
        Remember(linear);
    }

    /// <summary>Nothing of the past counts any more: it was silent for a while.</summary>
    public void Forget()
    {
        Array.Clear(past);
        (isConcealing, madeUp) = (false, 0);
    }

    private void Begin()
    {
        periodLength = Pitch();
        past.AsSpan(Kept - periodLength).CopyTo(period);
        Join();
        (isConcealing, madeUp, step) = (true, 0, 0);
    }

    /// <summary>The end of the period leads into its beginning, and its beginning goes on from the last sample played.</summary>
    private void Join()
    {
        int quarter = periodLength / 4;
        var before = past.AsSpan(Kept - periodLength - quarter, quarter);
        for (int i = 0; i < quarter; i++)
        {
            ref short at = ref period[periodLength - quarter + i];
            at = (short)((at * (quarter - i) + before[i] * i) / quarter);
        }
        (firstJump, jumpOver) = (past[Kept - 1] - past[Kept - 1 - periodLength], quarter);
    }

    private int Next()
    {
        int sample = period[step];
        step = step + 1 == periodLength ? 0 : step + 1;
        // The first period begins where the last sample was, and leaves that offset behind.
        if (madeUp < jumpOver) sample += firstJump * (jumpOver - madeUp) / jumpOver;
        int faded = madeUp - FullFor;
        madeUp++;
        if (faded >= FadeOver) return 0;
        if (faded > 0) sample = sample * (FadeOver - faded) / FadeOver;
        return Math.Clamp(sample, short.MinValue, short.MaxValue);
    }

    /// <summary>The lag at which the last 20 ms are most like what was before them, by normalised correlation; every second sample first, then around the best.</summary>
    private int Pitch()
    {
        int best = Search(ShortestPeriod, LongestPeriod, 4, 2);
        return Search(Math.Max(ShortestPeriod, best - 3), Math.Min(LongestPeriod, best + 3), 1, 1);
    }

    private int Search(int from, int to, int lagStep, int sampleStep)
    {
        int best = from;
        double bestLikeness = double.NegativeInfinity;
        for (int lag = from; lag <= to; lag += lagStep)
        {
            long product = 0, energy = 1;
            for (int i = Kept - Compared; i < Kept; i += sampleStep)
            {
                int before = past[i - lag];
                product += past[i] * before;
                energy += before * before;
            }
            double likeness = product / Math.Sqrt(energy);
            if (likeness <= bestLikeness) continue;
            (best, bestLikeness) = (lag, likeness);
        }
        return best;
    }

    private void Remember(ReadOnlySpan<short> linear)
    {
        if (linear.Length >= Kept) { linear[^Kept..].CopyTo(past); return; }
        Array.Copy(past, linear.Length, past, 0, Kept - linear.Length);
        linear.CopyTo(past.AsSpan(Kept - linear.Length));
    }
}
