using Mesh.Host.Admin;
using Mesh.Host.Admin.Neighbours;

namespace Mesh.Host.Journal;

/// <summary>What a site's journal counts. Counted by many threads, read by any.</summary>
public sealed class JournalCounters : IMetricSource
{
    private readonly long[] faults = new long[Enum.GetValues<JournalFault>().Length], refusals = new long[Enum.GetValues<PairRefusal>().Length];
    private long appended, merged, exchanges, failures, observerFaults;

    public long Appended => Volatile.Read(ref appended);

    public long Merged => Volatile.Read(ref merged);

    /// <summary>Exchanges this site began that were answered.</summary>
    public long Exchanges => Volatile.Read(ref exchanges);

    public long Of(JournalFault fault) => Volatile.Read(ref faults[(int)fault]);

    public long Of(PairRefusal refusal) => Volatile.Read(ref refusals[(int)refusal]);

    internal void Append() => Interlocked.Increment(ref appended);

    internal void Merge(int entries) => Interlocked.Add(ref merged, entries);

    internal void Exchange() => Interlocked.Increment(ref exchanges);

    internal void Failure() => Interlocked.Increment(ref failures);

    internal void ObserverFault() => Interlocked.Increment(ref observerFaults);

    internal void Refuse(JournalFault fault) => Interlocked.Increment(ref faults[(int)fault]);

    internal void Refuse(PairRefusal refusal) => Interlocked.Increment(ref refusals[(int)refusal]);

    public void Write(MetricWriter writer)
    {
        writer.Counter("mesh_journal_appended_total", "Entries made at this site.", Appended);
        writer.Counter("mesh_journal_merged_total", "Entries that came from other sites.", Merged);
        writer.Counter("mesh_journal_exchanges_total", "Exchanges with other sites that this one began and that were answered.", Exchanges);
        writer.Counter("mesh_journal_failures_total", "Exchanges with other sites that failed.", Volatile.Read(ref failures));
        writer.Counter("mesh_journal_observer_faults_total", "Entries whose observer threw.", Volatile.Read(ref observerFaults));
        foreach (var fault in Enum.GetValues<JournalFault>().Skip(1))
            writer.Counter("mesh_journal_entries_refused_total", "Entries that did not enter the journal.", Of(fault), ("reason", fault.ToString()));
        foreach (var refusal in Enum.GetValues<PairRefusal>())
            writer.Counter("mesh_journal_refused_total", "Messages of other sites that were refused.", Of(refusal), ("reason", refusal.ToString()));
    }
}
