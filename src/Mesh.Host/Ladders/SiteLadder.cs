using Mesh.Host.Ladders.Recording;

namespace Mesh.Host.Ladders;

/// <summary>What one site recorded of one origin, as <c>/api/ladders/ORIGIN</c> hands it out: octets as they were on the wire, read by whoever asks. Times are microseconds since 1970 by that site's clock.</summary>
/// <param name="LegsMissed">Legs there was no room for.</param>
public sealed record SiteLadder(string Site, string Origin, bool IsLive, IReadOnlyList<SiteLeg> Legs, IReadOnlyList<SiteStep> Steps, int LegsMissed)
{
    /// <summary>Of a call this site knows nothing of.</summary>
    public bool IsEmpty => Legs.Count == 0 && Steps.Count == 0;

    public static SiteLadder Nothing(string site, string origin) => new(site, origin, false, [], [], 0);
}

/// <summary>One leg of it, or the caller.</summary>
/// <param name="Protocol">sip or iax2.</param>
/// <param name="Kind">carrier, phone, site or peer.</param>
/// <param name="Name">The account, trunk, site or peer.</param>
/// <param name="IsCaller">It brought the call to this site.</param>
/// <param name="Missed">Messages there was no memory for.</param>
/// <param name="IsCut">It said so much that its middle is not kept.</param>
public sealed record SiteLeg(string Protocol, string Kind, string Name, bool IsCaller, LegQuality? Quality, int Missed, bool IsCut, IReadOnlyList<SiteMessage> Messages);

/// <summary>One SIP message or IAX2 full frame, the latter in clear whatever the wire had.</summary>
/// <param name="At">When it was sent, or read.</param>
/// <param name="Transport">udp, tcp, ...</param>
/// <param name="Local">The site's own address and port.</param>
public sealed record SiteMessage(long At, bool Sent, string Transport, string Local, string Remote, byte[] Octets);

/// <summary>One line of the dialplan's doing.</summary>
/// <param name="Call">The site's own id of the call.</param>
/// <param name="File">The plan's file; empty for an event the plan only led to.</param>
public sealed record SiteStep(string Call, long At, string Text, string File, int Line);
