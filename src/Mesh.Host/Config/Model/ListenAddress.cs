using System.Diagnostics.CodeAnalysis;
using System.Net;
using Mesh.Host.Config.Scalars;
using Mesh.Io;

namespace Mesh.Host.Config.Model;

/// <summary>A place to listen: <c>udp:5060</c>, <c>tcp:192.0.2.1:5060</c>, <c>ws:8088/sip</c>.</summary>
/// <param name="Transport">udp, tcp, tls, ws, wss, http, https or smtp.</param>
/// <param name="Address">Null: the site's own.</param>
/// <param name="Path">Of a WebSocket, with its slash; else empty.</param>
public sealed record ListenAddress(string Transport, IPAddress? Address, ushort Port, string Path)
{
    /// <summary>True for udp: it and a stream may share a port.</summary>
    public bool IsDatagram => Transport == "udp";

    /// <summary>Where to bind; meaningful once the site's address has been filled in.</summary>
    public NetAddress Bind => NetAddress.From(Address ?? IPAddress.Any, Port);

    public static bool TryParse(string text, IReadOnlyList<string> transports, [NotNullWhen(true)] out ListenAddress? value, out string why)
    {
        value = null;
        string transport = transports[0], rest = text, path = "";
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && char.IsAsciiLetter(text[0]))
        {
            transport = text[..colon];
            rest = text[(colon + 1)..];
        }
        why = $"the transport is one of {string.Join(", ", transports)}";
        if (!transports.Contains(transport, StringComparer.Ordinal)) return false;
        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
        {
            why = "only ws and wss have a path";
            if (transport is not ("ws" or "wss")) return false;
            (rest, path) = (rest[..slash], rest[slash..]);
        }
        IPAddress? address = null;
        int port = rest.LastIndexOf(':');
        why = "the address before the port is an IP address";
        if (port >= 0 && !Addresses.TryAddress(rest.AsSpan(0, port), out address)) return false;
        why = "the port is from 1 to 65535";
        if (!Addresses.TryPort(rest.AsSpan(port + 1), out ushort number)) return false;
        value = new ListenAddress(transport, address, number, path);
        return true;
    }

    public override string ToString() => $"{Transport}:{(Address is null ? "" : Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{Address}]:" : $"{Address}:")}{Port}{Path}";
}
