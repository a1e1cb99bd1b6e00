using System.Collections.Concurrent;

namespace Mesh.Io.Simulation;

/// <summary>
/// Runs script tasks on the world's thread, between events, in order of being queued. A script started on it stays on it over every <c>await</c>
/// that does not ask to leave with <c>ConfigureAwait(false)</c>.
/// </summary>
public sealed class SimulatedScheduler : TaskScheduler
{
    private readonly ConcurrentQueue<Task> queue = new();
    private bool running;

    internal SimulatedScheduler() { }

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Starts an async function as a script: its first step runs when the world runs.</summary>
    public Task Start(Func<Task> script) =>
        Task.Factory.StartNew(script, CancellationToken.None, TaskCreationOptions.None, this).Unwrap();

    /// <inheritdoc cref="Start(Func{Task})"/>
    public Task<T> Start<T>(Func<Task<T>> script) =>
        Task.Factory.StartNew(script, CancellationToken.None, TaskCreationOptions.None, this).Unwrap();

    internal bool RunOne()
    {
        if (!queue.TryDequeue(out var task)) return false;
        running = true;
        try { TryExecuteTask(task); }
        finally { running = false; }
        return true;
    }

    protected override void QueueTask(Task task) => queue.Enqueue(task);

    // Inside a script only: a handler of a loop that completes a task must not find the script running inside itself.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        running && Current == this && !taskWasPreviouslyQueued && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => queue.ToArray();
}
