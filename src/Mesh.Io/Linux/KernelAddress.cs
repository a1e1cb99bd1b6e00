using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Mesh.Io.Linux;

/// <summary>
/// <c>sockaddr_in</c> and <c>sockaddr_in6</c> to <see cref="NetAddress"/> and back without an object between:
/// family (2 octets, host order), port (2, network order), then the IPv4 address (4), or flow label (4), IPv6 address (16) and scope (4).
/// </summary>
internal static unsafe class KernelAddress
{
    /// <summary>Octets of the longer of the two.</summary>
    public const int MaxLength = 28;

    private const int IPv4Length = 16, IPv6Length = 28;

    /// <summary>Writes <paramref name="address"/> and returns the octets written.</summary>
    public static uint Write(NetAddress address, byte* destination)
    {
        var octets = new Span<byte>(destination, MaxLength);
        octets.Clear();
        BinaryPrimitives.WriteUInt16BigEndian(octets[2..], address.Port);
        if (address.IsIPv4)
        {
            Unsafe.WriteUnaligned(destination, (ushort)Libc.AddressFamilyIPv4);
            BinaryPrimitives.WriteUInt32BigEndian(octets[4..], address.IPv4);
            return IPv4Length;
        }
        Unsafe.WriteUnaligned(destination, (ushort)Libc.AddressFamilyIPv6);
        address.WriteIPv6(octets[8..]);
        return IPv6Length;
    }

    public static NetAddress Read(byte* source)
    {
        var octets = new ReadOnlySpan<byte>(source, MaxLength);
        ushort port = BinaryPrimitives.ReadUInt16BigEndian(octets[2..]);
        return Unsafe.ReadUnaligned<ushort>(source) switch
        {
            Libc.AddressFamilyIPv4 => NetAddress.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(octets[4..]), port),
            Libc.AddressFamilyIPv6 => NetAddress.FromIPv6(octets.Slice(8, 16), port),
            _ => default,
        };
    }
}
