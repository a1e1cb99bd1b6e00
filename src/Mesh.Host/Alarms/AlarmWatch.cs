using Mesh.Host.Admin;
using Mesh.Host.Journal;
using Mesh.Host.Sorry.Automatic;

namespace Mesh.Host.Alarms;

/// <summary>Looks for what is amiss a few times a second, on timer threads and away from every loop; drafts incidents and switches sorry.</summary>
public sealed class AlarmWatch : IMetricSource, IAsyncDisposable
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);
    private readonly AlarmOptions options;
    private readonly TimeProvider time;
    private readonly Func<IEnumerable<AlarmFact>> facts;
    private readonly AlarmDrafts drafts;
    private readonly AutomaticSorry automatic;
    private readonly Action<Exception> onFault;
    private readonly AlarmBoard board;
    private readonly CancellationTokenSource stop = new();
    private readonly ITimer timer;
    private readonly long began;
    private TimeSpan notBefore;
    private Task looking = Task.CompletedTask;
    private long failures;
    private int isLooking;

    public AlarmWatch(AlarmOptions options, TimeProvider time, Func<IEnumerable<AlarmFact>> facts, AlarmDrafts drafts, AutomaticSorry automatic, Action<Exception> onFault)
    {
        (this.options, this.time, this.facts, this.drafts, this.automatic, this.onFault) = (options, time, facts, drafts, automatic, onFault);
        board = new AlarmBoard(options);
        began = time.GetTimestamp();
        timer = time.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Start() => timer.Change(options.Period, options.Period);

    /// <summary>One look, to its end. Not two at once.</summary>
    /// <exception cref="JournalException">What could not be said is said at a later look.</exception>
    public async Task LookAsync()
    {
        var elapsed = time.GetElapsedTime(began);
        bool mayClear = elapsed >= options.ClearAfter;
        board.Look(facts(), elapsed);
        if (elapsed < notBefore) return;
        await drafts.SayAsync(board.Standing, mayClear, time.GetUtcNow(), stop.Token);
        await automatic.LookAsync(elapsed, time.GetUtcNow(), mayClear, stop.Token);
    }

    public void Write(MetricWriter writer)
    {
        writer.Gauge("mesh_alarms", "Alarms this site stands by.", board.Standing.Count);
        writer.Counter("mesh_alarms_failures_total", "Looks at which something could not be said; it is said later.", Volatile.Read(ref failures));
        writer.Counter("mesh_alarms_refused_total", "Things amiss not looked at because there were too many.", board.TooMany);
    }

    public async ValueTask DisposeAsync()
    {
        await timer.DisposeAsync();
        await stop.CancelAsync();
        await looking;
        drafts.Dispose();
        stop.Dispose();
    }

    private void Tick()
    {
        // A look that takes longer than the period is not overtaken by the next.
        if (Interlocked.Exchange(ref isLooking, 1) == 0) looking = GuardedAsync();
    }

    private async Task GuardedAsync()
    {
        try
        {
            if (!stop.IsCancellationRequested) await LookAsync();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { }
        catch (Exception e)
        {
            Interlocked.Increment(ref failures);
            notBefore = time.GetElapsedTime(began) + AfterFailure;
            onFault(e);
        }
        finally { Volatile.Write(ref isLooking, 0); }
    }
}
