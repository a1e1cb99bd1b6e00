namespace Mesh.Dialplan.Calls;

/// <summary>How the law took an incoming call. Each is counted.</summary>
public enum AdmissionKind : byte
{
    /// <summary>R1: from an edge, a new origin.</summary>
    Fresh,
    /// <summary>R2: from an aware peer, with a header that holds.</summary>
    Aware,
    /// <summary>R3: from a peer that knows no header.</summary>
    LeafUnaware,
    /// <summary>R2 failed, hence R3 and an alarm: no header from an aware peer.</summary>
    LeafNoHeader,
    /// <summary>R2 failed: more than one header.</summary>
    LeafSeveralHeaders,
    /// <summary>R2 failed: the header is longer than one line may be.</summary>
    LeafTooLong,
    LeafUnknownVersion,
    LeafMalformed,
    /// <summary>R2 failed: signed with a key this ring does not hold.</summary>
    LeafUnknownKey,
    /// <summary>R2 failed: not signed by this peer for this server and this number.</summary>
    LeafWrongMac,
    /// <summary>R2 failed: from a site that is none of the mesh's.</summary>
    LeafUnknownSite,
    /// <summary>R2 failed: issued too long ago or too far ahead: a replay, or a clock that is wrong.</summary>
    LeafWrongClock,
    /// <summary>R4: this (o, l) was here before.</summary>
    RefusedRepeated,
    /// <summary>R5: this server and target, or this server R times, are on the path.</summary>
    RefusedLoop,
    /// <summary>R5: no setup time is left.</summary>
    RefusedExpired,
    /// <summary>Issued before this server started: what it had spent by then is not known.</summary>
    RefusedOlderThanUptime,
    /// <summary>Too many origins are remembered.</summary>
    RefusedFull,
}
