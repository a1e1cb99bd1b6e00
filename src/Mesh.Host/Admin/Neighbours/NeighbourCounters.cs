namespace Mesh.Host.Admin.Neighbours;

/// <summary>What is counted of questions between sites. By many threads, read by any.</summary>
public sealed class NeighbourCounters : IMetricSource
{
    private readonly long[] refusals = new long[Enum.GetValues<PairRefusal>().Length], faults = new long[Enum.GetValues<PairFault>().Length];

    /// <summary>Questions of other sites that were refused.</summary>
    public long Of(PairRefusal refusal) => Volatile.Read(ref refusals[(int)refusal]);

    /// <summary>Questions to other sites by how they ended; <see cref="PairFault.None"/> are those answered.</summary>
    public long Of(PairFault fault) => Volatile.Read(ref faults[(int)fault]);

    public void Write(MetricWriter writer)
    {
        foreach (var fault in Enum.GetValues<PairFault>())
            writer.Counter("mesh_neighbour_questions_total", "Questions to other sites for operators' pages, by how they ended: None was answered.", Of(fault), ("fault", fault.ToString()));
        foreach (var refusal in Enum.GetValues<PairRefusal>())
            writer.Counter("mesh_neighbour_refused_total", "Questions of other sites that were refused.", Of(refusal), ("reason", refusal.ToString()));
    }

    internal void Refuse(PairRefusal refusal) => Interlocked.Increment(ref refusals[(int)refusal]);

    internal void Asked(PairFault fault) => Interlocked.Increment(ref faults[(int)fault]);
}
