namespace Mesh.Host.Alarms;

/// <summary>When something amiss is an alarm, and when it is over.</summary>
public sealed record AlarmOptions
{
    /// <summary>How often is looked.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Another site that is not reached.</summary>
    public TimeSpan SiteAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>One that was never reached since this site started.</summary>
    public TimeSpan SiteAtStartAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>What all living sites agree on is acted upon after this.</summary>
    public TimeSpan AgreedAfter { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>All else: telephones gone, a carrier that does not answer, a journal that is not exchanged.</summary>
    public TimeSpan After { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>What is well again for this long is over. Each time it comes back within <see cref="Flapping"/> doubles it, up to that.</summary>
    public TimeSpan ClearAfter { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>What comes back within this time is the same incident again, not a new one.</summary>
    public TimeSpan Flapping { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A certificate that ends sooner.</summary>
    public TimeSpan CertificateEnds { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Octets free for the site's data, at least.</summary>
    public long DiskFree { get; init; } = 500L << 20;

    /// <summary>Things amiss at once that are looked at; the rest is counted.</summary>
    public int MostFacts { get; init; } = 200;
}
