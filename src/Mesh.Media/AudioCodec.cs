namespace Mesh.Media;

/// <summary>The codecs a port may speak. G.711 is 8 kHz, one octet a sample, 160 octets in 20 ms.</summary>
public enum AudioCodec : byte
{
    None,
    /// <summary>G.711 u-law, RTP payload type 0 (RFC 3551).</summary>
    Pcmu,
    /// <summary>G.711 A-law, RTP payload type 8 (RFC 3551).</summary>
    Pcma,
}
