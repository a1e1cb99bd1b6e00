namespace Mesh.Host.Legs;

/// <summary>When a site tries to leave a call it is in the middle of; milliseconds.</summary>
public sealed record DirectPathOptions
{
    /// <summary>From the answer to the first try: a call that is over at once is left alone.</summary>
    public int FirstMs { get; init; } = 1_000;

    /// <summary>From a try that failed to the next.</summary>
    public int AgainMs { get; init; } = 2_000;

    /// <summary>Added to both, by chance: two sites in the middle of one call must not for ever ask at the same time.</summary>
    public int SpreadMs { get; init; } = 1_000;

    public int Tries { get; init; } = 3;
}
