using System.Buffers.Binary;
using System.Text;

namespace Mesh.Media.Rtcp;

/// <summary>
/// One report on its way: a sender report when <see cref="Sender"/> is set, else a receiver report, with at most one block, and the CNAME every compound packet must
/// carry (RFC 3550 section 6.1).
/// </summary>
public readonly record struct RtcpReport(uint Ssrc, SenderInfo? Sender, ReportBlock? Block, string Cname)
{
    public const int MaxSize = 8 + SenderInfo.Size + ReportBlock.Size + 8 + 260;
    private const int Header = 8;

    /// <summary>Writes the compound packet and says how long it is.</summary>
    public int Write(Span<byte> destination)
    {
        int at = Header;
        if (Sender is { } sender) { sender.Write(destination[at..]); at += SenderInfo.Size; }
        if (Block is { } block) { block.Write(destination[at..]); at += ReportBlock.Size; }
        WriteHeader(destination, Sender is null ? RtcpType.ReceiverReport : RtcpType.SenderReport, Block is null ? 0 : 1, at);
        return at + WriteCname(destination[at..]);
    }

    /// <summary>
    /// Reads a compound packet as far as reports go: the first sender or receiver report, and in it the block about <paramref name="about"/>, if any.
    /// False for anything that does not begin as RFC 3550 appendix A.2 asks.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> packet, uint about, out RtcpReport report)
    {
        report = default;
        if (packet.Length < Header || packet[0] >> 6 != 2) return false;
        var type = (RtcpType)packet[1];
        int length = 4 * (BinaryPrimitives.ReadUInt16BigEndian(packet[2..]) + 1), at = Header, blocks = packet[0] & 0x1F;
        if (type is not (RtcpType.SenderReport or RtcpType.ReceiverReport) || length > packet.Length) return false;
        SenderInfo? sender = null;
        if (type == RtcpType.SenderReport)
        {
            if (length < at + SenderInfo.Size) return false;
            sender = SenderInfo.Read(packet[at..]);
            at += SenderInfo.Size;
        }
        if (length < at + blocks * ReportBlock.Size) return false;
        ReportBlock? found = null;
        for (int i = 0; i < blocks; i++)
        {
            var block = ReportBlock.Read(packet[(at + i * ReportBlock.Size)..]);
            if (block.Ssrc == about) found = block;
        }
        report = new RtcpReport(BinaryPrimitives.ReadUInt32BigEndian(packet[4..]), sender, found, "");
        return true;
    }

    private void WriteHeader(Span<byte> destination, RtcpType type, int count, int length)
    {
        destination[0] = (byte)(2 << 6 | count);
        destination[1] = (byte)type;
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)(length / 4 - 1));
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], Ssrc);
    }

    /// <summary>SDES with one chunk of one item (section 6.5), ended by a null octet and filled to 32 bits.</summary>
    private int WriteCname(Span<byte> destination)
    {
        int text = Encoding.UTF8.GetBytes(Cname, destination[(Header + 2)..]);
        destination[Header] = 1;
        destination[Header + 1] = (byte)text;
        int end = Header + 2 + text;
        int padded = (end + 4) & ~3;
        destination[end..padded].Clear();
        WriteHeader(destination, RtcpType.SourceDescription, 1, padded);
        return padded;
    }
}
