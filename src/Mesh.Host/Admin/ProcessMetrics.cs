using System.Diagnostics;

namespace Mesh.Host.Admin;

/// <summary>The process itself, in the names the Prometheus clients agreed on.</summary>
public sealed class ProcessMetrics : IMetricSource
{
    public void Write(MetricWriter writer)
    {
        using var process = Process.GetCurrentProcess();
        writer.Counter("process_cpu_seconds_total", "User and system CPU time, in seconds.", process.TotalProcessorTime.TotalSeconds);
        writer.Gauge("process_resident_memory_bytes", "Resident memory, in octets.", process.WorkingSet64);
        writer.Gauge("process_threads", "Threads of the process.", process.Threads.Count);
        writer.Gauge("dotnet_gc_heap_bytes", "Octets on the managed heap after the last collection.", GC.GetGCMemoryInfo().HeapSizeBytes);
        writer.Counter("dotnet_allocated_bytes_total", "Octets allocated since the start.", GC.GetTotalAllocatedBytes());
        for (int generation = 0; generation <= GC.MaxGeneration; generation++)
            writer.Counter("dotnet_gc_collections_total", "Collections since the start.", GC.CollectionCount(generation), ("generation", generation.ToString()));
        writer.Counter("dotnet_gc_pause_seconds_total", "Time the program stood still for collections, in seconds.", GC.GetTotalPauseDuration().TotalSeconds);
    }
}
