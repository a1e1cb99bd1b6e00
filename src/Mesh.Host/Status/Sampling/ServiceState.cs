namespace Mesh.Host.Status.Sampling;

/// <summary>How a service does, worst last among those that are known.</summary>
public enum ServiceState
{
    /// <summary>Nobody knows; time in it counts for nothing.</summary>
    Unknown,
    Up,
    /// <summary>Works, but worse than it should.</summary>
    Degraded,
    Down,
}
