namespace Mesh.Media;

/// <summary>What RFC 3551 says of each codec.</summary>
public static class AudioCodecs
{
    /// <summary>Samples in a second, and RTP timestamp units, of every codec here.</summary>
    public const int ClockRate = 8000;

    /// <summary>Octets and samples in a packet of 20 ms.</summary>
    public const int FrameOctets = 160;

    /// <summary>Milliseconds in a packet we make ourselves.</summary>
    public const int FrameMs = 20;

    /// <summary>The static RTP payload type (RFC 3551 table 4).</summary>
    public static byte StaticPayloadType(this AudioCodec codec) => codec switch
    {
        AudioCodec.Pcmu => 0,
        AudioCodec.Pcma => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(codec)),
    };

    /// <summary>The encoding name in an rtpmap attribute.</summary>
    public static string EncodingName(this AudioCodec codec) => codec switch
    {
        AudioCodec.Pcmu => "PCMU",
        AudioCodec.Pcma => "PCMA",
        _ => throw new ArgumentOutOfRangeException(nameof(codec)),
    };
}
