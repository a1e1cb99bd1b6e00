using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Mesh.Host.Admin;

namespace Mesh.Host.Listening;

/// <summary>
/// The threads on which everything runs that anybody may cause by connecting: few, so that they never keep all cores busy. What else the process does has the thread pool to itself. What waits for them
/// is bounded by the connections there may be: each has a few continuations at most.
/// </summary>
public sealed class PublicThreads : PipeScheduler, IMetricSource, IDisposable
{
    private readonly Queue<(Action<object?> Work, object? State)> waiting = new();
    private readonly object gate = new();
    private readonly Thread[] threads;
    private long done, faults;
    private bool isClosed;

    public PublicThreads(int count)
    {
        threads = [.. Enumerable.Range(0, count).Select(i => new Thread(Run) { Name = $"public-{i}", IsBackground = true })];
        foreach (var thread in threads) thread.Start();
    }

    public override void Schedule(Action<object?> action, object? state)
    {
        lock (gate)
        {
            if (!isClosed)
            {
                waiting.Enqueue((action, state));
                Monitor.Pulse(gate);
                return;
            }
        }
        // What ends after the threads have ended still ends.
        System.Threading.ThreadPool.UnsafeQueueUserWorkItem(_ => action(state), null);
    }

    /// <summary>Awaited: what follows runs here, after what waits already.</summary>
    public Turn NextTurn() => new(this);

    public void Write(MetricWriter writer)
    {
        int count;
        lock (gate) count = waiting.Count;
        writer.Gauge("mesh_public_work_waiting", "Work of public connections waiting for its threads.", count);
        writer.Counter("mesh_public_work_total", "Pieces of work done for public connections.", Volatile.Read(ref done));
        writer.Counter("mesh_public_faults_total", "Pieces of such work that threw.", Volatile.Read(ref faults));
    }

    /// <summary>After its connections have ended.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isClosed = true;
            Monitor.PulseAll(gate);
        }
        foreach (var thread in threads) thread.Join(TimeSpan.FromSeconds(2));
    }

    private void Run()
    {
        while (true)
        {
            (Action<object?> Work, object? State) next;
            lock (gate)
            {
                while (!waiting.TryDequeue(out next))
                {
                    if (isClosed) return;
                    Monitor.Wait(gate);
                }
            }
            // Connections look after their own failures: what comes here is a mistake of ours, and one that must not end the thread.
            try { next.Work(next.State); }
            catch (Exception) { Interlocked.Increment(ref faults); }
            Interlocked.Increment(ref done);
        }
    }

    /// <summary>See <see cref="NextTurn"/>.</summary>
    public readonly struct Turn(PublicThreads threads) : ICriticalNotifyCompletion
    {
        private static readonly Action<object?> Go = static go => ((Action)go!)();

        public bool IsCompleted => false;

        public Turn GetAwaiter() => this;

        public void GetResult() { }

        public void OnCompleted(Action continuation) => threads.Schedule(Go, continuation);

        public void UnsafeOnCompleted(Action continuation) => threads.Schedule(Go, continuation);
    }
}
