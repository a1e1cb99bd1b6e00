namespace Mesh.Media;

/// <summary>
/// One packet of audio on its way through, valid only during the call that hands it over. The payload lies in a buffer with at least
/// <see cref="Mesh.Io.Datagram.Headroom"/> octets before it, so that the next port writes its header in front without copying, and may be rewritten in place.
/// </summary>
public readonly ref struct AudioFrame(Span<byte> buffer, int offset, int length, AudioCodec codec, uint timestamp, bool marker, int sequenceStep = 1)
{
    public Span<byte> Buffer { get; } = buffer;

    public int Offset { get; } = offset;

    public int Length { get; } = length;

    public AudioCodec Codec { get; } = codec;

    /// <summary>Samples of the sender's 8 kHz clock; only differences mean anything.</summary>
    public uint Timestamp { get; } = timestamp;

    /// <summary>First packet after silence (RTP marker bit).</summary>
    public bool Marker { get; } = marker;

    /// <summary>
    /// How far the sender's sequence number moved: 1 in order, 3 after two lost packets, 0 or less for one that comes late. The next port repeats it, so that
    /// loss and reordering stay visible to the far end. Sources without sequence numbers leave it 1.
    /// </summary>
    public int SequenceStep { get; } = sequenceStep;

    public Span<byte> Payload => Buffer.Slice(Offset, Length);
}
