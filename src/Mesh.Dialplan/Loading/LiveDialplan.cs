namespace Mesh.Dialplan.Loading;

/// <summary>
/// The plan in force. A folder that loads replaces it by one write; calls keep the plan they started with. A folder that does not load changes nothing, and
/// <see cref="Errors"/> says why. Reading is free on any thread; reloading compiles on the caller's thread, one at a time: never call it on a loop.
/// </summary>
/// <param name="folder">A bundle's <c>dialplan/</c>.</param>
/// <param name="names">What the configuration knows at that moment.</param>
public sealed class LiveDialplan(DialplanCompiler compiler, string folder, Func<DialplanNames> names)
{
    private readonly Lock reloading = new();
    private DialplanModel? current;
    private IReadOnlyList<DialplanError> errors = [];
    private string lastSeen = "";

    public string Folder { get; } = folder;

    /// <summary>Null until a plan has loaded.</summary>
    public DialplanModel? Current => Volatile.Read(ref current);

    /// <summary>Why the folder as it is now is not in force; empty when it is.</summary>
    public IReadOnlyList<DialplanError> Errors => Volatile.Read(ref errors);

    /// <summary>A new plan is in force: told after the swap, on the reloading thread. Must not throw.</summary>
    public event Action<DialplanModel>? Replaced;

    /// <summary>A folder was refused, and the plan before it stays in force. Must not throw.</summary>
    public event Action<IReadOnlyList<DialplanError>>? Refused;

    /// <summary>The plan for a new call, counted in; <see cref="DialplanModel.Leave"/> counts the call out.</summary>
    public DialplanModel? Enter()
    {
        var model = Current;
        model?.Enter();
        return model;
    }

    /// <summary>Reads the folder and puts it in force if it loads. Never throws.</summary>
    public DialplanOutcome Reload()
    {
        lock (reloading) return Load(unlessSeen: false)!;
    }

    /// <summary>The same, when the texts differ from those last tried; null when they do not. For whoever watches the folder: an editor touches files without changing them.</summary>
    public DialplanOutcome? ReloadIfChanged()
    {
        lock (reloading) return Load(unlessSeen: true);
    }

    private DialplanOutcome? Load(bool unlessSeen)
    {
        var (sources, unreadable) = DialplanFolder.Read(Folder, compiler.Options);
        string seen = unreadable?.ToString() ?? DialplanCompiler.Hash(sources);
        if (unlessSeen && seen == lastSeen) return null;
        lastSeen = seen;
        var outcome = unreadable is null ? Compiled(sources) : DialplanOutcome.Refused(unreadable);
        Volatile.Write(ref errors, outcome.Errors);
        if (outcome.Model is not { } model)
        {
            Refused?.Invoke(outcome.Errors);
            return outcome;
        }
        Volatile.Write(ref current, model);
        Replaced?.Invoke(model);
        return outcome;
    }

    private DialplanOutcome Compiled(IReadOnlyList<DialplanSource> sources)
    {
        try { return compiler.Compile(sources, names()); }
        // A fault of ours in loading must not cost more than this reload: the plan in force goes on.
        catch (Exception e) { return DialplanOutcome.Refused(new DialplanError(sources.Count > 0 ? sources[0].File : Folder, 0, 0, $"The plan could not be compiled: {e.GetType().Name}: {e.Message}")); }
    }
}
