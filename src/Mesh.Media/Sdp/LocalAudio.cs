using Mesh.Io;

namespace Mesh.Media.Sdp;

/// <summary>What our side brings to an offer or an answer.</summary>
/// <param name="Address">Where we want RTP: an address the far end can reach, and the port of an <see cref="Rtp.RtpPort"/>.</param>
/// <param name="Codecs">What we speak, best first.</param>
public sealed record LocalAudio(NetAddress Address, IReadOnlyList<AudioCodec> Codecs)
{
    /// <summary>The payload type we offer for telephone events; null offers none. An answer uses the offer's number.</summary>
    public byte? Events { get; init; } = 101;

    public AudioDirection Direction { get; init; } = AudioDirection.SendReceive;

    public int PtimeMs { get; init; } = AudioCodecs.FrameMs;
}
