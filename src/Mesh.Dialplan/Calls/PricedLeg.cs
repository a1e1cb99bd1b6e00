namespace Mesh.Dialplan.Calls;

/// <summary>The law's answer to a <see cref="LegRequest"/>: paid for and to be made, or refused.</summary>
public sealed record PricedLeg(LegRequest Request, LegRefusal Refusal)
{
    public LegPlan Plan => Request.Plan;

    public bool IsAllowed => Refusal == LegRefusal.None;

    /// <summary>For an aware peer: the hop header's value.</summary>
    public string? Hop { get; init; }

    /// <summary>For an aware peer: the rung line's value, null when the list is empty.</summary>
    public string? Rung { get; init; }

    /// <summary>For a phone: its device's hash.</summary>
    public string Device { get; init; } = "";
}
