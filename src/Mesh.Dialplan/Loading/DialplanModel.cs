using Mesh.Dialplan.Language;

namespace Mesh.Dialplan.Loading;

/// <summary>A handler and where the plan defines it.</summary>
public sealed record DialplanEntry(string Pattern, Func<Call, Task> Handler, string File, int Line);

/// <summary>A compiled dialplan in force: frozen. A call keeps the one it started with.</summary>
public abstract class DialplanModel
{
    /// <summary>A short hash of the sources: the same plan has the same hash on every site.</summary>
    public abstract string Hash { get; }

    /// <summary>The handler for a number dialled by a phone or a site; the most specific pattern wins, then Otherwise, else null.</summary>
    public abstract DialplanEntry? FindExtension(string number);

    /// <summary>The handler for a number called from outside, compared as E.164; else null.</summary>
    public abstract DialplanEntry? FindInbound(string number);

    /// <summary>Counts a call in or out, so that an old plan is unloaded when its last call ends.</summary>
    public abstract void Enter();

    public abstract void Leave();
}
