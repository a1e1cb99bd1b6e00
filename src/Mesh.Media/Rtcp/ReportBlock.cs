using System.Buffers.Binary;

namespace Mesh.Media.Rtcp;

/// <summary>What a receiver says about one source (RFC 3550 section 6.4.1).</summary>
/// <param name="Ssrc">The source reported on.</param>
/// <param name="FractionLost">Lost since the last report, in 256ths.</param>
/// <param name="Lost">Lost since the beginning, 24 bits, signed.</param>
/// <param name="HighestSequence">With the count of wraps in the upper 16 bits.</param>
/// <param name="Jitter">In timestamp units.</param>
/// <param name="LastReport">Middle 32 bits of the NTP time of the source's last sender report; 0 when there was none.</param>
/// <param name="DelaySinceLastReport">In 65,536ths of a second.</param>
public readonly record struct ReportBlock(uint Ssrc, byte FractionLost, int Lost, uint HighestSequence, uint Jitter, uint LastReport, uint DelaySinceLastReport)
{
    public const int Size = 24;

    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32BigEndian(destination, Ssrc);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], (uint)FractionLost << 24 | (uint)Math.Clamp(Lost, -0x80_0000, 0x7F_FFFF) & 0xFF_FFFF);
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], HighestSequence);
        BinaryPrimitives.WriteUInt32BigEndian(destination[12..], Jitter);
        BinaryPrimitives.WriteUInt32BigEndian(destination[16..], LastReport);
        BinaryPrimitives.WriteUInt32BigEndian(destination[20..], DelaySinceLastReport);
    }

    /// <summary>Reads <see cref="Size"/> octets.</summary>
    public static ReportBlock Read(ReadOnlySpan<byte> source)
    {
        uint loss = BinaryPrimitives.ReadUInt32BigEndian(source[4..]);
        return new ReportBlock(
            BinaryPrimitives.ReadUInt32BigEndian(source), (byte)(loss >> 24), (int)(loss << 8) >> 8, BinaryPrimitives.ReadUInt32BigEndian(source[8..]),
            BinaryPrimitives.ReadUInt32BigEndian(source[12..]), BinaryPrimitives.ReadUInt32BigEndian(source[16..]), BinaryPrimitives.ReadUInt32BigEndian(source[20..]));
    }
}
