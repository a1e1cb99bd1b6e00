namespace Mesh.Media.Sounds;

/// <summary>The special information tones that begin an announcement (ITU-T E.180 clause 7): 950, 1400 and 1800 Hz, a third of a second each, then a second of silence. People and machines know them everywhere.</summary>
public static class InformationTones
{
    public const double FirstHz = 950, SecondHz = 1400, ThirdHz = 1800;

    private const int PartMs = 330;
    private const double LevelDbm0 = -16;

    /// <summary>16-bit linear at 8 kHz.</summary>
    public static short[] Samples { get; } = ToneGenerator.Cadence(LevelDbm0, new(PartMs, FirstHz), new(PartMs, SecondHz), new(PartMs, ThirdHz), new(1000));
}
