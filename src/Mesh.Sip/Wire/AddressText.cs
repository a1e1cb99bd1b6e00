using Mesh.Io;

namespace Mesh.Sip.Wire;

/// <summary>A network address as SIP writes it, without making a string.</summary>
internal static class AddressText
{
    /// <summary>Writes the address without port and, for IPv6, without brackets; 46 octets are always enough. Returns how many it took.</summary>
    public static int Write(NetAddress address, Span<byte> target)
    {
        if (!address.IsIPv4) return address.ToIPAddress().TryFormat(target, out int written) ? written : 0;
        int at = 0;
        for (int shift = 24; shift >= 0; shift -= 8)
        {
            System.Buffers.Text.Utf8Formatter.TryFormat((byte)(address.IPv4 >> shift), target[at..], out int digits);
            at += digits;
            if (shift > 0) target[at++] = (byte)'.';
        }
        return at;
    }
}
