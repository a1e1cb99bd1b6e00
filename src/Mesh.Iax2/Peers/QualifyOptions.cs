namespace Mesh.Iax2.Peers;

/// <summary>How a peer's reachability is watched, in milliseconds.</summary>
public sealed record QualifyOptions
{
    /// <summary>Between probes while they are answered.</summary>
    public int IntervalMs { get; init; } = 60_000;

    /// <summary>Between probes while the last one is unanswered.</summary>
    public int RetryMs { get; init; } = 2_000;

    /// <summary>A round trip above this is lagged, not alive.</summary>
    public int LaggedMs { get; init; } = 2_000;

    /// <summary>Dead when the first unanswered probe is this old.</summary>
    public int DeadAfterMs { get; init; } = 20_000;

    /// <summary>For our own sites: a dead one is known within 0.6 s.</summary>
    public static readonly QualifyOptions Site = new() { IntervalMs = 150, RetryMs = 100, LaggedMs = 400, DeadAfterMs = 400 };
}
