using System.Globalization;
using System.Net;
using Mesh.Host.Config.Model;

namespace Mesh.Host.Config.Scalars;

/// <summary>Places on a network.</summary>
public static class Addresses
{
    /// <summary>An IP address, IPv6 with or without brackets.</summary>
    public static readonly Scalar<IPAddress> Ip = new("an IP address", "192.0.2.10", "^[0-9A-Fa-f:.\\[\\]]+$",
        static (string text, out IPAddress value, out string why) =>
        {
            why = text.AsSpan().ContainsAnyInRange('g', 'z') ? "names are not looked up here" : "";
            bool reads = TryAddress(text, out var address);
            value = address!;
            return reads;
        });

    public static readonly Scalar<Cidr> Network = new("an address or network", "87.238.72.128/26", "^[0-9A-Fa-f:.]+(/[0-9]{1,3})?$",
        static (string text, out Cidr value, out string why) => Cidr.TryParse(text, out value, out why));

    /// <summary>A host name or address with an optional port.</summary>
    public static readonly Scalar<HostPort> Host = new("a host", "192.0.2.10:4569", "^\\S+$",
        static (string text, out HostPort value, out string why) => HostPort.TryParse(text, out value, out why));

    /// <summary>A folder of the web, http or https, without a query; its path ends with a slash.</summary>
    public static readonly Scalar<Uri> Web = new("an address of the web", "https://status.example.org/", "^https?://\\S+$",
        static (string text, out Uri value, out string why) =>
        {
            why = "http or https, a host, and a path at most";
            bool reads = Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var address);
            value = address!;
            return reads && address!.Scheme is "http" or "https" && address.Query.Length == 0 && address.Fragment.Length == 0 && address.UserInfo.Length == 0;
        });

    /// <summary>First and last UDP port, the first even (RFC 3550 section 11: RTP takes the even one).</summary>
    public static readonly Scalar<PortRange> Ports = new("a range of ports", "20000-29999", "^[0-9]+-[0-9]+$",
        static (string text, out PortRange value, out string why) =>
        {
            value = default;
            why = "";
            int dash = text.IndexOf('-', StringComparison.Ordinal);
            if (dash < 0 || !TryPort(text.AsSpan(0, dash), out ushort first) || !TryPort(text.AsSpan(dash + 1), out ushort last)) return false;
            value = new PortRange(first, last);
            why = first % 2 != 0 ? "the first port must be even" : last - first < 3 ? "one call needs four ports" : "";
            return why.Length == 0;
        });

    /// <summary>A listener of one of <paramref name="transports"/>; a bare port takes the first of them.</summary>
    public static Scalar<ListenAddress> Listen(params string[] transports) => new($"a listener ({string.Join(", ", transports)})", transports[0] + ":5060", "^[^\\s]+$",
        (string text, out ListenAddress value, out string why) =>
        {
            bool reads = ListenAddress.TryParse(text, transports, out var listener, out why);
            value = listener!;
            return reads;
        });

    public static bool TryPort(ReadOnlySpan<char> text, out ushort port) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port > 0;

    /// <summary>Four dotted numbers or IPv6, and nothing else: .NET also takes <c>1</c> for 0.0.0.1.</summary>
    public static bool TryAddress(ReadOnlySpan<char> text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IPAddress? address)
    {
        if (text.Length > 2 && text[0] == '[' && text[^1] == ']') text = text[1..^1];
        address = null;
        return (text.Count('.') == 3 || text.Contains(':')) && IPAddress.TryParse(text, out address);
    }
}
