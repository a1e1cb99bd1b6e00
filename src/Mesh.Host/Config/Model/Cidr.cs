using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Mesh.Host.Config.Scalars;
using Mesh.Io;

namespace Mesh.Host.Config.Model;

/// <summary>A network in CIDR notation (RFC 4632); one address is a network of itself. IPv4 is compared in v4-mapped form.</summary>
public readonly struct Cidr : IEquatable<Cidr>
{
    private readonly UInt128 first, mask;
    private readonly string text;

    private Cidr(UInt128 first, UInt128 mask, string text)
    {
        this.first = first;
        this.mask = mask;
        this.text = text;
    }

    public static bool TryParse(string text, out Cidr cidr, out string why)
    {
        cidr = default;
        why = "";
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!Addresses.TryAddress(slash < 0 ? text : text.AsSpan(0, slash), out var address)) return false;
        bool v4 = address.AddressFamily == AddressFamily.InterNetwork;
        int width = v4 ? 32 : 128, prefix = width;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out prefix) || prefix > width))
        {
            why = $"the length after '/' is from 0 to {width}";
            return false;
        }
        int bits = prefix + 128 - width;
        var mask = bits == 0 ? UInt128.Zero : UInt128.MaxValue << (128 - bits);
        var value = Value(NetAddress.From(address, 0));
        if ((value & mask) != value)
        {
            why = "it has bits set behind its length";
            return false;
        }
        cidr = new Cidr(value, mask, text);
        return true;
    }

    /// <summary>Whether <paramref name="address"/> lies in it, whatever its port.</summary>
    public bool Contains(NetAddress address) => (Value(address) & mask) == first;

    public bool Overlaps(Cidr other) => (first & (mask & other.mask)) == (other.first & (mask & other.mask));

    /// <summary>True for <c>0.0.0.0/0</c> and <c>::/0</c>: everybody.</summary>
    public bool IsEverybody => mask == UInt128.Zero || mask == UInt128.MaxValue << 32;

    public bool Equals(Cidr other) => first == other.first && mask == other.mask;

    public override bool Equals(object? obj) => obj is Cidr other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(first, mask);

    public override string ToString() => text ?? "";

    private static UInt128 Value(NetAddress address)
    {
        Span<byte> octets = stackalloc byte[16];
        address.WriteIPv6(octets);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(octets);
    }
}
