namespace Mesh.Host.Status.Sampling;

/// <summary>
/// Asks the site regularly how its services do, adds the time to their days and publishes a snapshot. Runs on timer threads and waits for nobody: a site that does not answer in time
/// is a reading too.
/// </summary>
public sealed class StatusSampler : IDisposable
{
    private readonly IStatusReadings readings;
    private readonly ServiceHistory history;
    private readonly TimeProvider time;
    private readonly StatusSamplerOptions options;
    private readonly Func<IReadOnlyList<ServiceDay>, bool> store;
    private readonly Lock gate = new();
    private readonly ITimer timer;
    private IReadOnlyList<ServiceDay> unstored = [];
    private Answer? latest;
    private StatusSnapshot current = StatusSnapshot.Empty;
    private long began, ticked, stored, looked;
    private bool isDisposed;

    /// <param name="store">Makes days durable; false to be asked again.</param>
    public StatusSampler(IStatusReadings readings, ServiceHistory history, TimeProvider time, StatusSamplerOptions options, Func<IReadOnlyList<ServiceDay>, bool> store)
    {
        this.readings = readings;
        this.history = history;
        this.time = time;
        this.options = options;
        this.store = store;
        timer = time.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The latest snapshot; from any thread.</summary>
    public StatusSnapshot Current => Volatile.Read(ref current);

    public void Start()
    {
        began = ticked = stored = time.GetTimestamp();
        Ask();
        timer.Change(options.First, options.Period);
    }

    /// <summary>Something has changed: asks now, and shows it soon, without waiting for the next time. Any thread.</summary>
    public void Look()
    {
        // Without the gate: a loop of calls may say so, and waits for nothing.
        long last = Volatile.Read(ref looked), stamp = time.GetTimestamp();
        if (Volatile.Read(ref began) == 0 || (last != 0 && time.GetElapsedTime(last, stamp) < 2 * options.Soon)) return;
        Volatile.Write(ref looked, stamp);
        Ask();
        timer.Change(options.Soon, options.Period);
    }

    /// <summary>Stores what is not yet stored and asks no more.</summary>
    public void Dispose()
    {
        timer.Dispose();
        lock (gate)
        {
            if (isDisposed) return;
            isDisposed = true;
            Store();
        }
    }

    private void Tick()
    {
        lock (gate)
        {
            if (isDisposed) return;
            long stamp = time.GetTimestamp();
            var now = time.GetUtcNow();
            var passed = time.GetElapsedTime(ticked, stamp);
            ticked = stamp;
            // A machine that slept knows nothing of that time.
            if (passed > options.Silent) passed = options.Period;
            var answer = Volatile.Read(ref latest);
            var inForce = InForce(answer, stamp);
            foreach (var reading in inForce) history.Add(reading.Id, reading.State, now, passed);
            var today = DateOnly.FromDateTime(now.UtcDateTime);
            Volatile.Write(ref current, new StatusSnapshot(answer?.At, [.. inForce.Select(r => new ServiceStatus(r, history.Of(r.Id, today)))]));
            if (time.GetElapsedTime(stored, stamp) >= options.StoreEvery) Store();
        }
        Ask();
    }

    private IReadOnlyList<ServiceReading> InForce(Answer? answer, long stamp)
    {
        var silence = time.GetElapsedTime(answer?.Stamp ?? began, stamp);
        if (answer is null || silence < options.Late) return answer?.Readings ?? [];
        bool isSilent = silence >= options.Silent;
        return [.. answer.Readings.Select(r => r.Id == ServiceReading.Calls
            ? r with { State = isSilent ? ServiceState.Down : Worse(r.State, ServiceState.Degraded) }
            : isSilent ? r with { State = ServiceState.Unknown } : r)];
    }

    private static ServiceState Worse(ServiceState one, ServiceState other) => one > other ? one : other;

    // An answer overtaken by a later one does no harm: both are newer than what was there.
    private void Ask() => readings.TryAsk(list => Volatile.Write(ref latest, new Answer(list, time.GetTimestamp(), time.GetUtcNow())));

    private void Store()
    {
        stored = time.GetTimestamp();
        var changed = history.TakeChanged();
        var fresh = changed.Select(d => (d.Service, d.Day)).ToHashSet();
        ServiceDay[] all = [.. unstored.Where(d => !fresh.Contains((d.Service, d.Day))), .. changed];
        if (all.Length > 0) unstored = store(all) ? [] : all;
    }

    private sealed record Answer(IReadOnlyList<ServiceReading> Readings, long Stamp, DateTimeOffset At);
}
