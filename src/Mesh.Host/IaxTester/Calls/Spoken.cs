using Mesh.Media.Sounds;

namespace Mesh.Host.IaxTester.Calls;

/// <summary>What an end of a call says.</summary>
public enum SpokenKind
{
    Nothing,
    Tone,
    File,
    /// <summary>What it hears.</summary>
    Echo,
}

/// <summary>What an end of a call says, ready to be played.</summary>
/// <param name="Sound">Of a tone or a file.</param>
public sealed record Spoken(SpokenKind Kind, Sound? Sound, bool IsEndless)
{
    private const double ToneDbm0 = -10;

    public static readonly Spoken Nothing = new(SpokenKind.Nothing, null, false);

    public static readonly Spoken Echo = new(SpokenKind.Echo, null, true);

    /// <summary>One second holds whole periods of every whole number of hertz, so that it repeats without a click.</summary>
    public static Spoken Tone(int hertz) => new(SpokenKind.Tone, new Sound(ToneGenerator.Sine(hertz, 1000, ToneDbm0)), true);

    public static Spoken File(WavFile wav) => new(SpokenKind.File, wav.ToSound(), false);

    public ISoundSource Play() => IsEndless ? Sound!.PlayEndless() : Sound!.Play();
}
