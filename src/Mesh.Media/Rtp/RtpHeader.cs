using System.Buffers.Binary;

namespace Mesh.Media.Rtp;

/// <summary>
/// The fixed RTP header (RFC 3550 section 5.1).
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P|X|  CC   |M|     PT      |       sequence number         |
/// |                           timestamp                           |
/// |           synchronization source (SSRC) identifier            |
/// |            contributing source (CSRC) identifiers ...         |
/// </code>
/// </summary>
public readonly record struct RtpHeader(byte PayloadType, bool Marker, ushort Sequence, uint Timestamp, uint Ssrc)
{
    /// <summary>Octets of the header we write: no contributing sources, no extension.</summary>
    public const int Size = 12;

    /// <summary>
    /// Reads a packet; contributing sources, an extension and padding are stepped over. False for anything that is not RTP version 2 or whose lengths do not
    /// fit, and for RTCP sharing the port (RFC 5761 section 4: types 192-223).
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> packet, out RtpHeader header, out int payloadStart, out int payloadLength)
    {
        header = default;
        payloadStart = payloadLength = 0;
        if (packet.Length < Size || packet[0] >> 6 != 2) return false;
        if (packet[1] is >= 192 and <= 223) return false;
        int start = Size + 4 * (packet[0] & 0x0F);
        if ((packet[0] & 0x10) != 0)
        {
            if (start + 4 > packet.Length) return false;
            start += 4 + 4 * BinaryPrimitives.ReadUInt16BigEndian(packet[(start + 2)..]);
        }
        int end = packet.Length;
        if ((packet[0] & 0x20) != 0)
        {
            if (packet[^1] == 0) return false;
            end -= packet[^1];
        }
        if (start > end) return false;
        header = new RtpHeader(
            (byte)(packet[1] & 0x7F), (packet[1] & 0x80) != 0, BinaryPrimitives.ReadUInt16BigEndian(packet[2..]),
            BinaryPrimitives.ReadUInt32BigEndian(packet[4..]), BinaryPrimitives.ReadUInt32BigEndian(packet[8..]));
        payloadStart = start;
        payloadLength = end - start;
        return true;
    }

    /// <summary>Writes <see cref="Size"/> octets.</summary>
    public void Write(Span<byte> destination)
    {
        destination[0] = 2 << 6;
        destination[1] = (byte)(PayloadType | (Marker ? 0x80 : 0));
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], Sequence);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], Timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], Ssrc);
    }
}
