namespace Mesh.Host.Status.Sampling;

/// <summary>How often the site is asked, and what silence means.</summary>
public sealed record StatusSamplerOptions
{
    /// <summary>When the first snapshot is made.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>After something changed.</summary>
    public TimeSpan Soon { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan Period { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A site that has not answered for this long takes calls late: degraded.</summary>
    public TimeSpan Late { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>A site that has not answered for this long takes none: down, and nobody knows of the rest.</summary>
    public TimeSpan Silent { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often changed days go to disk; as much is lost when the process is killed.</summary>
    public TimeSpan StoreEvery { get; init; } = TimeSpan.FromMinutes(1);
}
