using System.Collections.Concurrent;

namespace Mesh.Io;

/// <summary>Work for a loop from other threads, in order of arrival. Bounded for the outside: what a full inbox refuses is counted.</summary>
public sealed class Inbox(int capacity)
{
    private readonly ConcurrentQueue<(Action<object?> Work, object? State)> queue = new();
    private int count;
    private long refused;

    public int Capacity { get; } = capacity;

    public int Count => Volatile.Read(ref count);

    public long Refused => Volatile.Read(ref refused);

    /// <summary>Adds work that may be refused: new calls, requests from outside.</summary>
    public bool TryAdd(Action<object?> work, object? state)
    {
        if (Interlocked.Increment(ref count) > Capacity)
        {
            Interlocked.Decrement(ref count);
            Interlocked.Increment(ref refused);
            return false;
        }
        queue.Enqueue((work, state));
        return true;
    }

    /// <summary>Adds work that continues something already admitted (a verb of a live call, a digit): its volume is bounded by what was admitted, so it is never refused.</summary>
    public void Add(Action<object?> work, object? state)
    {
        Interlocked.Increment(ref count);
        queue.Enqueue((work, state));
    }

    internal bool TryTake(out (Action<object?> Work, object? State) item)
    {
        if (!queue.TryDequeue(out item)) return false;
        Interlocked.Decrement(ref count);
        return true;
    }
}
