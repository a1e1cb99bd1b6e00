using System.Globalization;

namespace Mesh.Media.Sdp;

/// <summary>What the payload types of one media line mean to us: its rtpmap attributes, and RFC 3551's static table for 0 and 8 where there is none. Of several types for the same the first counts.</summary>
internal readonly struct RtpMap
{
    private static readonly AudioCodec[] PcmuFirst = [AudioCodec.Pcmu, AudioCodec.Pcma], PcmaFirst = [AudioCodec.Pcma, AudioCodec.Pcmu], PcmuOnly = [AudioCodec.Pcmu], PcmaOnly = [AudioCodec.Pcma];
    private readonly byte? pcmu, pcma;

    public RtpMap(SdpMedia media)
    {
        var first = AudioCodec.None;
        for (int i = 0; i < media.Formats.Count; i++)
        {
            if (!byte.TryParse(media.Formats[i], NumberStyles.None, CultureInfo.InvariantCulture, out byte type) || type > 127) continue;
            switch (EncodingOf(media, type))
            {
                case RtpEncoding.Pcmu:
                    pcmu ??= type;
                    if (first == AudioCodec.None) first = AudioCodec.Pcmu;
                    break;
                case RtpEncoding.Pcma:
                    pcma ??= type;
                    if (first == AudioCodec.None) first = AudioCodec.Pcma;
                    break;
                case RtpEncoding.TelephoneEvent: Events ??= type; break;
            }
        }
        Codecs = (pcmu, pcma) switch
        {
            (null, null) => [],
            (not null, null) => PcmuOnly,
            (null, not null) => PcmaOnly,
            _ => first == AudioCodec.Pcmu ? PcmuFirst : PcmaFirst,
        };
    }

    /// <summary>The payload type of telephone events.</summary>
    public byte? Events { get; }

    /// <summary>The codecs of the line, in its order.</summary>
    public IReadOnlyList<AudioCodec> Codecs { get; }

    /// <summary>The payload type of a codec; null when the line has it not.</summary>
    public byte? Of(AudioCodec codec) => codec switch
    {
        AudioCodec.Pcmu => pcmu,
        AudioCodec.Pcma => pcma,
        _ => null,
    };

    private static RtpEncoding EncodingOf(SdpMedia media, byte type)
    {
        for (int i = 0; i < media.Attributes.Count; i++)
            if (media.Attributes[i].Mapping is { } mapping && mapping.PayloadType == type) return mapping.Encoding;
        if (type == AudioCodec.Pcmu.StaticPayloadType()) return RtpEncoding.Pcmu;
        return type == AudioCodec.Pcma.StaticPayloadType() ? RtpEncoding.Pcma : RtpEncoding.Other;
    }
}
