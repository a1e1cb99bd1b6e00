using System.Globalization;

namespace Mesh.Media.Sdp;

/// <summary>What the payload types of one media line mean to us: its rtpmap attributes, and RFC 3551's static table for 0 and 8 where there is none.</summary>
internal sealed class RtpMap
{
    private const string TelephoneEvent = "telephone-event";

    /// <summary>The line's payload types that are ours, in its order; None stands for telephone events.</summary>
    private readonly List<(byte PayloadType, AudioCodec Codec)> entries = [];
    private readonly List<AudioCodec> codecs = [];

    public RtpMap(SdpMedia media)
    {
        foreach (string format in media.Formats)
        {
            if (!TryNumber(format, out byte type) || type > 127) continue;
            if (TryMapped(media, type, out var encoding)) Add(type, encoding);
            else if (type == AudioCodec.Pcmu.StaticPayloadType()) Add(type, AudioCodec.Pcmu);
            else if (type == AudioCodec.Pcma.StaticPayloadType()) Add(type, AudioCodec.Pcma);
        }
    }

    /// <summary>telephone-event at our clock rate: one at another rate belongs to another codec.</summary>
    public byte? Events => Find(AudioCodec.None);

    /// <summary>The codecs of the line, in its order.</summary>
    public IReadOnlyList<AudioCodec> Codecs => codecs;

    /// <summary>The payload type of a codec; null when the line has it not.</summary>
    public byte? Of(AudioCodec codec) => codec == AudioCodec.None ? null : Find(codec);

    private byte? Find(AudioCodec codec)
    {
        foreach (var entry in entries)
            if (entry.Codec == codec) return entry.PayloadType;
        return null;
    }

    /// <summary>encoding name / clock rate [ / channels ] (RFC 8866 section 6.6).</summary>
    private void Add(byte type, ReadOnlySpan<char> encoding)
    {
        int slash = encoding.IndexOf('/');
        if (slash < 0) return;
        var name = encoding[..slash];
        var rest = encoding[(slash + 1)..];
        int end = rest.IndexOf('/');
        if (!int.TryParse(end < 0 ? rest : rest[..end], NumberStyles.None, CultureInfo.InvariantCulture, out int rate) || rate != AudioCodecs.ClockRate) return;
        if (Is(name, AudioCodec.Pcma.EncodingName())) Add(type, AudioCodec.Pcma);
        else if (Is(name, AudioCodec.Pcmu.EncodingName())) Add(type, AudioCodec.Pcmu);
        else if (Is(name, TelephoneEvent)) entries.Add((type, AudioCodec.None));
    }

    private void Add(byte type, AudioCodec codec)
    {
        entries.Add((type, codec));
        codecs.Add(codec);
    }

    private static bool TryMapped(SdpMedia media, byte type, out ReadOnlySpan<char> encoding)
    {
        encoding = default;
        for (int i = 0; i < media.Attributes.Count; i++)
        {
            var attribute = media.Attributes[i];
            if (attribute.Value is null || !Is(attribute.Name, "rtpmap")) continue;
            var value = attribute.Value.AsSpan();
            int blank = value.IndexOf(' ');
            if (blank < 0 || !TryNumber(value[..blank], out byte mapped) || mapped != type) continue;
            encoding = value[(blank + 1)..].Trim();
            return true;
        }
        return false;
    }

    private static bool Is(ReadOnlySpan<char> name, string known) => name.Equals(known, StringComparison.OrdinalIgnoreCase);

    private static bool TryNumber(ReadOnlySpan<char> text, out byte number) => byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
