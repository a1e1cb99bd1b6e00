namespace Mesh.Iax2.Wire;

/// <summary>What a full frame carries (RFC 5456 section 8.2; 11 and 12 are in use beyond it).</summary>
public enum FrameType : byte
{
    None = 0,
    /// <summary>The release of a key. The only DTMF frame RFC 5456 knows: a peer may send it without <see cref="DtmfBegin"/>.</summary>
    DtmfEnd = 1,
    Voice = 2,
    Video = 3,
    Control = 4,
    Null = 5,
    Iax = 6,
    /// <summary>UTF-8 with a trailing NUL.</summary>
    Text = 7,
    Image = 8,
    Html = 9,
    ComfortNoise = 10,
    Modem = 11,
    DtmfBegin = 12,
}
