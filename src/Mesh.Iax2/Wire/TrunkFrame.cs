using System.Buffers.Binary;

namespace Mesh.Iax2.Wire;

/// <summary>
/// A meta frame that carries the voice of several calls (RFC 5456 section 8.1.3.2), a view to be read entry by entry. Command data bit 0 says whether each entry has a time stamp.
/// <code>
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |0|     Meta Indicator (0)      |0|Meta Command(1)| Cmd Data    |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                           time-stamp                          |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// without time stamps, each entry:  call number (16), length (16), data
/// with time stamps, each entry:     length (16), call number (16), time stamp (16), data
/// </code>
/// </summary>
public ref struct TrunkFrame
{
    public const int HeaderLength = 8;

    private ReadOnlySpan<byte> rest;
    private int at;

    public bool HasTimestamps { get; private set; }

    /// <summary>Milliseconds of the trunk's own clock.</summary>
    public uint Timestamp { get; private set; }

    /// <summary>The entry <see cref="MoveNext"/> stepped on.</summary>
    public TrunkEntry Current { get; private set; }

    /// <summary>An entry ran past the end: it and what follows are lost.</summary>
    public bool IsTruncated { get; private set; }

    public static bool TryRead(ReadOnlySpan<byte> datagram, out TrunkFrame frame)
    {
        frame = default;
        if (datagram.Length < HeaderLength || datagram[0] != 0 || datagram[1] != 0 || datagram[2] != 1) return false;
        frame.HasTimestamps = (datagram[3] & 1) != 0;
        frame.Timestamp = BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]);
        frame.rest = datagram[HeaderLength..];
        frame.at = HeaderLength;
        return true;
    }

    /// <summary>Writes the eight octets before the entries.</summary>
    public static void WriteHeader(Span<byte> destination, bool withTimestamps, uint timestamp)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination, 0);
        destination[2] = 1;
        destination[3] = withTimestamps ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], timestamp);
    }

    public bool MoveNext()
    {
        int header = HasTimestamps ? TrunkEntry.TimedHeaderLength : TrunkEntry.PlainHeaderLength;
        if (rest.IsEmpty) return false;
        if (rest.Length < header) { IsTruncated = true; return false; }
        ushort first = BinaryPrimitives.ReadUInt16BigEndian(rest), second = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
        int length = HasTimestamps ? first : second;
        if (rest.Length < header + length) { IsTruncated = true; return false; }
        Current = new TrunkEntry
        {
            SourceCall = (ushort)((HasTimestamps ? second : first) & 0x7FFF),
            Timestamp = HasTimestamps ? BinaryPrimitives.ReadUInt16BigEndian(rest[4..]) : (ushort)0,
            Offset = at + header,
            Length = length,
        };
        rest = rest[(header + length)..];
        at += header + length;
        return true;
    }
}
