namespace Mesh.Iax2.Peers;

/// <summary>How a peer's reachability is watched, in milliseconds.</summary>
public sealed record QualifyOptions
{
    /// <summary>Between probes while they are answered.</summary>
    public int IntervalMs { get; init; } = 60_000;

    /// <summary>Between probes while the last one is unanswered.</summary>
    public int RetryMs { get; init; } = 2_000;

    /// <summary>Between probes of a dead one.</summary>
    public int DeadRetryMs { get; init; } = 2_000;

    /// <summary>A round trip above this is lagged, not alive.</summary>
    public int LaggedMs { get; init; } = 2_000;

    /// <summary>Dead when the first unanswered probe is this old; longer for a peer that is far away or was slow lately, see <see cref="PeerQualify"/>.</summary>
    public int DeadAfterMs { get; init; } = 20_000;

    /// <summary>The same while a call to it waits for its first word.</summary>
    public int DeadAfterWithCallMs { get; init; } = 20_000;

    /// <summary>
    /// For our own sites: a dead one is known within 0.6 s (an interval, and the limit), and costs a call placed as it dies 300 ms. Probes are repeated so often that of every five
    /// datagrams each way one may be lost: all fourteen of a round are, once in a million rounds.
    /// </summary>
    public static readonly QualifyOptions Site = new() { IntervalMs = 150, RetryMs = 25, DeadRetryMs = 100, LaggedMs = 400, DeadAfterMs = 400, DeadAfterWithCallMs = 300 };
}
