using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Mesh.Io;

/// <summary>An IP address and port as a value: compared, hashed and copied without allocation, unlike <see cref="IPEndPoint"/>. IPv4 is kept in v4-mapped form.</summary>
public readonly struct NetAddress : IEquatable<NetAddress>
{
    private const ulong MappedPrefix = 0x0000_FFFFUL << 32;
    private readonly ulong high, low;

    private NetAddress(ulong high, ulong low, ushort port)
    {
        this.high = high;
        this.low = low;
        Port = port;
    }

    public ushort Port { get; }

    public bool IsIPv4 => high == 0 && low >> 32 == 0xFFFF;

    public bool IsNone => high == 0 && low == 0 && Port == 0;

    /// <summary>The IPv4 address as a big-endian number; meaningful when <see cref="IsIPv4"/>.</summary>
    public uint IPv4 => (uint)low;

    public static NetAddress FromIPv4(uint address, ushort port) => new(0, MappedPrefix | address, port);

    public static NetAddress FromIPv6(ReadOnlySpan<byte> sixteen, ushort port) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(sixteen), BinaryPrimitives.ReadUInt64BigEndian(sixteen[8..]), port);

    public static NetAddress From(IPEndPoint endPoint) => From(endPoint.Address, (ushort)endPoint.Port);

    public static NetAddress From(IPAddress address, ushort port)
    {
        Span<byte> octets = stackalloc byte[16];
        address.TryWriteBytes(octets, out int written);
        return written == 4 ? FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(octets), port) : FromIPv6(octets, port);
    }

    /// <summary>
    /// Reads <c>127.0.0.1:5060</c>, <c>[::1]:5060</c>, or a bare address with <paramref name="defaultPort"/>. Strict: four decimal numbers without leading zeros, no scope,
    /// no host name, not the short and octal spellings <see cref="IPAddress"/> lets pass. Allocates nothing for IPv4.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, ushort defaultPort, out NetAddress address) => NetAddressText.TryParse(text, defaultPort, out address);

    public static NetAddress Parse(string text) =>
        TryParse(text, 0, out var a) ? a : throw new FormatException($"'{text}' is not an IP address with a port");

    public NetAddress WithPort(ushort port) => new(high, low, port);

    public bool SameHost(NetAddress other) => high == other.high && low == other.low;

    /// <summary>Writes the 16 octets, IPv4 as v4-mapped.</summary>
    public void WriteIPv6(Span<byte> sixteen)
    {
        BinaryPrimitives.WriteUInt64BigEndian(sixteen, high);
        BinaryPrimitives.WriteUInt64BigEndian(sixteen[8..], low);
    }

    public IPAddress ToIPAddress()
    {
        Span<byte> octets = stackalloc byte[16];
        WriteIPv6(octets);
        return IsIPv4 ? new IPAddress(octets[12..]) : new IPAddress(octets);
    }

    public IPEndPoint ToIPEndPoint() => new(ToIPAddress(), Port);

    public bool Equals(NetAddress other) => high == other.high && low == other.low && Port == other.Port;

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is NetAddress other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(high, low, Port);

    public static bool operator ==(NetAddress a, NetAddress b) => a.Equals(b);

    public static bool operator !=(NetAddress a, NetAddress b) => !a.Equals(b);

    /// <summary><c>127.0.0.1:5060</c> or <c>[::1]:5060</c>.</summary>
    public override string ToString() =>
        IsIPv4 ? string.Create(CultureInfo.InvariantCulture, $"{IPv4 >> 24}.{IPv4 >> 16 & 0xFF}.{IPv4 >> 8 & 0xFF}.{IPv4 & 0xFF}:{Port}") : ToIPEndPoint().ToString();

    /// <summary>The address without port, as SIP and SDP write it (IPv6 without brackets).</summary>
    public string HostText =>
        IsIPv4 ? string.Create(CultureInfo.InvariantCulture, $"{IPv4 >> 24}.{IPv4 >> 16 & 0xFF}.{IPv4 >> 8 & 0xFF}.{IPv4 & 0xFF}") : ToIPAddress().ToString();
}
