namespace Mesh.Sip.Transport;

/// <summary>What carries a message, in the order of RFC 3261 section 18 and RFC 7118. Everything but UDP is reliable.</summary>
public enum TransportProtocol : byte
{
    Udp,
    Tcp,
    Tls,
    Ws,
    Wss,
}

public static class TransportProtocols
{
    /// <summary>As the Via header writes it: <c>UDP</c>.</summary>
    public static string ViaName(this TransportProtocol protocol) => protocol switch
    {
        TransportProtocol.Tcp => "TCP",
        TransportProtocol.Tls => "TLS",
        TransportProtocol.Ws => "WS",
        TransportProtocol.Wss => "WSS",
        _ => "UDP",
    };

    /// <summary>As the URI parameter <c>transport</c> writes it: <c>tcp</c>; null for UDP, which needs no parameter.</summary>
    public static string? UriName(this TransportProtocol protocol) => protocol switch
    {
        TransportProtocol.Tcp => "tcp",
        TransportProtocol.Tls => "tls",
        TransportProtocol.Ws or TransportProtocol.Wss => "ws",
        _ => null,
    };

    /// <summary>Reads a <c>transport</c> parameter or a Via transport, in any case; false for one we do not know.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TransportProtocol protocol)
    {
        protocol = default;
        foreach (var candidate in (ReadOnlySpan<TransportProtocol>)[TransportProtocol.Udp, TransportProtocol.Tcp, TransportProtocol.Tls, TransportProtocol.Ws, TransportProtocol.Wss])
        {
            if (!text.Equals(candidate.ViaName(), StringComparison.OrdinalIgnoreCase)) continue;
            protocol = candidate;
            return true;
        }
        return false;
    }

    public static bool IsReliable(this TransportProtocol protocol) => protocol != TransportProtocol.Udp;

    /// <summary>5061 for TLS, else 5060 (19.1.2); 443 and 80 for WebSocket.</summary>
    public static ushort DefaultPort(this TransportProtocol protocol) => protocol switch
    {
        TransportProtocol.Tls => 5061,
        TransportProtocol.Ws => 80,
        TransportProtocol.Wss => 443,
        _ => 5060,
    };
}
