using Mesh.Host.Admin;
using Mesh.Host.Console.Forms;

namespace Mesh.Host.Console;

/// <summary>What is counted of the console. By many threads, read by any.</summary>
public sealed class ConsoleCounters : IMetricSource
{
    private readonly long[] forms = new long[Enum.GetValues<FormRefusal>().Length];
    private long streams, streamsRefused, fragments, faults, writes;

    public long Of(FormRefusal refusal) => Volatile.Read(ref forms[(int)refusal]);

    public long Streams => Volatile.Read(ref streams);

    public long StreamsRefused => Volatile.Read(ref streamsRefused);

    /// <summary>Renderings of pages somebody looks at.</summary>
    public long Fragments => Volatile.Read(ref fragments);

    public void Write(MetricWriter writer)
    {
        writer.Gauge("mesh_console_streams", "Browsers that have events sent to them.", Streams);
        writer.Counter("mesh_console_streams_refused_total", "Browsers that found no room to have events sent to them.", StreamsRefused);
        writer.Counter("mesh_console_fragments_total", "Times a page that somebody looks at was made anew.", Fragments);
        writer.Counter("mesh_console_faults_total", "Times a page could not be made.", Volatile.Read(ref faults));
        writer.Counter("mesh_console_writes_total", "Forms that wrote something.", Volatile.Read(ref writes));
        foreach (var refusal in Enum.GetValues<FormRefusal>())
            writer.Counter("mesh_console_forms_refused_total", "Forms that were refused.", Of(refusal), ("reason", refusal.ToString()));
    }

    internal void Refuse(FormRefusal refusal) => Interlocked.Increment(ref forms[(int)refusal]);

    internal void Written() => Interlocked.Increment(ref writes);

    internal void Fault() => Interlocked.Increment(ref faults);

    internal void Fragment() => Interlocked.Increment(ref fragments);

    internal void RefuseStream() => Interlocked.Increment(ref streamsRefused);

    /// <summary>False when there are as many as there may be.</summary>
    internal bool TryOpenStream(int most)
    {
        if (Interlocked.Increment(ref streams) <= most) return true;
        CloseStream();
        RefuseStream();
        return false;
    }

    internal void CloseStream() => Interlocked.Decrement(ref streams);
}
