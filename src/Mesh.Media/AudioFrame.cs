namespace Mesh.Media;

/// <summary>
/// One packet of audio on its way through, valid only during the call that hands it over. The payload lies in a buffer with at least
/// <see cref="Mesh.Io.Datagram.Headroom"/> octets before it, so that the next port writes its header in front without copying, and may be rewritten in place.
/// </summary>
public readonly ref struct AudioFrame(Span<byte> buffer, int offset, int length, AudioCodec codec, uint timestamp, bool marker)
{
    public Span<byte> Buffer { get; } = buffer;

    public int Offset { get; } = offset;

    public int Length { get; } = length;

    public AudioCodec Codec { get; } = codec;

    /// <summary>Samples of the sender's 8 kHz clock; only differences mean anything.</summary>
    public uint Timestamp { get; } = timestamp;

    /// <summary>First packet after silence (RTP marker bit).</summary>
    public bool Marker { get; } = marker;

    public Span<byte> Payload => Buffer.Slice(Offset, Length);
}
