using System.Numerics;

namespace Mesh.Iax2.Wire;

/// <summary>Names and preference letters of <see cref="VoiceFormat"/>, and the choice of one common format.</summary>
public static class VoiceFormats
{
    // CODEC_PREFS: one letter a codec, its place in a fixed list that is not the order of the bits.
    private static readonly (VoiceFormat Format, char Letter)[] Letters =
    [
        (VoiceFormat.G7231, 'B'), (VoiceFormat.Gsm, 'C'), (VoiceFormat.Ulaw, 'D'), (VoiceFormat.Alaw, 'E'), (VoiceFormat.G726, 'F'),
        (VoiceFormat.Adpcm, 'G'), (VoiceFormat.Slin, 'H'), (VoiceFormat.Lpc10, 'I'), (VoiceFormat.G729, 'J'), (VoiceFormat.Speex, 'K'),
        (VoiceFormat.Speex16, 'L'), (VoiceFormat.Ilbc, 'M'), (VoiceFormat.G726Aal2, 'N'), (VoiceFormat.G722, 'O'), (VoiceFormat.Slin16, 'P'),
        (VoiceFormat.Siren7, 'Z'), (VoiceFormat.Siren14, '['), (VoiceFormat.G719, ']'), (VoiceFormat.Opus, 'f'),
    ];

    /// <summary>True when exactly one bit is set and it is audio.</summary>
    public static bool IsOneAudioFormat(this VoiceFormat format) =>
        BitOperations.PopCount((ulong)format) == 1 && (format & VoiceFormat.AllAudio) != 0;

    /// <summary>The letter of one format in CODEC_PREFS; NUL when it has none.</summary>
    public static char PreferenceLetter(VoiceFormat format)
    {
        foreach (var (known, letter) in Letters)
            if (known == format) return letter;
        return '\0';
    }

    /// <summary>The format of a letter of CODEC_PREFS; none when unknown.</summary>
    public static VoiceFormat FromPreferenceLetter(char letter)
    {
        foreach (var (format, known) in Letters)
            if (known == letter) return format;
        return VoiceFormat.None;
    }

    /// <summary>Writes formats in order of preference as CODEC_PREFS has them.</summary>
    public static string ToPreferences(IEnumerable<VoiceFormat> formats) =>
        string.Concat(formats.Select(PreferenceLetter).Where(letter => letter != '\0').Take(31));
}
