using System.Runtime.CompilerServices;

namespace Mesh.Dialplan.Language;

/// <summary>
/// Where a running script can be stopped: the loader writes <see cref="Count"/> into every loop and function of a plan, so that a loop without end, or a function
/// that calls itself for ever, ends with an exception in that script alone. Code that is not the plan's (a query over a thousand million numbers) is not counted.
/// </summary>
public static class ScriptSteps
{
    private static readonly AsyncLocal<StepBudget?> Current = new();

    /// <summary>From here on, in this flow of control and what it awaits, steps are taken from <paramref name="budget"/>.</summary>
    public static void Within(StepBudget budget) => Current.Value = budget;

    /// <summary>One step. Throws <see cref="ScriptRanAway"/> when none is left, <see cref="InsufficientExecutionStackException"/> before the stack would overflow and take the whole process with it.</summary>
    public static void Count()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (Current.Value is { } budget && !budget.TrySpend()) throw new ScriptRanAway(budget.Steps);
    }
}
