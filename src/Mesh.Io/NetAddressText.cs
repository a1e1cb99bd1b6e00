using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Mesh.Io;

/// <summary>Reads addresses as RFC 3986 3.2.2 spells hosts: dec-octets for IPv4, brackets around IPv6 where a port follows.</summary>
internal static class NetAddressText
{
    public static bool TryParse(ReadOnlySpan<char> text, ushort defaultPort, out NetAddress address)
    {
        address = default;
        ushort port = defaultPort;
        if (text.StartsWith('['))
        {
            int close = text.IndexOf(']');
            return close > 0 && TryPort(text[(close + 1)..], ref port) && TryIPv6(text[1..close], port, out address);
        }
        int colon = text.IndexOf(':');
        if (colon >= 0 && text[(colon + 1)..].Contains(':')) return TryIPv6(text, port, out address);
        if (colon < 0) colon = text.Length;
        if (!TryPort(text[colon..], ref port) || !TryIPv4(text[..colon], out uint four)) return false;
        address = NetAddress.FromIPv4(four, port);
        return true;
    }

    /// <summary>Nothing, or a colon and a decimal port.</summary>
    private static bool TryPort(ReadOnlySpan<char> text, ref ushort port) =>
        text.IsEmpty || (text[0] == ':' && text.Length <= 6 && ushort.TryParse(text[1..], NumberStyles.None, CultureInfo.InvariantCulture, out port));

    private static bool TryIPv4(ReadOnlySpan<char> text, out uint address)
    {
        address = 0;
        for (int i = 0; i < 4; i++)
        {
            int end = i < 3 ? text.IndexOf('.') : text.Length;
            if (end is < 1 or > 3) return false;
            var octet = text[..end];
            if (octet[0] == '0' && end > 1) return false;
            if (!byte.TryParse(octet, NumberStyles.None, CultureInfo.InvariantCulture, out byte value)) return false;
            address = address << 8 | value;
            if (i < 3) text = text[(end + 1)..];
        }
        return true;
    }

    private static bool TryIPv6(ReadOnlySpan<char> text, ushort port, out NetAddress address)
    {
        address = default;
        if (text.ContainsAny('%', '[', ']') || !IPAddress.TryParse(text, out var ip) || ip.AddressFamily != AddressFamily.InterNetworkV6) return false;
        address = NetAddress.From(ip, port);
        return true;
    }
}
