using System.Net;
using System.Net.Sockets;

namespace Mesh.Host.Admin.Access;

/// <summary>Wrong tokens by where they came from, so that tokens cannot be tried out. IPv6 sources are one per /64, which one machine may have for itself. Any thread.</summary>
public sealed class WrongTokens(TimeProvider time, AdminLimits limits)
{
    private readonly Lock gate = new();
    private readonly Dictionary<IPAddress, (int Count, long Since)> sources = [];

    /// <summary>False: so many came from there that the next must wait.</summary>
    public bool MayTry(IPAddress? remote)
    {
        if (remote is null) return true;
        lock (gate) return !sources.TryGetValue(Source(remote), out var seen) || seen.Count < limits.WrongTokens || IsOver(seen.Since);
    }

    public void Add(IPAddress? remote)
    {
        if (remote is null) return;
        var source = Source(remote);
        lock (gate)
        {
            if (sources.TryGetValue(source, out var seen) && !IsOver(seen.Since)) sources[source] = (seen.Count + 1, seen.Since);
            else
            {
                if (sources.Count >= limits.WrongTokenSources) Forget();
                sources[source] = (1, time.GetTimestamp());
            }
        }
    }

    private bool IsOver(long since) => time.GetElapsedTime(since) >= limits.WrongTokenWindow;

    // What is over goes, and if nothing is, the oldest.
    private void Forget()
    {
        var oldest = sources.MinBy(static s => s.Value.Since).Key;
        foreach (var (source, seen) in sources)
            if (source.Equals(oldest) || IsOver(seen.Since)) sources.Remove(source);
    }

    private static IPAddress Source(IPAddress remote)
    {
        if (remote.IsIPv4MappedToIPv6) return remote.MapToIPv4();
        if (remote.AddressFamily != AddressFamily.InterNetworkV6) return remote;
        byte[] octets = remote.GetAddressBytes();
        octets.AsSpan(8).Clear();
        return new IPAddress(octets);
    }
}
