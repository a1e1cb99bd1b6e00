using System.Buffers.Binary;

namespace Mesh.Media.Rtcp;

/// <summary>The sender's part of a sender report (RFC 3550 section 6.4.1).</summary>
/// <param name="Ntp">Wall clock, seconds since 1900 in the upper 32 bits.</param>
/// <param name="Timestamp">The same instant on the RTP clock.</param>
public readonly record struct SenderInfo(ulong Ntp, uint Timestamp, uint Packets, uint Octets)
{
    public const int Size = 20;

    private static readonly DateTimeOffset Epoch = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The 32 bits a receiver gives back, from which the round trip is told.</summary>
    public uint MiddleOfNtp => (uint)(Ntp >> 16);

    public static ulong NtpOf(DateTimeOffset time)
    {
        long ticks = (time - Epoch).Ticks;
        ulong seconds = (ulong)(ticks / TimeSpan.TicksPerSecond), rest = (ulong)(ticks % TimeSpan.TicksPerSecond);
        return seconds << 32 | (rest << 32) / TimeSpan.TicksPerSecond;
    }

    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, Ntp);
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], Timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(destination[12..], Packets);
        BinaryPrimitives.WriteUInt32BigEndian(destination[16..], Octets);
    }

    /// <summary>Reads <see cref="Size"/> octets.</summary>
    public static SenderInfo Read(ReadOnlySpan<byte> source) => new(
        BinaryPrimitives.ReadUInt64BigEndian(source), BinaryPrimitives.ReadUInt32BigEndian(source[8..]),
        BinaryPrimitives.ReadUInt32BigEndian(source[12..]), BinaryPrimitives.ReadUInt32BigEndian(source[16..]));
}
