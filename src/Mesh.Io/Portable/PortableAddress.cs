using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Mesh.Io.Portable;

/// <summary>
/// <see cref="SocketAddress"/> to <see cref="NetAddress"/> and back in place. After the family, whose form differs between systems and which the class itself handles,
/// all of them lay out port (at 2), IPv4 address (at 4) and IPv6 address (at 8) alike, in network order.
/// </summary>
internal static class PortableAddress
{
    /// <summary>Fills <paramref name="destination"/>, made for the family of <paramref name="address"/>.</summary>
    public static void Write(NetAddress address, SocketAddress destination)
    {
        var octets = destination.Buffer.Span;
        BinaryPrimitives.WriteUInt16BigEndian(octets[2..], address.Port);
        if (address.IsIPv4) BinaryPrimitives.WriteUInt32BigEndian(octets[4..], address.IPv4);
        else address.WriteIPv6(octets[8..]);
    }

    public static NetAddress Read(SocketAddress source)
    {
        var octets = source.Buffer.Span;
        ushort port = BinaryPrimitives.ReadUInt16BigEndian(octets[2..]);
        return source.Family == AddressFamily.InterNetwork
            ? NetAddress.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(octets[4..]), port)
            : NetAddress.FromIPv6(octets.Slice(8, 16), port);
    }
}
