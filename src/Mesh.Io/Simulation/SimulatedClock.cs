namespace Mesh.Io.Simulation;

/// <summary>
/// Virtual time: it stands still until its <see cref="SimulatedWorld"/> moves it. Timers made from it (<c>Task.Delay(span, clock)</c>,
/// <c>new CancellationTokenSource(span, clock)</c>) pass in virtual time too, on the world's thread.
/// </summary>
public sealed class SimulatedClock : TimeProvider
{
    private readonly Agenda agenda;
    private readonly DateTimeOffset start;

    internal SimulatedClock(Agenda agenda, DateTimeOffset start)
    {
        this.agenda = agenda;
        this.start = start;
    }

    /// <summary>Virtual time since the world began.</summary>
    public TimeSpan Elapsed => TimeSpan.FromMicroseconds(agenda.NowMicros);

    public override long TimestampFrequency => 1_000_000;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long GetTimestamp() => agenda.NowMicros;

    public override DateTimeOffset GetUtcNow() => start + Elapsed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new SimulatedTimer(agenda, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}
