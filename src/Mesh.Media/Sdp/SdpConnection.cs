using System.Diagnostics.CodeAnalysis;
using Mesh.Io;

namespace Mesh.Media.Sdp;

/// <summary>A c= line (RFC 8866 section 5.7): network type, address type, address. The address is read once, when it is made.</summary>
public sealed record SdpConnection
{
    public static readonly SdpConnection None = new("IN", "IP4", "0.0.0.0");

    /// <summary>The last of our own: a site has few addresses, and every description it makes names one.</summary>
    private static SdpConnection latest = None;

    private readonly NetAddress host;
    private readonly bool isHost;

    public SdpConnection(string networkType, string addressType, string address)
    {
        (NetworkType, AddressType, Address) = (networkType, addressType, address);
        isHost = TryHost(out host);
    }

    public string NetworkType { get; }

    public string AddressType { get; }

    public string Address { get; }

    /// <summary>0.0.0.0 or ::, with which older phones say hold (RFC 3264 section 8.4).</summary>
    public bool IsUnspecified => isHost && (host.IsNone || (host.IsIPv4 && host.IPv4 == 0));

    public static SdpConnection Of(NetAddress address)
    {
        var known = Volatile.Read(ref latest);
        if (known.host == address.WithPort(0)) return known;
        known = new SdpConnection("IN", address.IsIPv4 ? "IP4" : "IP6", address.HostText);
        Volatile.Write(ref latest, known);
        return known;
    }

    /// <summary>The address with a port; false for a host name, which nobody looks up during a call, or a multicast group.</summary>
    public bool TryAddress(int port, out NetAddress address)
    {
        address = default;
        if (!isHost || (host.IsIPv4 ? host.IPv4 >> 24 >= 224 : host.ToIPAddress().IsIPv6Multicast)) return false;
        address = host.WithPort((ushort)port);
        return true;
    }

    /// <summary>Whether that is how it is written: then it need not be read again.</summary>
    internal bool IsWritten(ReadOnlySpan<char> value)
    {
        int network = NetworkType.Length, type = network + 1 + AddressType.Length;
        return value.Length == type + 1 + Address.Length && value[network] == ' ' && value[type] == ' '
            && value.EndsWith(Address.AsSpan()) && value.StartsWith(NetworkType.AsSpan()) && value[(network + 1)..type].SequenceEqual(AddressType);
    }

    internal static bool TryParse(ReadOnlySpan<char> value, [NotNullWhen(true)] out SdpConnection? connection)
    {
        connection = null;
        Span<Range> fields = stackalloc Range[4];
        if (value.Split(fields, ' ', StringSplitOptions.RemoveEmptyEntries) != 3) return false;
        connection = new SdpConnection(SdpWord.Of(value[fields[0]]), SdpWord.Of(value[fields[1]]), value[fields[2]].ToString());
        return true;
    }

    public override string ToString() => $"{NetworkType} {AddressType} {Address}";

    /// <summary>The address, of the type it says and spelt in full: "5" and "010.1" are no addresses here. A multicast group's TTL is not of interest.</summary>
    private bool TryHost(out NetAddress host)
    {
        host = default;
        if (NetworkType != "IN" || AddressType is not ("IP4" or "IP6")) return false;
        var text = Address.AsSpan();
        if (text.IndexOf('/') is >= 0 and var slash) text = text[..slash];
        int colons = text.Count(':');
        return (AddressType == "IP4" ? colons == 0 : colons > 1 && text[0] != '[') && NetAddress.TryParse(text, 0, out host);
    }
}
