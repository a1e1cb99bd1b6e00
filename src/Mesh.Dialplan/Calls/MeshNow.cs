namespace Mesh.Dialplan.Calls;

/// <summary>The time, handed to the law: monotonic milliseconds measure, the wall clock only dates what is sent to others.</summary>
public readonly record struct MeshNow(long Ms, DateTimeOffset Utc)
{
    public static MeshNow Of(Mesh.Io.MeshClock clock) => new(clock.NowMs, clock.UtcNow);
}
