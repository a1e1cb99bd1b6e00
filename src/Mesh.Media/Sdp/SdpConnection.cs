using System.Net;
using System.Net.Sockets;
using Mesh.Io;

namespace Mesh.Media.Sdp;

/// <summary>A c= line (RFC 8866 section 5.7): network type, address type, address.</summary>
public sealed record SdpConnection(string NetworkType, string AddressType, string Address)
{
    public static readonly SdpConnection None = new("IN", "IP4", "0.0.0.0");

    /// <summary>0.0.0.0 or ::, with which older phones say hold (RFC 3264 section 8.4).</summary>
    public bool IsUnspecified => TryHost(out var host) && (host.Equals(IPAddress.Any) || host.Equals(IPAddress.IPv6Any));

    public static SdpConnection Of(NetAddress address) => new("IN", address.IsIPv4 ? "IP4" : "IP6", address.HostText);

    /// <summary>The address with a port; false for a host name, which nobody looks up during a call, or a multicast group.</summary>
    public bool TryAddress(int port, out NetAddress address)
    {
        address = default;
        if (!TryHost(out var host) || host.IsIPv6Multicast || (host.AddressFamily == AddressFamily.InterNetwork && host.GetAddressBytes()[0] >= 224)) return false;
        address = NetAddress.From(host, (ushort)port);
        return true;
    }

    internal static bool TryParse(string value, out SdpConnection connection)
    {
        connection = None;
        var fields = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 3) return false;
        connection = new SdpConnection(fields[0], fields[1], fields[2]);
        return true;
    }

    public override string ToString() => $"{NetworkType} {AddressType} {Address}";

    private bool TryHost(out IPAddress host)
    {
        host = IPAddress.None;
        if (NetworkType != "IN" || AddressType is not ("IP4" or "IP6") || !IPAddress.TryParse(Address.Split('/')[0], out var parsed)) return false;
        host = parsed;
        // IPAddress also reads "5" and "010.1"; an address of this type has its dots or colons.
        return AddressType == "IP4" ? Address.Count(c => c == '.') == 3 : Address.Contains(':');
    }
}
