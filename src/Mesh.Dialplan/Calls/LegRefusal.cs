namespace Mesh.Dialplan.Calls;

/// <summary>Why the law did not allow a leg. Each is counted.</summary>
public enum LegRefusal : byte
{
    /// <summary>It was allowed.</summary>
    None,
    /// <summary>R6: no credit left.</summary>
    NoCredit,
    /// <summary>R3: a leaf rings local phones only.</summary>
    Leaf,
    /// <summary>R7: no hops to other servers left, or Max-Forwards is used up.</summary>
    NoHops,
    /// <summary>R5: that server has been on the path with that target, or R times.</summary>
    Loop,
    /// <summary>R8: what came over a trunk does not leave over another under the same number.</summary>
    SplitHorizon,
    /// <summary>R8: no diversions left.</summary>
    NoDiversions,
    /// <summary>R9: only the server that made o dials a peer that knows no header, and once.</summary>
    UnawarePeer,
    /// <summary>R11: the device rings or has rung for this origin.</summary>
    AlreadyRung,
    /// <summary>R11: the list of devices is full.</summary>
    RungListFull,
    /// <summary>The setup time is over.</summary>
    SetupTimeOver,
    /// <summary>R13: the call is answered.</summary>
    Answered,
    /// <summary>Not another site of this mesh.</summary>
    UnknownSite,
    /// <summary>A cap of the host said no (R14).</summary>
    Capped,
}
