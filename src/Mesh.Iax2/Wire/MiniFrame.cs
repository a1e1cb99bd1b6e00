using System.Buffers.Binary;

namespace Mesh.Iax2.Wire;

/// <summary>
/// A mini frame: voice, unsequenced, in the format of the last full VOICE frame of its direction (RFC 5456 section 8.1.2).
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |0|     Source call number      |           time-stamp          |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// :                             Data                              :
/// </code>
/// </summary>
public readonly ref struct MiniFrame
{
    public const int HeaderLength = 4;

    public ushort SourceCall { get; init; }

    /// <summary>The low 16 bits of the sender's clock.</summary>
    public ushort Timestamp { get; init; }

    public ReadOnlySpan<byte> Payload { get; init; }

    public static bool TryRead(ReadOnlySpan<byte> datagram, out MiniFrame frame)
    {
        frame = default;
        if (datagram.Length < HeaderLength || (datagram[0] & 0x80) != 0) return false;
        frame = new MiniFrame
        {
            SourceCall = BinaryPrimitives.ReadUInt16BigEndian(datagram),
            Timestamp = BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]),
            Payload = datagram[HeaderLength..],
        };
        return frame.SourceCall != 0;
    }

    public int Write(Span<byte> destination)
    {
        WriteHeader(destination, SourceCall, Timestamp);
        Payload.CopyTo(destination[HeaderLength..]);
        return HeaderLength + Payload.Length;
    }

    /// <summary>Writes the four octets before a payload that is already in place.</summary>
    public static void WriteHeader(Span<byte> destination, ushort sourceCall, ushort timestamp)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination, sourceCall);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], timestamp);
    }
}
