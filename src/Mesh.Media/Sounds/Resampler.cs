namespace Mesh.Media.Sounds;

/// <summary>Brings a whole sound to 8 kHz with a windowed sinc (Hann, 32 zero crossings a side), when it is loaded and not while it is played.</summary>
public static class Resampler
{
    private const int ZeroCrossings = 32;

    /// <summary>Speech ends at 3.4 kHz; the rest up to the edge is the filter's slope.</summary>
    private const double Cutoff = 0.95;

    public static short[] ToClockRate(ReadOnlySpan<short> samples, int rate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate);
        if (rate == AudioCodecs.ClockRate) return samples.ToArray();
        double ratio = (double)rate / AudioCodecs.ClockRate;
        // Downwards the filter also keeps what 8 kHz cannot hold from folding back.
        double bandwidth = Cutoff * Math.Min(1, 1 / ratio);
        var result = new short[(int)(samples.Length / ratio)];
        for (int i = 0; i < result.Length; i++)
            result[i] = (short)Math.Clamp(Math.Round(At(samples, i * ratio, bandwidth)), short.MinValue, short.MaxValue);
        return result;
    }

    private static double At(ReadOnlySpan<short> samples, double position, double bandwidth)
    {
        double reach = ZeroCrossings / bandwidth, sum = 0;
        int first = Math.Max(0, (int)Math.Ceiling(position - reach)), last = Math.Min(samples.Length - 1, (int)(position + reach));
        for (int i = first; i <= last; i++)
        {
            double x = i - position;
            double window = 0.5 + 0.5 * Math.Cos(Math.PI * x / reach);
            sum += samples[i] * bandwidth * Sinc(bandwidth * x) * window;
        }
        return sum;
    }

    private static double Sinc(double x) => Math.Abs(x) < 1e-12 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
}
