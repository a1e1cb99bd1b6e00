using System.Buffers.Binary;
using System.Net;

namespace Mesh.Host.Ladders.Export;

/// <summary>
/// Writes a capture file (pcap 2.4, microseconds, link type 101: IP without a link below it) with whole IP packets around what UDP or a stream carried, so that tshark reads a ladder as if
/// it had been on the wire.
/// </summary>
public sealed class PcapWriter
{
    private const uint Magic = 0xA1B2_C3D4, LinkTypeRaw = 101;
    private const int SnapLength = 262_144, UdpHeader = 8, TcpHeader = 20, Ip4Header = 20, Ip6Header = 40;
    private const byte Udp = 17, Tcp = 6;

    /// <summary>What an IPv4 packet has room for.</summary>
    private const int MaxTotal = 65_535;

    private readonly Stream output;
    private readonly Dictionary<(IPEndPoint, IPEndPoint), uint> sequences = [];

    public PcapWriter(Stream output)
    {
        this.output = output;
        Span<byte> header = stackalloc byte[24];
        BinaryPrimitives.WriteUInt32LittleEndian(header, Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 4);
        header[8..16].Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], SnapLength);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], LinkTypeRaw);
        output.Write(header);
    }

    /// <summary>One packet; a payload that no packet has room for is cut. <paramref name="atMicros"/> since 1970.</summary>
    public void Write(long atMicros, IPEndPoint from, IPEndPoint to, bool isStream, ReadOnlySpan<byte> payload)
    {
        // Two ends of one packet are of one family; anything else was recorded across a translation and is written as IPv6.
        bool is4 = from.Address.GetAddressBytes().Length == 4 && to.Address.GetAddressBytes().Length == 4;
        int ipHeader = is4 ? Ip4Header : Ip6Header, above = isStream ? TcpHeader : UdpHeader;
        payload = payload[..Math.Min(payload.Length, MaxTotal - ipHeader - above)];
        var packet = new byte[ipHeader + above + payload.Length];
        var segment = packet.AsSpan(ipHeader);
        BinaryPrimitives.WriteUInt16BigEndian(segment, (ushort)from.Port);
        BinaryPrimitives.WriteUInt16BigEndian(segment[2..], (ushort)to.Port);
        payload.CopyTo(segment[above..]);
        if (isStream) WriteTcp(segment, from, to, payload.Length);
        else BinaryPrimitives.WriteUInt16BigEndian(segment[4..], (ushort)segment.Length);
        byte protocol = isStream ? Tcp : Udp;
        if (is4) WriteIp4(packet, from.Address, to.Address, protocol);
        else WriteIp6(packet, from.Address, to.Address, protocol);
        ushort sum = Checksum(segment, PseudoSum(packet, is4, segment.Length, protocol));
        BinaryPrimitives.WriteUInt16BigEndian(segment[(isStream ? 16 : 6)..], sum == 0 && !isStream ? ushort.MaxValue : sum);
        WriteRecord(atMicros, packet);
    }

    private void WriteRecord(long atMicros, byte[] packet)
    {
        Span<byte> record = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(record, (uint)(atMicros / 1_000_000));
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], (uint)(atMicros % 1_000_000));
        BinaryPrimitives.WriteInt32LittleEndian(record[8..], packet.Length);
        BinaryPrimitives.WriteInt32LittleEndian(record[12..], packet.Length);
        output.Write(record);
        output.Write(packet);
    }

    /// <summary>Sequence numbers that go on, so that a stream is put together again; nothing else of TCP was recorded.</summary>
    private void WriteTcp(Span<byte> segment, IPEndPoint from, IPEndPoint to, int length)
    {
        uint sequence = sequences.GetValueOrDefault((from, to), 1u);
        sequences[(from, to)] = sequence + (uint)length;
        BinaryPrimitives.WriteUInt32BigEndian(segment[4..], sequence);
        BinaryPrimitives.WriteUInt32BigEndian(segment[8..], sequences.GetValueOrDefault((to, from), 1u));
        segment[12] = TcpHeader / 4 << 4;
        segment[13] = 0x18;
        BinaryPrimitives.WriteUInt16BigEndian(segment[14..], ushort.MaxValue);
    }

    private static void WriteIp4(byte[] packet, IPAddress from, IPAddress to, byte protocol)
    {
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        packet[6] = 0x40;
        packet[8] = 64;
        packet[9] = protocol;
        from.GetAddressBytes().CopyTo(packet, 12);
        to.GetAddressBytes().CopyTo(packet, 16);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(10), Checksum(packet.AsSpan(0, Ip4Header), 0));
    }

    private static void WriteIp6(byte[] packet, IPAddress from, IPAddress to, byte protocol)
    {
        packet[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), (ushort)(packet.Length - Ip6Header));
        packet[6] = protocol;
        packet[7] = 64;
        from.MapToIPv6().GetAddressBytes().CopyTo(packet, 8);
        to.MapToIPv6().GetAddressBytes().CopyTo(packet, 24);
    }

    /// <summary>The addresses, the protocol and the length, which UDP and TCP count among what they sum (RFC 768, RFC 9293, RFC 8200 section 8.1).</summary>
    private static uint PseudoSum(byte[] packet, bool is4, int length, byte protocol) => Sum(is4 ? packet.AsSpan(12, 8) : packet.AsSpan(8, 32)) + (uint)length + protocol;

    private static ushort Checksum(ReadOnlySpan<byte> octets, uint before)
    {
        uint sum = Sum(octets) + before;
        while (sum >> 16 != 0) sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~sum;
    }

    private static uint Sum(ReadOnlySpan<byte> octets)
    {
        uint sum = 0;
        for (; octets.Length >= 2; octets = octets[2..]) sum += BinaryPrimitives.ReadUInt16BigEndian(octets);
        return octets.Length == 0 ? sum : sum + (uint)(octets[0] << 8);
    }
}
