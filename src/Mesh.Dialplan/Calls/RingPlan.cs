namespace Mesh.Dialplan.Calls;

/// <summary>A ring, resolved: what would be dialled, and where else its devices could be reached.</summary>
/// <param name="Requests">Legs to ask the law for, in order.</param>
/// <param name="Alternates">Further paths to a device that is among the requests.</param>
/// <param name="Sites">The sites the ring names, in order, over which a device can be tried.</param>
public sealed record RingPlan(IReadOnlyList<LegRequest> Requests, IReadOnlyList<LegPlan> Alternates, IReadOnlyList<LegPlan> Sites)
{
    /// <summary>Endpoints that stand for no leg now, and why.</summary>
    public IReadOnlyList<(string Spelling, HangupCause Cause)> Unresolved { get; init; } = [];
}
