using System.Buffers.Binary;
using Mesh.Io;

namespace Mesh.Iax2.Wire;

/// <summary>
/// The element APPARENT_ADDR (RFC 5456 section 8.6.17): an image of a socket address. Family in the sender's byte order, port big-endian, then the address:
/// 16 octets for IPv4, 28 for IPv6.
/// </summary>
public static class ApparentAddress
{
    public const int IPv4Length = 16;
    public const int IPv6Length = 28;

    /// <summary>Writes the image; returns its length.</summary>
    public static int Write(Span<byte> destination, NetAddress address)
    {
        Span<byte> sixteen = stackalloc byte[16];
        address.WriteIPv6(sixteen);
        int length = address.IsIPv4 ? IPv4Length : IPv6Length;
        destination[..length].Clear();
        destination[0] = address.IsIPv4 ? (byte)2 : (byte)10;
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], address.Port);
        if (address.IsIPv4) sixteen[12..].CopyTo(destination[4..]);
        else sixteen.CopyTo(destination[8..]);
        return length;
    }

    /// <summary>Reads an image by its length; any spelling of the family will do.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out NetAddress address)
    {
        address = default;
        if (data.Length is not (IPv4Length or IPv6Length)) return false;
        ushort port = BinaryPrimitives.ReadUInt16BigEndian(data[2..]);
        address = data.Length == IPv4Length
            ? NetAddress.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(data[4..]), port)
            : NetAddress.FromIPv6(data.Slice(8, 16), port);
        return true;
    }
}
