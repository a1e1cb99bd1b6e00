using Mesh.Dialplan.Calls;
using Mesh.Host.Admin;
using Mesh.Host.Storage;

namespace Mesh.Host.Records;

/// <summary>
/// Puts the record of every call on disk, in the order they ended. One that cannot be written at once is kept and tried again with the next; past <see cref="Capacity"/> the oldest is
/// lost, counted and handed to <see cref="OnLost"/>. Signalling loop only.
/// </summary>
public sealed class CallRecords(IStorage storage) : ICdrSink, IMetricSource
{
    /// <summary>Records kept while the disk does not take them.</summary>
    public const int Capacity = 10_000;

    private readonly Queue<CallRecord> kept = new();
    private long stored, lost;

    /// <summary>Told of a record that was lost, so that at least the log has it.</summary>
    public Action<CallRecord>? OnLost { get; set; }

    /// <summary>Records not yet on disk because of an earlier refusal.</summary>
    public int Kept => kept.Count;

    /// <summary>Records the disk would not take.</summary>
    public long Lost => Volatile.Read(ref lost);

    public long Stored => Volatile.Read(ref stored);

    public void Write(CallRecord record)
    {
        kept.Enqueue(record);
        Flush();
    }

    public void Write(MetricWriter writer)
    {
        writer.Counter("mesh_call_records_total", "Call records on disk.", Stored);
        writer.Counter("mesh_call_records_lost_total", "Call records the disk would not take.", Lost);
    }

    private void Flush()
    {
        while (kept.TryPeek(out var next) && storage.TryPost(new StoreCallRecord(this, next))) kept.Dequeue();
        while (kept.Count > Capacity)
        {
            lost++;
            OnLost?.Invoke(kept.Dequeue());
        }
    }

    private void OnStored(CallRecord record, bool done)
    {
        if (done) stored++;
        else kept.Enqueue(record);
        // A disk that fails is tried again when the next call ends, not at once and for ever.
        if (done && kept.Count > 0) Flush();
    }

    private sealed class StoreCallRecord(CallRecords owner, CallRecord record) : StorageWork
    {
        public override bool IsAwaited => false;

        public override void Write(SiteDatabase database) => database.Calls.Write(record);

        public override void OnStored(bool stored) => owner.OnStored(record, stored);
    }
}
