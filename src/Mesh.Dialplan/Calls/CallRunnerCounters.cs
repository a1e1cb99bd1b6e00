namespace Mesh.Dialplan.Calls;

/// <summary>What the calls of this site did; written by the signalling loop, read by metrics.</summary>
public sealed class CallRunnerCounters
{
    private readonly long[] refusals = new long[Enum.GetValues<CallRefusal>().Length];

    /// <summary>Plain fields: a torn read costs nothing.</summary>
    public long Calls, Answered, LegsMade, ScriptFailures, TooManyVerbs, TooManySteps, TooLongBetweenVerbs, TooManyGotos, QuietBranches, DevicesStruck,
        /// <summary>Calls this site was in the middle of and left to its two neighbours.</summary>
        Left,
        /// <summary>Callers from outside told sorry in place of what the plan would have done.</summary>
        Announced;

    /// <summary>Announcements being said now.</summary>
    public int Announcing;

    /// <summary>Legs alive now.</summary>
    public int LegsAlive;

    /// <summary>Handlers that have not returned yet: a script may outlive its call for a moment.</summary>
    public int ScriptsRunning;

    public long Of(CallRefusal refusal) => Volatile.Read(ref refusals[(int)refusal]);

    internal void Count(CallRefusal refusal) => refusals[(int)refusal]++;
}
