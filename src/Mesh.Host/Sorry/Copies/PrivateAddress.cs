using System.Net;
using System.Net.Sockets;

namespace Mesh.Host.Sorry.Copies;

/// <summary>Addresses that are nobody's on the public network: a copy of them could only be of what is within our own walls.</summary>
public static class PrivateAddress
{
    // RFC 6890 and its registry.
    private static readonly IPNetwork[] Networks =
    [
        .. ((string[])["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
            "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"]).Select(IPNetwork.Parse),
    ];

    // Of IPv6, what is handed out to networks (RFC 4291 section 2.4), without what is not for them or hides an IPv4 address.
    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] NotGlobal = [IPNetwork.Parse("2001::/23"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("2002::/16"), IPNetwork.Parse("3fff::/20")];

    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetwork ? Networks.Any(n => n.Contains(address)) : !Global.Contains(address) || NotGlobal.Any(n => n.Contains(address));
    }
}
