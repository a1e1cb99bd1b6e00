namespace Mesh.Io;

/// <summary>The time a loop goes by: monotonic milliseconds and microseconds since the clock was made, and the wall clock for what people read. All from one <see cref="TimeProvider"/>, which the simulator replaces.</summary>
public sealed class MeshClock
{
    private readonly TimeProvider time;
    private readonly long origin;
    private readonly double microsPerTick;

    public MeshClock(TimeProvider time)
    {
        this.time = time;
        origin = time.GetTimestamp();
        microsPerTick = 1_000_000.0 / time.TimestampFrequency;
    }

    public TimeProvider Provider => time;

    /// <summary>Monotonic microseconds since the clock was made.</summary>
    public long NowMicros => (long)((time.GetTimestamp() - origin) * microsPerTick);

    /// <summary>Monotonic milliseconds since the clock was made.</summary>
    public long NowMs => NowMicros / 1000;

    /// <summary>Wall clock, UTC. Never used to measure.</summary>
    public DateTimeOffset UtcNow => time.GetUtcNow();
}
