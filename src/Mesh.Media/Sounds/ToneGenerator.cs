namespace Mesh.Media.Sounds;

/// <summary>Makes tones as 16-bit linear samples at 8 kHz. Levels in dBm0, where a full-scale sine is +3.14 (G.711 table 5).</summary>
public static class ToneGenerator
{
    /// <summary>The level of a sine that just reaches the largest sample.</summary>
    public const double FullScaleDbm0 = 3.14;

    /// <summary>A part of a cadence: these frequencies together, or silence when there are none.</summary>
    /// <param name="DurationMs">How long.</param>
    /// <param name="Frequencies">In hertz, all at the same level.</param>
    public readonly record struct Part(int DurationMs, params double[] Frequencies);

    /// <summary>One sine.</summary>
    public static short[] Sine(double frequencyHz, int durationMs, double levelDbm0 = -10) =>
        Cadence(levelDbm0, new Part(durationMs, frequencyHz));

    /// <summary>
    /// The parts one after another, each frequency at <paramref name="levelDbm0"/>. Phase runs on over the pauses, so a cadence whose length holds whole periods
    /// repeats without a click.
    /// </summary>
    public static short[] Cadence(double levelDbm0, params ReadOnlySpan<Part> parts)
    {
        int total = 0;
        foreach (var part in parts) total += Samples(part);
        var samples = new short[total];
        int at = 0;
        foreach (var part in parts)
        {
            for (int i = 0; i < Samples(part); i++, at++) samples[at] = At(at, part.Frequencies, Amplitude(levelDbm0));
        }
        return samples;
    }

    private static int Samples(Part part) => part.DurationMs * AudioCodecs.ClockRate / 1000;

    private static double Amplitude(double levelDbm0) => short.MaxValue * Math.Pow(10, (levelDbm0 - FullScaleDbm0) / 20);

    private static short At(int sample, double[] frequencies, double amplitude)
    {
        double sum = 0;
        foreach (double frequency in frequencies) sum += amplitude * Math.Sin(2 * Math.PI * frequency * sample / AudioCodecs.ClockRate);
        return (short)Math.Clamp(Math.Round(sum), short.MinValue, short.MaxValue);
    }
}
