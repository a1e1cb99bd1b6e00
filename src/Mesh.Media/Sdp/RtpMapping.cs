using System.Globalization;

namespace Mesh.Media.Sdp;

/// <summary>What a payload type stands for, as far as it is ours.</summary>
internal enum RtpEncoding : byte
{
    Other,
    Pcmu,
    Pcma,
    TelephoneEvent,
}

/// <summary>An rtpmap attribute (RFC 8866 section 6.6): payload type, encoding name / clock rate [ / channels ].</summary>
internal readonly record struct RtpMapping(byte PayloadType, RtpEncoding Encoding)
{
    /// <summary>Null for any other attribute, and for an rtpmap that names no payload type.</summary>
    public static RtpMapping? Read(string name, string? value)
    {
        if (value is null || !Is(name, "rtpmap")) return null;
        int blank = value.IndexOf(' ');
        if (blank < 0 || !byte.TryParse(value.AsSpan(0, blank), NumberStyles.None, CultureInfo.InvariantCulture, out byte type)) return null;
        return new RtpMapping(type, EncodingOf(value.AsSpan(blank + 1).Trim()));
    }

    /// <summary>telephone-event counts at our clock rate only: one at another belongs to another codec.</summary>
    private static RtpEncoding EncodingOf(ReadOnlySpan<char> encoding)
    {
        int slash = encoding.IndexOf('/');
        if (slash < 0) return RtpEncoding.Other;
        var name = encoding[..slash];
        var rest = encoding[(slash + 1)..];
        int end = rest.IndexOf('/');
        if (!int.TryParse(end < 0 ? rest : rest[..end], NumberStyles.None, CultureInfo.InvariantCulture, out int rate) || rate != AudioCodecs.ClockRate) return RtpEncoding.Other;
        if (Is(name, AudioCodec.Pcma.EncodingName())) return RtpEncoding.Pcma;
        if (Is(name, AudioCodec.Pcmu.EncodingName())) return RtpEncoding.Pcmu;
        return Is(name, "telephone-event") ? RtpEncoding.TelephoneEvent : RtpEncoding.Other;
    }

    private static bool Is(ReadOnlySpan<char> name, string known) => name.Equals(known, StringComparison.OrdinalIgnoreCase);
}
