namespace Mesh.Host.Status.Sampling;

/// <summary>How long a service was in each state on one day, UTC. What is missing from 24 hours nobody knows.</summary>
public sealed record ServiceDay(string Service, DateOnly Day, TimeSpan Up, TimeSpan Degraded, TimeSpan Down)
{
    public TimeSpan Known => Up + Degraded + Down;

    /// <summary>The state the day is shown in: a minute of trouble marks it.</summary>
    public ServiceState State =>
        Known == TimeSpan.Zero ? ServiceState.Unknown
        : Down >= TimeSpan.FromMinutes(1) ? ServiceState.Down
        : Degraded >= TimeSpan.FromMinutes(1) ? ServiceState.Degraded
        : ServiceState.Up;

    public ServiceDay And(ServiceState state, TimeSpan time) => state switch
    {
        ServiceState.Up => this with { Up = Up + time },
        ServiceState.Degraded => this with { Degraded = Degraded + time },
        ServiceState.Down => this with { Down = Down + time },
        _ => this,
    };
}
