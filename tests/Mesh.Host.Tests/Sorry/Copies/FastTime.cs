namespace Mesh.Host.Tests.Sorry.Copies;

/// <summary>The system's time, so many times as fast: waits are as long as they say, by its own clock.</summary>
public sealed class FastTime(double factor) : TimeProvider
{
    private readonly long began = System.GetTimestamp();
    private readonly DateTimeOffset start = System.GetUtcNow();

    /// <summary>Moves the wall clock on; what waits goes on waiting.</summary>
    public TimeSpan Skipped { get; set; }

    public override DateTimeOffset GetUtcNow() => start + System.GetElapsedTime(began) * factor + Skipped;

    public override long GetTimestamp() => (long)((System.GetTimestamp() - began) * factor) + 1;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => System.CreateTimer(callback, state, Scaled(dueTime), Scaled(period));

    private TimeSpan Scaled(TimeSpan span) => span <= TimeSpan.Zero ? span : span / factor;
}
