using System.Net;
using Mesh.Host.Config.Scalars;
using Mesh.Io;

namespace Mesh.Host.Config.Model;

/// <summary>A host as configured: a name to be looked up, or an address.</summary>
/// <param name="Port">0 when none was given: the protocol's own.</param>
public readonly record struct HostPort(string Host, ushort Port)
{
    /// <summary>The address when <see cref="Host"/> is one; null when it is a name.</summary>
    public IPAddress? Address => Addresses.TryAddress(Host, out var address) ? address : null;

    /// <summary>The address and port, with <paramref name="defaultPort"/> where none was given; false for a name.</summary>
    public bool TryAddress(ushort defaultPort, out NetAddress address)
    {
        address = default;
        if (Address is not { } ip) return false;
        address = NetAddress.From(ip, Port == 0 ? defaultPort : Port);
        return true;
    }

    public static bool TryParse(string text, out HostPort value, out string why)
    {
        value = default;
        why = "";
        string host = text;
        ushort port = 0;
        int colon = text.LastIndexOf(':');
        bool bareIPv6 = colon >= 0 && text.IndexOf(':', StringComparison.Ordinal) != colon && text[0] != '[';
        if (colon >= 0 && !bareIPv6 && !text.EndsWith(']'))
        {
            why = "the port is from 1 to 65535";
            if (!Addresses.TryPort(text.AsSpan(colon + 1), out port)) return false;
            host = text[..colon];
        }
        why = "neither a name nor an address";
        value = new HostPort(host.Trim('[', ']'), port);
        return Addresses.TryAddress(host, out _) || IsName(host);
    }

    public override string ToString() => Port == 0 ? Host : Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    // RFC 1123 section 2.1; a name that looks like a mistyped address is none.
    private static bool IsName(string host) =>
        host.Length is > 0 and <= 253 && !host[(host.LastIndexOf('.') + 1)..].All(char.IsAsciiDigit)
        && host.Split('.').All(static label => label.Length is > 0 and <= 63 && label.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && label[0] != '-' && label[^1] != '-');
}
