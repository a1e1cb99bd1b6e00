using Mesh.Iax2.Wire;
using Mesh.Media;

namespace Mesh.Host.IaxTester.Raw;

/// <summary>The names administrators write for formats, and which of them the tester can speak: G.711. Any other may be named in frames.</summary>
public static class Codecs
{
    public static readonly IReadOnlyList<string> Spoken = ["ulaw", "alaw"];

    public static bool TryParse(string name, out VoiceFormat format) =>
        Enum.TryParse(name, ignoreCase: true, out format) && char.IsAsciiLetter(name[0]) && format != VoiceFormat.None && Enum.IsDefined(format);

    public static string NameOf(VoiceFormat format) => format switch
    {
        VoiceFormat.None => "none",
        _ when Enum.IsDefined(format) => format.ToString().ToLowerInvariant(),
        _ => $"0x{(ulong)format:x}",
    };

    /// <summary>Silence, tones and files are encoded in this law.</summary>
    public static AudioCodec Law(VoiceFormat format) => format switch { VoiceFormat.Ulaw => AudioCodec.Pcmu, VoiceFormat.Alaw => AudioCodec.Pcma, _ => AudioCodec.None };
}
