using Mesh.Host.Admin;
using Mesh.Io;

namespace Mesh.Host.Storage;

/// <summary>
/// The one thread that writes the site's database. It commits all that waits in one transaction (group commit), so a disk's latency is shared by every registration
/// of the same moment, then posts what was committed back to the loop in one piece.
/// </summary>
public sealed class StorageThread : IStorage, IMetricSource, IDisposable
{
    /// <summary>Work that may wait before more is refused.</summary>
    public const int DefaultCapacity = 20_000;

    /// <summary>Most work in one transaction.</summary>
    public const int MaxBatch = 2_000;

    /// <summary>How long work that nobody waits for may stay in memory.</summary>
    public static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(200);

    private readonly SiteDatabase database;
    private readonly Loop loop;
    private readonly StorageQueue waiting;
    private readonly Thread thread;
    private long refused, commits, written, failed;

    /// <summary>Owns <paramref name="database"/> from now on.</summary>
    public StorageThread(SiteDatabase database, Loop loop, int capacity = DefaultCapacity)
    {
        this.database = database;
        this.loop = loop;
        waiting = new StorageQueue(capacity, MaxBatch, Linger);
        thread = new Thread(Run) { Name = "storage", IsBackground = true };
        thread.Start();
    }

    /// <summary>Told of every failure to write, on the storage thread: the host logs it. Must not throw.</summary>
    public Action<Exception>? OnFault { get; set; }

    public long Commits => Volatile.Read(ref commits);

    public long Refused => Volatile.Read(ref refused);

    public bool TryPost(StorageWork work)
    {
        if (waiting.TryAdd(work)) return true;
        Interlocked.Increment(ref refused);
        return false;
    }

    /// <summary>Writes what waits, then closes the database.</summary>
    public void Dispose()
    {
        waiting.Close();
        thread.Join();
        waiting.Dispose();
        database.Dispose();
    }

    public void Write(MetricWriter writer)
    {
        writer.Counter("mesh_storage_commits_total", "Transactions committed.", Commits);
        writer.Counter("mesh_storage_writes_total", "Pieces of work made durable.", Volatile.Read(ref written));
        writer.Counter("mesh_storage_failures_total", "Pieces of work that could not be written.", Volatile.Read(ref failed));
        writer.Counter("mesh_storage_refused_total", "Pieces of work refused because too much waited.", Refused);
    }

    private void Run()
    {
        while (waiting.Take() is { } batch)
        {
            if (Commit(batch)) Deliver(batch, stored: true);
            else if (batch.Count == 1) Deliver(batch, stored: false);
            // One of them spoilt it for all: each alone.
            else foreach (var work in batch) Deliver([work], Commit([work]));
        }
    }

    private bool Commit(List<StorageWork> batch)
    {
        try
        {
            database.Begin();
            foreach (var work in batch) work.Write(database);
            database.Commit();
            Interlocked.Increment(ref commits);
            return true;
        }
        catch (Exception e)
        {
            database.Rollback();
            OnFault?.Invoke(e);
            return false;
        }
    }

    private void Deliver(List<StorageWork> batch, bool stored)
    {
        Interlocked.Add(ref stored ? ref written : ref failed, batch.Count);
        loop.Post(stored ? StoredAll : FailedAll, batch);
    }

    private static readonly Action<object?> StoredAll = static batch => Tell((List<StorageWork>)batch!, stored: true);

    private static readonly Action<object?> FailedAll = static batch => Tell((List<StorageWork>)batch!, stored: false);

    private static void Tell(List<StorageWork> batch, bool stored)
    {
        List<Exception>? faults = null;
        foreach (var work in batch)
        {
            // One that throws must not keep the others from hearing.
            try { work.OnStored(stored); }
            catch (Exception e) { (faults ??= []).Add(e); }
        }
        if (faults is not null) throw new AggregateException(faults);
    }
}
