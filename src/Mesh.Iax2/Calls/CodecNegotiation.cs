using Mesh.Iax2.Peers;
using Mesh.Iax2.Wire;

namespace Mesh.Iax2.Calls;

/// <summary>Chooses the one format of a call placed to us (RFC 5456 section 6.2.3; CODEC_PREFS and the priorities are the field's). Pure.</summary>
public static class CodecNegotiation
{
    // When nobody has a wish: what everybody can do and costs little first.
    private static readonly VoiceFormat[] Best =
    [
        VoiceFormat.Ulaw, VoiceFormat.Alaw, VoiceFormat.G719, VoiceFormat.Siren14, VoiceFormat.Siren7, VoiceFormat.G722, VoiceFormat.Slin16, VoiceFormat.Slin, VoiceFormat.G726,
        VoiceFormat.G726Aal2, VoiceFormat.Adpcm, VoiceFormat.Gsm, VoiceFormat.Ilbc, VoiceFormat.Speex16, VoiceFormat.Speex, VoiceFormat.Opus, VoiceFormat.Lpc10, VoiceFormat.G729, VoiceFormat.G7231,
    ];

    /// <summary>What the caller can do: CAPABILITY, or where that is missing its FORMAT.</summary>
    public static VoiceFormat CapabilityOf(Elements request) => request.Capability ?? request.Format ?? VoiceFormat.None;

    /// <summary>The format for a call with <paramref name="request"/> as its NEW; none when there is none in common. <paramref name="own"/> is in our order of preference.</summary>
    public static VoiceFormat Choose(IReadOnlyList<VoiceFormat> own, CodecPriority priority, Elements request)
    {
        var allowed = own.Aggregate(VoiceFormat.None, (all, one) => all | one);
        var common = allowed & CapabilityOf(request);
        var asked = allowed & (request.Format ?? VoiceFormat.None);
        var wished = (request.CodecPreferences ?? "").Select(VoiceFormats.FromPreferenceLetter);
        return priority switch
        {
            CodecPriority.Host => First([.. own, .. wished, .. Best], common),
            CodecPriority.Caller => First([.. wished, .. own, .. Best], common),
            CodecPriority.Disabled => First(Best, asked) is var format and not VoiceFormat.None ? format : First(Best, common),
            _ => First(Best, asked),
        };
    }

    private static VoiceFormat First(IEnumerable<VoiceFormat> order, VoiceFormat among) =>
        order.FirstOrDefault(format => format.IsOneAudioFormat() && (format & among) == format);
}
