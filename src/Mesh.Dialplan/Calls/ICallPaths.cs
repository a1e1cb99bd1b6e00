namespace Mesh.Dialplan.Calls;

/// <summary>Takes this site out of calls that only pass through it, so that its two neighbours talk directly. Signalling loop only.</summary>
public interface ICallPaths
{
    /// <summary>
    /// Tries to, now and some times more, as long as the conversation lasts. Null when these two cannot be connected without us. <paramref name="left"/> is told, never from within this
    /// call, when they are: both are gone from here then, without a word to either.
    /// </summary>
    IDeparture? TryLeave(ICaller caller, ILeg leg, Action left);
}

/// <summary>The wish to leave a call.</summary>
public interface IDeparture
{
    /// <summary>The conversation is over: there is nothing left to leave. Idempotent.</summary>
    void Stop();
}
