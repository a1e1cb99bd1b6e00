using Mesh.Host.Admin;
using Mesh.Host.Admin.Neighbours;

namespace Mesh.Host.Sorry.Contents;

/// <summary>What came of fetching stored pages from other sites, and of their fetching them here.</summary>
public sealed class ContentCounters : IMetricSource
{
    private readonly long[] refusals = new long[Enum.GetValues<PairRefusal>().Length];
    private long fetched, failed, damaged, sent;

    public long Fetched => Volatile.Read(ref fetched);

    /// <summary>What came was not what its id says.</summary>
    public long Damaged => Volatile.Read(ref damaged);

    public long Sent => Volatile.Read(ref sent);

    public long Of(PairRefusal refusal) => Volatile.Read(ref refusals[(int)refusal]);

    internal void Fetch() => Interlocked.Increment(ref fetched);

    internal void Fail() => Interlocked.Increment(ref failed);

    internal void Damage() => Interlocked.Increment(ref damaged);

    internal void Send() => Interlocked.Increment(ref sent);

    internal void Refuse(PairRefusal refusal) => Interlocked.Increment(ref refusals[(int)refusal]);

    public void Write(MetricWriter writer)
    {
        writer.Counter("mesh_sorry_contents_fetched_total", "Versions of stored pages fetched from other sites.", Fetched);
        writer.Counter("mesh_sorry_contents_fetch_failures_total", "Attempts to fetch one that failed.", Volatile.Read(ref failed));
        writer.Counter("mesh_sorry_contents_damaged_total", "Versions that came but were not what their id says.", Damaged);
        writer.Counter("mesh_sorry_contents_sent_total", "Versions sent to other sites.", Sent);
        foreach (var refusal in Enum.GetValues<PairRefusal>())
            writer.Counter("mesh_sorry_contents_asked_refused_total", "Requests of other sites for stored pages that were refused.", Of(refusal), ("reason", refusal.ToString()));
    }
}
