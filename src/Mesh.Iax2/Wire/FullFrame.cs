using System.Buffers.Binary;

namespace Mesh.Iax2.Wire;

/// <summary>
/// A full frame: sequenced, acknowledged, retransmitted (RFC 5456 section 8.1.1). A view over the datagram.
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |1|     Source Call Number      |R|   Destination Call Number   |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                           time-stamp                          |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |    OSeqno     |    ISeqno     |   Frame Type  |C|  Subclass   |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// :                             Data                              :
/// </code>
/// </summary>
public readonly ref struct FullFrame
{
    public const int HeaderLength = 12;

    /// <summary>15 bits; the sender's number.</summary>
    public ushort SourceCall { get; init; }

    /// <summary>15 bits; 0 while the sender does not know it.</summary>
    public ushort DestinationCall { get; init; }

    public bool IsRetransmission { get; init; }

    /// <summary>Milliseconds of the sender's clock for this call.</summary>
    public uint Timestamp { get; init; }

    public byte OutSequence { get; init; }

    /// <summary>The OSeqno the sender expects next: it acknowledges all before.</summary>
    public byte InSequence { get; init; }

    public FrameType Type { get; init; }

    /// <summary>The subclass as it is on the wire; <see cref="SubclassCoding"/> reads it.</summary>
    public byte SubclassOctet { get; init; }

    public ReadOnlySpan<byte> Payload { get; init; }

    public IaxCommand Command => Type == FrameType.Iax ? (IaxCommand)SubclassCoding.Decode(SubclassOctet) : 0;

    public ControlCommand Control => (ControlCommand)SubclassCoding.Decode(SubclassOctet);

    public VoiceFormat Format => (VoiceFormat)(ulong)SubclassCoding.Decode(SubclassOctet);

    /// <summary>True when the frame takes an OSeqno and must be acknowledged.</summary>
    public bool IsSequenced => Type != FrameType.Iax || !Command.IsUnsequenced();

    /// <summary>False for a datagram shorter than a header or without the F bit.</summary>
    public static bool TryRead(ReadOnlySpan<byte> datagram, out FullFrame frame)
    {
        frame = default;
        if (datagram.Length < HeaderLength || (datagram[0] & 0x80) == 0) return false;
        ushort destination = BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]);
        frame = new FullFrame
        {
            SourceCall = (ushort)(BinaryPrimitives.ReadUInt16BigEndian(datagram) & 0x7FFF),
            DestinationCall = (ushort)(destination & 0x7FFF),
            IsRetransmission = (destination & 0x8000) != 0,
            Timestamp = BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]),
            OutSequence = datagram[8],
            InSequence = datagram[9],
            Type = (FrameType)datagram[10],
            SubclassOctet = datagram[11],
            Payload = datagram[HeaderLength..],
        };
        return true;
    }

    /// <summary>Writes header and payload; returns the octets written. <paramref name="destination"/> must hold them.</summary>
    public int Write(Span<byte> destination)
    {
        WriteHeader(destination);
        Payload.CopyTo(destination[HeaderLength..]);
        return HeaderLength + Payload.Length;
    }

    public void WriteHeader(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)(SourceCall | 0x8000));
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)(DestinationCall | (IsRetransmission ? 0x8000 : 0)));
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], Timestamp);
        destination[8] = OutSequence;
        destination[9] = InSequence;
        destination[10] = (byte)Type;
        destination[11] = SubclassOctet;
    }
}
