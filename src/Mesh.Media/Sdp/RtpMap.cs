using System.Globalization;

namespace Mesh.Media.Sdp;

/// <summary>What the payload types of one media line mean: its rtpmap attributes, and RFC 3551's static table for 0 and 8 where there is none.</summary>
internal sealed class RtpMap
{
    private readonly List<(byte PayloadType, string Encoding, int Rate)> entries = [];

    public RtpMap(SdpMedia media)
    {
        foreach (string format in media.Formats)
        {
            if (!byte.TryParse(format, NumberStyles.None, CultureInfo.InvariantCulture, out byte type) || type > 127) continue;
            if (Mapped(media, type) is { } mapped) entries.Add((type, mapped.Encoding, mapped.Rate));
            else if (type == AudioCodec.Pcmu.StaticPayloadType()) entries.Add((type, AudioCodec.Pcmu.EncodingName(), AudioCodecs.ClockRate));
            else if (type == AudioCodec.Pcma.StaticPayloadType()) entries.Add((type, AudioCodec.Pcma.EncodingName(), AudioCodecs.ClockRate));
        }
    }

    /// <summary>The payload type of a codec; null when the line has it not.</summary>
    public byte? Of(AudioCodec codec) => Find(codec.EncodingName());

    /// <summary>telephone-event at our clock rate: one at another rate belongs to another codec.</summary>
    public byte? Events => Find("telephone-event");

    /// <summary>The codecs of the line, in its order.</summary>
    public IEnumerable<AudioCodec> Codecs
    {
        get
        {
            foreach (var (_, encoding, rate) in entries)
            {
                if (rate != AudioCodecs.ClockRate) continue;
                if (encoding.Equals("PCMA", StringComparison.OrdinalIgnoreCase)) yield return AudioCodec.Pcma;
                else if (encoding.Equals("PCMU", StringComparison.OrdinalIgnoreCase)) yield return AudioCodec.Pcmu;
            }
        }
    }

    private byte? Find(string encoding)
    {
        foreach (var entry in entries)
            if (entry.Rate == AudioCodecs.ClockRate && entry.Encoding.Equals(encoding, StringComparison.OrdinalIgnoreCase)) return entry.PayloadType;
        return null;
    }

    /// <summary>rtpmap: payload type, blank, encoding name / clock rate [ / channels ] (RFC 8866 section 6.6).</summary>
    private static (string Encoding, int Rate)? Mapped(SdpMedia media, byte type)
    {
        foreach (var attribute in media.Attributes)
        {
            if (attribute.Value is null || !attribute.Name.Equals("rtpmap", StringComparison.OrdinalIgnoreCase)) continue;
            var fields = attribute.Value.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length != 2 || !byte.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out byte mapped) || mapped != type) continue;
            var encoding = fields[1].Trim().Split('/');
            return (encoding[0], encoding.Length > 1 && int.TryParse(encoding[1], NumberStyles.None, CultureInfo.InvariantCulture, out int rate) ? rate : 0);
        }
        return null;
    }
}
