using System.Buffers.Binary;

namespace Mesh.Iax2.Wire;

/// <summary>
/// A mini video frame (RFC 5456 section 8.1.3.1).
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |0|     Meta Indicator (0)      |1|      Source Call Number     |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |M|          time-stamp         |             Data              :
/// </code>
/// </summary>
public readonly ref struct MiniVideoFrame
{
    public const int HeaderLength = 6;

    public ushort SourceCall { get; init; }

    /// <summary>The last slice of a picture.</summary>
    public bool Marker { get; init; }

    /// <summary>The low 15 bits of the sender's clock.</summary>
    public ushort Timestamp { get; init; }

    public ReadOnlySpan<byte> Payload { get; init; }

    public static bool TryRead(ReadOnlySpan<byte> datagram, out MiniVideoFrame frame)
    {
        frame = default;
        if (datagram.Length < HeaderLength || datagram[0] != 0 || datagram[1] != 0 || (datagram[2] & 0x80) == 0) return false;
        ushort stamp = BinaryPrimitives.ReadUInt16BigEndian(datagram[4..]);
        frame = new MiniVideoFrame
        {
            SourceCall = (ushort)(BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]) & 0x7FFF),
            Marker = (stamp & 0x8000) != 0,
            Timestamp = (ushort)(stamp & 0x7FFF),
            Payload = datagram[HeaderLength..],
        };
        return true;
    }

    public int Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination, 0);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)(SourceCall | 0x8000));
        BinaryPrimitives.WriteUInt16BigEndian(destination[4..], (ushort)(Timestamp | (Marker ? 0x8000 : 0)));
        Payload.CopyTo(destination[HeaderLength..]);
        return HeaderLength + Payload.Length;
    }
}
