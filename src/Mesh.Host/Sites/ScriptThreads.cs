using Mesh.Host.Admin;
using Mesh.Io;

namespace Mesh.Host.Sites;

/// <summary>
/// The threads dialplan scripts run on, theirs alone: no HTTP and no SMTP is before them in a queue. Usually a few; when scripts keep those busy for <see cref="Patience"/> (they block, or
/// compute) there is one more, up to a limit, so that a script hurts its own call only. What waits is bounded by the calls there may be.
/// </summary>
public sealed class ScriptThreads : TaskScheduler, IMetricSource, IDisposable
{
    /// <summary>How long work may wait before there is another thread.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a thread beyond the usual ones stays without work.</summary>
    public static readonly TimeSpan Linger = TimeSpan.FromSeconds(10);

    private readonly int usual, most;
    private readonly TimeProvider time;
    private readonly object gate = new();
    private readonly Queue<(Task Work, long At)> waiting = new();
    private readonly AutoResetEvent busy = new(false);
    private readonly ManualResetEvent closing = new(false);
    private int threads, idle, named;
    private long starved;
    private bool isClosed;

    /// <param name="usual">Threads that stay.</param>
    /// <param name="most">Threads at once.</param>
    public ScriptThreads(TimeProvider time, int usual = 2, int most = 64)
    {
        (this.time, this.usual, this.most) = (time, usual, most);
        new Thread(Watch) { Name = "scripts-watch", IsBackground = true }.Start();
    }

    public override int MaximumConcurrencyLevel => most;

    public int Threads { get { lock (gate) return threads; } }

    public void Write(MetricWriter writer)
    {
        lock (gate)
        {
            writer.Gauge("mesh_script_threads", "Threads dialplan scripts run on.", threads);
            writer.Gauge("mesh_script_work_waiting", "Steps of scripts waiting for a thread.", waiting.Count);
        }
        writer.Counter("mesh_script_starved_total", "Times when steps waited and no further thread was allowed: scripts block.", Volatile.Read(ref starved));
    }

    /// <summary>Runs nothing more. Scripts that still run keep their threads.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isClosed = true;
            Monitor.PulseAll(gate);
        }
        closing.Set();
        busy.Set();
    }

    protected override void QueueTask(Task task)
    {
        lock (gate)
        {
            waiting.Enqueue((task, time.GetTimestamp()));
            if (idle > 0) Monitor.Pulse(gate);
            else if (threads < usual) Begin();
            else busy.Set();
        }
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (gate) return [.. waiting.Select(w => w.Work)];
    }

    private void Begin()
    {
        threads++;
        new Thread(Run) { Name = $"scripts-{named++}", IsBackground = true }.Start();
    }

    private void Run()
    {
        // Begun by whoever queued: a media loop's rank is not for scripts.
        ThreadNiceness.TrySet(0);
        while (Next() is { } work) TryExecuteTask(work);
    }

    private Task? Next()
    {
        lock (gate)
        {
            (Task Work, long At) next;
            while (!waiting.TryDequeue(out next))
            {
                idle++;
                bool woken = !isClosed && Monitor.Wait(gate, threads > usual ? Linger : Timeout.InfiniteTimeSpan);
                idle--;
                if (!isClosed && (woken || waiting.Count > 0 || threads <= usual)) continue;
                threads--;
                return null;
            }
            return next.Work;
        }
    }

    private void Watch()
    {
        while (busy.WaitOne() && !closing.WaitOne(0))
            while (!closing.WaitOne(Patience) && Relieve()) { }
    }

    // True while something waits.
    private bool Relieve()
    {
        lock (gate)
        {
            if (!waiting.TryPeek(out var first)) return false;
            if (time.GetElapsedTime(first.At) < Patience) return true;
            if (threads < most) Begin();
            else starved++;
            return true;
        }
    }
}
