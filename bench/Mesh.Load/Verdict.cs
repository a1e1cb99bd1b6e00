namespace Mesh.Load;

/// <summary>One measured figure beside what it must not exceed and what we want it to be.</summary>
/// <param name="Limit">Above it the smoke fails.</param>
/// <param name="Goal">What the design asks for in the end; null when the limit is the goal.</param>
public sealed record Verdict(string What, double Figure, string Unit, double Limit, double? Goal, string Detail)
{
    public bool Holds => Figure <= Limit;

    public bool MeetsGoal => Figure <= (Goal ?? Limit);
}
