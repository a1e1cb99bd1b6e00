using Mesh.Io;
using Mesh.Media.Codecs;

namespace Mesh.Media.Sounds;

/// <summary>
/// Listens for one tone and says what was heard of it: its level, its true frequency, when it began, and how often it broke off. Works in blocks of 20 ms.
/// A block holds the tone when its level is above <see cref="ThresholdDbm0"/> and the tone is most of its energy. Fed by one loop; read by anybody.
/// </summary>
/// <param name="frequencyHz">The tone to listen for; a neighbour closer than 50 Hz is taken for it.</param>
/// <param name="clock">For <see cref="FirstHeardMs"/>; null leaves it 0.</param>
public sealed class ToneDetector(double frequencyHz, MeshClock? clock = null) : IAudioSink
{
    public const double ThresholdDbm0 = -40;
    private const int Block = AudioCodecs.FrameOctets;
    private const double BlockSeconds = (double)Block / AudioCodecs.ClockRate;

    private readonly short[] block = new short[Block];
    private readonly FrequencyEstimate estimate = new(frequencyHz, BlockSeconds);
    private int filled, silentBlocks;
    private uint expected;
    private double levelSum;

    public double FrequencySoughtHz { get; } = frequencyHz;

    /// <summary>The tone is in the latest block.</summary>
    public bool IsPresent { get; private set; }

    /// <summary>Milliseconds of tone so far.</summary>
    public long HeardMs { get; private set; }

    /// <summary>When the tone was first heard, on the given clock.</summary>
    public long FirstHeardMs { get; private set; }

    /// <summary>Average level while heard.</summary>
    public double LevelDbm0 => HeardMs == 0 ? double.NegativeInfinity : levelSum / (HeardMs / AudioCodecs.FrameMs);

    /// <summary>Measured frequency, within a fraction of a hertz; 0 before two neighbouring blocks were heard.</summary>
    public double FrequencyHz => estimate.Hertz;

    /// <summary>Times the tone broke off and came back.</summary>
    public int Gaps { get; private set; }

    public int LongestGapMs { get; private set; }

    /// <summary>Packets whose timestamp did not follow the one before: lost, or a clock that jumped.</summary>
    public int Discontinuities { get; private set; }

    public long Packets { get; private set; }

    /// <summary>Keys heard, in order, as they were let go.</summary>
    public string Digits { get; private set; } = "";

    public void OnAudio(in AudioFrame frame)
    {
        if (Packets++ > 0 && frame.Timestamp != expected)
        {
            Discontinuities++;
            filled = 0;
            estimate.Break();
        }
        expected = frame.Timestamp + (uint)frame.Length;
        for (var rest = frame.Payload; rest.Length > 0; )
        {
            int n = Math.Min(rest.Length, Block - filled);
            G711.Decode(frame.Codec, rest[..n], block.AsSpan(filled));
            rest = rest[n..];
            filled += n;
            if (filled == Block) Judge();
        }
    }

    public void OnDigit(DigitEvent digit)
    {
        if (digit.IsEnd && Digits.Length < 64) Digits += digit.Digit;
    }

    private void Judge()
    {
        filled = 0;
        var amplitude = Goertzel.Amplitude(block, FrequencySoughtHz);
        double energy = 0;
        foreach (short sample in block) energy += (double)sample * sample;
        double toneEnergy = amplitude.Magnitude * amplitude.Magnitude / 2 * Block;
        double level = 20 * Math.Log10(Math.Max(1e-9, amplitude.Magnitude / short.MaxValue)) + ToneGenerator.FullScaleDbm0;
        IsPresent = level > ThresholdDbm0 && toneEnergy > energy / 3;
        if (IsPresent) Heard(level, amplitude.Phase);
        else Missed();
    }

    private void Heard(double level, double phase)
    {
        if (HeardMs == 0) FirstHeardMs = clock?.NowMs ?? 0;
        else if (silentBlocks > 0) Gaps++;
        LongestGapMs = HeardMs == 0 ? 0 : Math.Max(LongestGapMs, silentBlocks * AudioCodecs.FrameMs);
        silentBlocks = 0;
        levelSum += level;
        HeardMs += AudioCodecs.FrameMs;
        estimate.Add(phase);
    }

    private void Missed()
    {
        silentBlocks++;
        estimate.Break();
    }
}
