namespace Mesh.Dialplan.Language;

/// <summary>A script went round and round: it took all the steps of its <see cref="StepBudget"/>.</summary>
public sealed class ScriptRanAway(long steps) : Exception($"the script took {steps} steps without coming to an end, or to a verb")
{
    public long Steps { get; } = steps;
}
