namespace Mesh.Dialplan.Calls;

/// <summary>
/// One admission of an origin at this server, and what it may still do: its part of the credit, of the hops, of the diversions and of the time. Made by <see cref="MeshLaw.Admit"/>,
/// spent by <see cref="MeshLaw.Price"/>. Owned by the signalling loop.
/// </summary>
public sealed class MeshBranch
{
    // Most branches are told of none.
    private HashSet<string>? listed;

    internal MeshBranch(MeshOrigin origin, in MeshArrival call)
    {
        Origin = origin;
        Entry = call.Entry;
        From = call.From;
        CalledKey = MeshHash.Target(call.Called);
        MaxForwards = call.MaxForwards;
    }

    public MeshOrigin Origin { get; }

    public CallEntry Entry { get; }

    public string From { get; }

    /// <summary>Hash of the number it arrived for: this server's own entry on the path.</summary>
    public string CalledKey { get; }

    /// <summary>b. Falls only (R10).</summary>
    public int Credit { get; internal set; }

    /// <summary>t.</summary>
    public int Hops { get; internal init; }

    /// <summary>d.</summary>
    public int Diversions { get; internal set; }

    /// <summary>Monotonic milliseconds after which no leg is made.</summary>
    public long DeadlineMs { get; internal init; }

    /// <summary>p as received: without this server.</summary>
    public IReadOnlyList<PathHop> Path { get; internal init; } = [];

    /// <summary>R3: local phones only.</summary>
    public bool IsLeaf { get; internal init; }

    public int MaxForwards { get; }

    /// <summary>The header it came with, if one was believed: for the record.</summary>
    public MeshHop? Hop { get; internal init; }

    /// <summary>It is a branch of a fork at another site.</summary>
    public bool CameOverTrunk => Entry is CallEntry.Site or CallEntry.Peer;

    /// <summary>o was made here, by a caller the law trusts to begin one.</summary>
    public bool MadeOrigin => Entry is CallEntry.Phone or CallEntry.Carrier;

    /// <summary>R13: somebody has answered; no more legs.</summary>
    public bool IsAnswered { get; private set; }

    /// <summary>Devices and accounts that others ring, or are to ring: told by the sender, and noted with <see cref="LeaveToOthers"/>.</summary>
    public IReadOnlyCollection<string> Listed => listed ?? (IReadOnlyCollection<string>)[];

    internal bool IsOver { get; set; }

    /// <summary>Notes a device or account that one particular site is asked to ring, so that all others leave it out.</summary>
    public void LeaveToOthers(string hash) => (listed ??= new(StringComparer.Ordinal)).Add(hash);

    /// <summary>R11: a device whose path gives no sign of life is struck from the list, and may be rung over another path.</summary>
    public void Strike(string device) => Origin.Strike(device);

    /// <summary>R13.</summary>
    public void MarkAnswered()
    {
        IsAnswered = true;
        Credit = 0;
    }

    internal bool Excludes(string device, string account) => Origin.HasRung(device) || (listed is not null && (listed.Contains(device) || listed.Contains(account)));
}
