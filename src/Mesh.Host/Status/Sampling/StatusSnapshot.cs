namespace Mesh.Host.Status.Sampling;

/// <summary>All a page is made of besides incidents. Never changes once made.</summary>
/// <param name="At">When the site last said how it does; null before it has.</param>
public sealed record StatusSnapshot(DateTimeOffset? At, IReadOnlyList<ServiceStatus> Services)
{
    public static readonly StatusSnapshot Empty = new(null, []);
}

/// <summary>A service now and over ninety days.</summary>
/// <param name="Days">Oldest first.</param>
public sealed record ServiceStatus(ServiceReading Reading, IReadOnlyList<ServiceDay> Days)
{
    public string Id => Reading.Id;

    public ServiceState State => Reading.State;

    /// <summary>The share of the known time in which it worked, degraded or not; null when no time is known.</summary>
    public double? Uptime => Days.Sum(d => d.Known.TotalSeconds) is > 0 and var known ? Days.Sum(d => (d.Up + d.Degraded).TotalSeconds) / known : null;
}
