namespace Mesh.Media.Sounds;

/// <summary>
/// The tones British callers know (ITU-T E.180 supplement 2, United Kingdom), one cadence each, rendered once and played endlessly by everybody who hears them.
/// </summary>
public static class UkTones
{
    /// <summary>Each of ringback's two frequencies, so that together they are not louder than speech.</summary>
    private const double RingbackDbm0 = -19;
    private const double SingleDbm0 = -16;

    /// <summary>400 + 450 Hz: 0.4 s on, 0.2 off, 0.4 on, 2.0 off.</summary>
    public static Sound Ringback { get; } = new(ToneGenerator.Cadence(RingbackDbm0, new(400, 400, 450), new(200), new(400, 400, 450), new(2000)));

    /// <summary>400 Hz: 0.375 s on, 0.375 off.</summary>
    public static Sound Busy { get; } = new(ToneGenerator.Cadence(SingleDbm0, new(375, 400), new(375)));

    /// <summary>400 Hz: 0.4 s on, 0.35 off, 0.225 on, 0.525 off. Lines or equipment engaged.</summary>
    public static Sound Congestion { get; } = new(ToneGenerator.Cadence(SingleDbm0, new(400, 400), new(350), new(225, 400), new(525)));

    /// <summary>400 Hz without a pause: no such number.</summary>
    public static Sound Unobtainable { get; } = new(ToneGenerator.Cadence(SingleDbm0, new ToneGenerator.Part(1000, 400)));
}
