using System.Buffers.Binary;

namespace Mesh.Iax2.Tests.Support;

/// <summary>One UDP datagram of a capture.</summary>
internal sealed record CapturedDatagram(long Micros, NetAddress From, NetAddress To, byte[] Payload);

/// <summary>Classic pcap files, Ethernet, IPv4, UDP: what tshark reads and the captures are.</summary>
internal static class PcapFile
{
    private const int Ethernet = 14, Udp = 8;

    public static string Capture(string name) => Path.Combine(AppContext.BaseDirectory, "Captures", name + ".pcap");

    public static List<CapturedDatagram> Read(string path)
    {
        var file = File.ReadAllBytes(path).AsSpan();
        if (BinaryPrimitives.ReadUInt32LittleEndian(file) != 0xA1B2C3D4) throw new InvalidDataException("not a little-endian microsecond pcap");
        if (BinaryPrimitives.ReadUInt32LittleEndian(file[20..]) != 1) throw new InvalidDataException("not Ethernet");
        var datagrams = new List<CapturedDatagram>();
        for (var rest = file[24..]; rest.Length >= 16;)
        {
            long micros = BinaryPrimitives.ReadUInt32LittleEndian(rest) * 1_000_000L + BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            int length = BinaryPrimitives.ReadInt32LittleEndian(rest[8..]);
            var ip = rest.Slice(16 + Ethernet, length - Ethernet);
            var udp = ip[((ip[0] & 0xF) * 4)..];
            datagrams.Add(new CapturedDatagram(micros,
                NetAddress.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(ip[12..]), BinaryPrimitives.ReadUInt16BigEndian(udp)),
                NetAddress.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(ip[16..]), BinaryPrimitives.ReadUInt16BigEndian(udp[2..])),
                udp[Udp..BinaryPrimitives.ReadUInt16BigEndian(udp[4..])].ToArray()));
            rest = rest[(16 + length)..];
        }
        return datagrams;
    }

    public static void Write(string path, IEnumerable<CapturedDatagram> datagrams)
    {
        using var file = new BinaryWriter(File.Create(path));
        foreach (uint word in (uint[])[0xA1B2C3D4, 0x0004_0002, 0, 0, 65_535, 1]) file.Write(word);
        foreach (var datagram in datagrams)
        {
            byte[] packet = Packet(datagram);
            file.Write((uint)(datagram.Micros / 1_000_000));
            file.Write((uint)(datagram.Micros % 1_000_000));
            file.Write(packet.Length);
            file.Write(packet.Length);
            file.Write(packet);
        }
    }

    private static byte[] Packet(CapturedDatagram datagram)
    {
        var packet = new byte[Ethernet + 20 + Udp + datagram.Payload.Length];
        packet[12] = 0x08;
        var ip = packet.AsSpan(Ethernet);
        ip[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)ip.Length);
        ip[8] = 64;
        ip[9] = 17;
        BinaryPrimitives.WriteUInt32BigEndian(ip[12..], datagram.From.IPv4);
        BinaryPrimitives.WriteUInt32BigEndian(ip[16..], datagram.To.IPv4);
        var udp = ip[20..];
        BinaryPrimitives.WriteUInt16BigEndian(udp, datagram.From.Port);
        BinaryPrimitives.WriteUInt16BigEndian(udp[2..], datagram.To.Port);
        BinaryPrimitives.WriteUInt16BigEndian(udp[4..], (ushort)udp.Length);
        datagram.Payload.CopyTo(udp[Udp..]);
        return packet;
    }
}
