namespace Mesh.Iax2.Wire;

/// <summary>Media formats, one bit each (RFC 5456 section 8.7, and the 64-bit extension of FORMAT2). A value may hold several.</summary>
[Flags]
public enum VoiceFormat : ulong
{
    None = 0,
    G7231 = 1UL << 0,
    Gsm = 1UL << 1,
    /// <summary>G.711 u-law, 160 octets in 20 ms.</summary>
    Ulaw = 1UL << 2,
    /// <summary>G.711 A-law, 160 octets in 20 ms.</summary>
    Alaw = 1UL << 3,
    G726Aal2 = 1UL << 4,
    Adpcm = 1UL << 5,
    /// <summary>16-bit linear at 8 kHz, big-endian on the wire whatever the RFC's text says.</summary>
    Slin = 1UL << 6,
    Lpc10 = 1UL << 7,
    G729 = 1UL << 8,
    Speex = 1UL << 9,
    Ilbc = 1UL << 10,
    G726 = 1UL << 11,
    G722 = 1UL << 12,
    Siren7 = 1UL << 13,
    Siren14 = 1UL << 14,
    Slin16 = 1UL << 15,
    Jpeg = 1UL << 16,
    Png = 1UL << 17,
    H261 = 1UL << 18,
    H263 = 1UL << 19,
    H263Plus = 1UL << 20,
    H264 = 1UL << 21,
    Mpeg4 = 1UL << 22,
    Vp8 = 1UL << 23,
    T140Red = 1UL << 26,
    T140 = 1UL << 27,
    G719 = 1UL << 32,
    Speex16 = 1UL << 33,
    Opus = 1UL << 34,

    /// <summary>Every bit that is audio: what a VOICE frame may carry.</summary>
    AllAudio = 0xFFFF | G719 | Speex16 | Opus,
}
