namespace Mesh.Io.Simulation;

/// <summary>A timer of the <see cref="SimulatedClock"/>. Each change makes what was written down before it void.</summary>
internal sealed class SimulatedTimer(Agenda agenda, TimerCallback callback, object? state) : ITimer
{
    private TimeSpan period;
    private long version;
    private bool disposed;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (disposed) return false;
        this.period = period;
        version++;
        if (dueTime != Timeout.InfiniteTimeSpan) WriteDown(dueTime);
        return true;
    }

    public void Dispose()
    {
        disposed = true;
        version++;
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void WriteDown(TimeSpan after)
    {
        // Rounded up: a timer never passes early.
        long micros = (after.Ticks + TimeSpan.TicksPerMicrosecond - 1) / TimeSpan.TicksPerMicrosecond;
        long written = version;
        agenda.Add(agenda.NowMicros + micros, _ => Pass(written), null);
    }

    private void Pass(long written)
    {
        if (written != version) return;
        if (period > TimeSpan.Zero) WriteDown(period);
        callback(state);
    }
}
