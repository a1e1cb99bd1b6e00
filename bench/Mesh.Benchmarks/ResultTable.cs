using System.Globalization;
using System.Text;
using BenchmarkDotNet.Reports;

namespace Mesh.Benchmarks;

/// <summary>The table that is committed: nanoseconds and octets, nothing else.</summary>
public static class ResultTable
{
    public static readonly string Root = FindRoot();

    public static void Write(IEnumerable<Summary> summaries)
    {
        var text = new StringBuilder();
        text.AppendLine("# bench/run, the benchmarks").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} cores, {Environment.OSVersion.VersionString}, .NET {Environment.Version}. Medians of seven short iterations; other programs ran on the machine meanwhile.").AppendLine();
        text.AppendLine("| what | median | allocated |").AppendLine("|---|---:|---:|");
        foreach (var report in summaries.SelectMany(s => s.Reports).Where(r => r.ResultStatistics is not null))
        {
            var method = report.BenchmarkCase.Descriptor;
            long allocated = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0;
            text.AppendLine(CultureInfo.InvariantCulture, $"| {method.WorkloadMethodDisplayInfo.Trim('\'')} | {Duration(report.ResultStatistics!.Median)} | {allocated} B |");
        }
        File.WriteAllText(Path.Combine(Root, "bench/results/benchmarks.md"), text.ToString());
    }

    private static string Duration(double nanoseconds) => nanoseconds < 10_000
        ? string.Create(CultureInfo.InvariantCulture, $"{nanoseconds:0} ns")
        : string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1000:0.0} us");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Mesh.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("Mesh.sln is in no parent folder");
    }
}
