using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Mesh.Host.Listening;

/// <summary>Counts what each source has open. A source is an IPv4 address, or the /64 an IPv6 address is in: a customer is given one.</summary>
public sealed class SourceLimit(int most)
{
    private readonly Dictionary<UInt128, int> open = [];
    private readonly Lock gate = new();

    /// <summary>Sources with something open.</summary>
    public int Sources { get { lock (gate) return open.Count; } }

    public bool TryEnter(IPAddress source)
    {
        var key = Key(source);
        lock (gate)
        {
            int now = open.GetValueOrDefault(key);
            if (now >= most) return false;
            open[key] = now + 1;
            return true;
        }
    }

    /// <summary>Once for each <see cref="TryEnter"/> that was true.</summary>
    public void Leave(IPAddress source)
    {
        var key = Key(source);
        lock (gate)
        {
            if (open[key] > 1) open[key]--;
            else open.Remove(key);
        }
    }

    /// <summary>The same for all addresses of one source.</summary>
    public static UInt128 Key(IPAddress source)
    {
        if (source.IsIPv4MappedToIPv6) source = source.MapToIPv4();
        Span<byte> octets = stackalloc byte[16];
        octets.Clear();
        if (source.AddressFamily == AddressFamily.InterNetworkV6)
        {
            source.TryWriteBytes(octets, out _);
            octets[8..].Clear();
            return BinaryPrimitives.ReadUInt128BigEndian(octets);
        }
        source.TryWriteBytes(octets[12..], out _);
        return BinaryPrimitives.ReadUInt128BigEndian(octets);
    }
}
