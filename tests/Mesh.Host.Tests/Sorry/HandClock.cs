namespace Mesh.Host.Tests.Sorry;

/// <summary>A wall clock that stands until it is moved; its timers and timestamps are the system's.</summary>
public sealed class HandClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
