using System.Net;
using System.Net.Sockets;
using Mesh.Io;

namespace Mesh.Host.IaxTester.Commands;

/// <summary>What is tested, as it was typed: <c>HOST</c>, <c>HOST:port</c>, <c>HOST/EXT</c>, <c>[::1]:4569/EXT</c>.</summary>
/// <param name="Extension">Empty when none was given.</param>
public sealed record ServerTarget(string Host, ushort Port, string Extension)
{
    public const ushort DefaultPort = 4569;

    public static bool TryParse(string text, out ServerTarget target)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        string place = slash < 0 ? text : text[..slash], extension = slash < 0 ? "" : text[(slash + 1)..];
        target = new ServerTarget(place, DefaultPort, extension);
        if (place.Length == 0 || place.Any(char.IsWhiteSpace) || extension.Contains('/', StringComparison.Ordinal)) return false;
        int colon = place.LastIndexOf(':');
        bool isBareIPv6 = place.Count(c => c == ':') > 1 && !place.StartsWith('[');
        if (colon < 0 || isBareIPv6 || place.EndsWith(']')) { target = target with { Host = place.Trim('[', ']') }; return true; }
        if (!ushort.TryParse(place.AsSpan(colon + 1), out ushort port) || port == 0) return false;
        target = new ServerTarget(place[..colon].Trim('[', ']'), port, extension);
        return true;
    }

    /// <summary>The address; IPv4 first where a name has both. Null when there is none.</summary>
    public async Task<NetAddress?> ResolveAsync(CancellationToken cancelled)
    {
        if (IPAddress.TryParse(Host, out var literal)) return NetAddress.From(literal, Port);
        try
        {
            var found = await Dns.GetHostAddressesAsync(Host, cancelled);
            return found.OrderBy(a => a.AddressFamily != AddressFamily.InterNetwork).Select(a => (NetAddress?)NetAddress.From(a, Port)).FirstOrDefault();
        }
        catch (SocketException) { return null; }
    }

    /// <summary>The address of ours from which packets to <paramref name="server"/> leave, any port.</summary>
    public static NetAddress LocalTowards(NetAddress server)
    {
        using var probe = new Socket(server.IsIPv4 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp);
        probe.Connect(server.ToIPEndPoint());
        return NetAddress.From((IPEndPoint)probe.LocalEndPoint!).WithPort(0);
    }

    public override string ToString() => Extension.Length == 0 ? $"{Host}:{Port}" : $"{Host}:{Port}/{Extension}";
}
