namespace Mesh.Dialplan.Language;

/// <summary>How many steps a script may take: a step is one round of a loop, or one entry into a function. One owner at a time; not for several threads at once.</summary>
public sealed class StepBudget(long steps)
{
    private long left = steps;
    private volatile bool stopped;

    public long Steps { get; } = steps;

    /// <summary>Begins again: the call runner does so at each verb, so that only a script going round without any is stopped.</summary>
    public void Renew() => left = Steps;

    /// <summary>Ends the script at its next step, whatever is left, and for good. Any thread: for whoever watches the time.</summary>
    public void Exhaust() => stopped = true;

    internal bool TrySpend() => !stopped && --left >= 0;
}
