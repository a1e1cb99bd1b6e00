using Mesh.Dialplan.Language;

namespace Mesh.Dialplan.Loading;

/// <summary>A handler and where the plan defines it.</summary>
public sealed record DialplanEntry(string Pattern, Func<Call, Task> Handler, string File, int Line)
{
    /// <summary>It can neither block nor go round, so it may run on the signalling loop. False when that cannot be told.</summary>
    public bool IsStraight { get; init; }
}

/// <summary>A compiled dialplan in force: frozen. A call keeps the one it started with.</summary>
public abstract class DialplanModel
{
    /// <summary>A short hash of the sources: the same plan has the same hash on every site.</summary>
    public abstract string Hash { get; }

    /// <summary>The handler for a number dialled by a phone or a site; the most specific pattern wins, then Otherwise, else null.</summary>
    public abstract DialplanEntry? FindExtension(string number);

    /// <summary>The handler for a number called from outside, compared as E.164; else null.</summary>
    public abstract DialplanEntry? FindInbound(string number);

    /// <summary>What the plan's extensions make of digits dialled so far. What only Otherwise takes is no number.</summary>
    public virtual NumberStanding StandingOf(string digits) =>
        FindExtension(digits) is { } entry && entry != Otherwise ? NumberStanding.Exists : NumberStanding.None;

    /// <summary>Calls that run on this plan now.</summary>
    public virtual int Calls => 0;

    /// <summary>What can be dialled, most specific first.</summary>
    public virtual IEnumerable<DialplanEntry> Extensions => [];

    /// <summary>What can be called from outside, most specific first.</summary>
    public virtual IEnumerable<DialplanEntry> Inbounds => [];

    /// <summary>What takes dialled numbers nothing else matches, or null.</summary>
    public virtual DialplanEntry? Otherwise => null;

    /// <summary>True when the plan does nothing more once the conversation of the Dial written there is over.</summary>
    public virtual bool IsLastDial(string file, int line) => false;

    /// <summary>Counts a call in or out. Hold the model from one to the other: an old plan is unloaded when nothing refers to it any more.</summary>
    public abstract void Enter();

    public abstract void Leave();
}
