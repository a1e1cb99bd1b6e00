namespace Mesh.Host.Storage;

/// <summary>
/// Work on its way to the storage thread: bounded, taken in batches. Awaited work is taken at once; other work waits up to <paramref name="linger"/> for company. The taker sleeps
/// without spinning first: at some hundred pieces a second the busy wait of the usual collections costs more than the work.
/// </summary>
internal sealed class StorageQueue(int capacity, int maxBatch, TimeSpan linger) : IDisposable
{
    private readonly Lock gate = new();
    private readonly AutoResetEvent wanted = new(false);
    private readonly Queue<StorageWork> waiting = new();
    private bool isAwaited, isClosed;

    /// <summary>False when it is full or closed.</summary>
    public bool TryAdd(StorageWork work)
    {
        bool wakes;
        lock (gate)
        {
            if (isClosed || waiting.Count >= capacity) return false;
            waiting.Enqueue(work);
            wakes = waiting.Count == 1 || waiting.Count == maxBatch || (work.IsAwaited && !isAwaited);
            isAwaited |= work.IsAwaited;
        }
        if (wakes) wanted.Set();
        return true;
    }

    /// <summary>Waits for work, for the one thread that takes it; null when there is none and there will be no more.</summary>
    public List<StorageWork>? Take()
    {
        while (true)
        {
            bool isEmpty;
            lock (gate)
            {
                isEmpty = waiting.Count == 0;
                if (isEmpty && isClosed) return null;
                if (!isEmpty && (isAwaited || isClosed || waiting.Count >= maxBatch)) return TakeBatch();
            }
            if (isEmpty) wanted.WaitOne();
            else if (!wanted.WaitOne(linger)) lock (gate) return TakeBatch();
        }
    }

    /// <summary>Takes no more; what waits can still be taken.</summary>
    public void Close()
    {
        lock (gate) isClosed = true;
        wanted.Set();
    }

    public void Dispose() => wanted.Dispose();

    private List<StorageWork> TakeBatch()
    {
        var batch = new List<StorageWork>(Math.Min(waiting.Count, maxBatch));
        while (batch.Count < maxBatch && waiting.TryDequeue(out var work)) batch.Add(work);
        isAwaited &= waiting.Count > 0;
        return batch;
    }
}
