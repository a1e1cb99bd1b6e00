namespace Mesh.Dialplan.Calls;

/// <summary>Who handed us a call: the mesh law admits each differently (R1-R3).</summary>
public enum CallEntry : byte
{
    /// <summary>One of our phones.</summary>
    Phone,
    /// <summary>A carrier's trunk.</summary>
    Carrier,
    /// <summary>Another site of this mesh, authenticated: aware, must carry a hop header.</summary>
    Site,
    /// <summary>Another authenticated IAX2 system: unaware, a leaf.</summary>
    Peer,
}

/// <summary>A call as an adapter hands it to the call runner: protocol words already turned into telephone words, hop headers as received.</summary>
public sealed record IncomingCall(ICaller Caller, CallEntry Entry, string Called, CallerId CallerId)
{
    /// <summary>The account, trunk, site or peer it came from.</summary>
    public string From { get; init; } = "";

    /// <summary>Every hop header found, in the order received; an edge's are dropped unread (R1).</summary>
    public IReadOnlyList<string> MeshHops { get; init; } = [];

    public string? MeshRung { get; init; }

    /// <summary>SIP Max-Forwards as received, 70 where the protocol has none.</summary>
    public int MaxForwards { get; init; } = 70;

    /// <summary>For a phone: its device key, so that it never rings itself.</summary>
    public string DeviceKey { get; init; } = "";
}
