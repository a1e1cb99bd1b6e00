using Mesh.Dialplan.Language;

namespace Mesh.Dialplan.Calls;

/// <summary>The limits of calls and of the scripts that run them.</summary>
public sealed record CallRunnerOptions
{
    /// <summary>Calls at once; one more is refused (503). Emergency calls are let in above it.</summary>
    public int MaxCalls { get; init; } = 10_000;

    /// <summary>Callers who hear an announcement at once; one more is refused (503), so that the carrier may try another site.</summary>
    public int MaxAnnouncements { get; init; } = 200;

    /// <summary>Longest number that is looked at.</summary>
    public int MaxCalledLength { get; init; } = 64;

    /// <summary>Verbs one call's handlers may use: the step budget.</summary>
    public int MaxVerbs { get; init; } = 1_000;

    /// <summary>Steps, rounds of loops and entries into functions, that a handler may take from one verb to the next.</summary>
    public long MaxStepsBetweenVerbs { get; init; } = 10_000_000;

    /// <summary>How long a handler may go without using a verb, milliseconds: the time budget. Waiting inside a verb does not count.</summary>
    public int MaxBetweenVerbsMs { get; init; } = 10_000;

    /// <summary>How often one call may go on to another number's handler.</summary>
    public int MaxGotos { get; init; } = 10;

    public int MaxTraceLines { get; init; } = 200;

    /// <summary>Calls whose traces are kept.</summary>
    public int TracesKept { get; init; } = 500;

    /// <summary>Ringback is generated for callers at the edge, so that it sounds the same however legs come and go; else the caller's own phone makes it.</summary>
    public bool GeneratesRingback { get; init; } = true;

    /// <summary>The safe route: what rings when a handler fails before anybody answered; null refuses the call.</summary>
    public Ring? SafeRoute { get; init; }

    /// <summary>What is dialled for an emergency number when the plan has nothing for it or its handler fails.</summary>
    public Func<string, Ring>? EmergencyRoute { get; init; }

    /// <summary>How long a safe route rings.</summary>
    public TimeSpan SafeRouteRingFor { get; init; } = TimeSpan.FromSeconds(60);
}
