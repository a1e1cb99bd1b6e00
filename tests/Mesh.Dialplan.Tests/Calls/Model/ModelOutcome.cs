namespace Mesh.Dialplan.Tests.Calls.Model;

/// <summary>What became of one inbound call.</summary>
internal sealed record ModelOutcome
{
    /// <summary>All legs, the unaware peer's own included.</summary>
    public int Legs { get; set; }

    /// <summary>Legs of the busiest origin.</summary>
    public int LegsOfOneOrigin { get; set; }

    /// <summary>Longest chain of legs under one origin.</summary>
    public int Depth { get; set; }

    /// <summary>Latest leg after its origin's entry, milliseconds.</summary>
    public long LatestMs { get; set; }

    /// <summary>A server admitted a target twice on one branch.</summary>
    public bool Repeats { get; set; }

    /// <summary>Some branch's credit was negative or rose.</summary>
    public bool CreditRose { get; set; }

    /// <summary>Branches still alive at the end.</summary>
    public int Left { get; set; }

    public bool RanAway { get; set; }
}
