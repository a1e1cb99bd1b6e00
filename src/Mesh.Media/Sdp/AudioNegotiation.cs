using Mesh.Io;

namespace Mesh.Media.Sdp;

/// <summary>
/// What an offer and its answer agreed about one audio stream, as one side needs it: where to send, as what, and how to read what comes.
/// Handed to <see cref="Rtp.RtpPort.Apply"/>.
/// </summary>
public sealed record AudioNegotiation
{
    /// <summary>Where the far end wants its RTP; <see cref="NetAddress.IsNone"/> when it wants none (0.0.0.0).</summary>
    public required NetAddress Remote { get; init; }

    /// <summary>Where it wants RTCP: its a=rtcp (RFC 3605), else the next port.</summary>
    public NetAddress RemoteRtcp { get; init; }

    /// <summary>The codec we send.</summary>
    public required AudioCodec Codec { get; init; }

    /// <summary>Its payload type when we send.</summary>
    public required byte PayloadType { get; init; }

    /// <summary>Payload types under which the far end sends to us.</summary>
    public byte ReceivePcmu { get; init; } = 0;

    public byte ReceivePcma { get; init; } = 8;

    /// <summary>telephone-event/8000 (RFC 4733) when we send; null when the far end takes none.</summary>
    public byte? SendEvents { get; init; }

    /// <summary>telephone-event/8000 as the far end sends it to us.</summary>
    public byte? ReceiveEvents { get; init; }

    /// <summary>Our side's directions.</summary>
    public AudioDirection Direction { get; init; } = AudioDirection.SendReceive;

    /// <summary>Milliseconds a packet the far end would like (a=ptime).</summary>
    public int PtimeMs { get; init; } = 20;

    /// <summary>True when we may send and know where to.</summary>
    public bool MaySend => Direction.Sends() && !Remote.IsNone && Remote.Port != 0;

    /// <summary>The codec of a received payload type; None when it is not one of ours.</summary>
    public AudioCodec CodecOf(byte payloadType) =>
        payloadType == ReceivePcma ? AudioCodec.Pcma : payloadType == ReceivePcmu ? AudioCodec.Pcmu : AudioCodec.None;
}
