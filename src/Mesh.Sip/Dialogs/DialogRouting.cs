using Mesh.Io;
using Mesh.Sip.Messages;
using Mesh.Sip.Transport;

namespace Mesh.Sip.Dialogs;

/// <summary>
/// Where the requests of a dialog go. The RFC says: to the next hop. A phone behind NAT writes a private address into its Contact that leads nowhere from here; what it sent us
/// shows the way that works, and so does an open connection.
/// </summary>
internal static class DialogRouting
{
    /// <param name="hasRoutes">The next hop is a proxy that recorded itself, not the far end's Contact.</param>
    public static SipFlow Of(TargetResolver targets, in SipUri nextHop, bool hasRoutes, in SipFlow heardOver)
    {
        if (heardOver.Connection is not null && !hasRoutes) return heardOver;
        // A name leads back to whom we heard: resolving it again could choose another machine in the middle of a call.
        if (!targets.TryResolve(nextHop, out var direct) || direct.Remote == heardOver.Remote) return heardOver;
        return IsUnreachable(direct.Remote, heardOver.Remote) ? heardOver : direct;
    }

    /// <summary>A private address seen from a packet that came from a public one, or a loopback address from another machine.</summary>
    internal static bool IsUnreachable(NetAddress shown, NetAddress seen)
    {
        if (shown.SameHost(seen) || !shown.IsIPv4) return false;
        if (shown.IPv4 == 0) return true;
        bool isNear = seen.IsIPv4 && (IsPrivate(seen.IPv4) || IsLoopback(seen.IPv4));
        return IsLoopback(shown.IPv4) ? !(seen.IsIPv4 && IsLoopback(seen.IPv4)) : IsPrivate(shown.IPv4) && !isNear;
    }

    private static bool IsLoopback(uint address) => address >> 24 == 127;

    /// <summary>RFC 1918, and the shared addresses of carriers' NAT (RFC 6598).</summary>
    private static bool IsPrivate(uint address) =>
        address >> 24 == 10 || address >> 20 == 0xAC1 || address >> 16 == 0xC0A8 || address >> 22 == 401;
}
