using System.Globalization;
using System.Text;
using BenchmarkDotNet.Reports;

namespace Mesh.Benchmarks;

/// <summary>The table that is committed. A neighbour makes iterations slower and never faster: the first quartile says most, its distance from the median how disturbed the run was.</summary>
public static class ResultTable
{
    public const string Yardstick = "yardstick: SHA-256 of 800 octets";

    public static readonly string Root = FindRoot();

    public static void Write(IEnumerable<Summary> summaries)
    {
        var text = new StringBuilder();
        text.AppendLine("# bench/run, the benchmarks").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} cores, {Environment.OSVersion.VersionString}, .NET {Environment.Version}. Seven short iterations each; other programs ran on the machine meanwhile. The first quartile, the median, and the first quartile as a multiple of the yardstick's.").AppendLine();
        text.AppendLine("| what | first quartile | median | x the yardstick | allocated |").AppendLine("|---|---:|---:|---:|---:|");
        var reports = summaries.SelectMany(s => s.Reports).OrderBy(What, StringComparer.Ordinal).ToList();
        double yardstick = reports.Find(r => What(r) == Yardstick)?.ResultStatistics?.Q1 ?? double.NaN;
        foreach (var report in reports)
        {
            if (report.ResultStatistics is not { } times) { text.AppendLine(CultureInfo.InvariantCulture, $"| {What(report)} | failed | | | |"); continue; }
            long allocated = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0;
            text.AppendLine(CultureInfo.InvariantCulture, $"| {What(report)} | {Duration(times.Q1)} | {Duration(times.Median)} | {times.Q1 / yardstick:0.000} | {allocated} B |");
        }
        File.WriteAllText(Path.Combine(Root, "bench/results/benchmarks.md"), text.ToString());
    }

    private static string What(BenchmarkReport report) => report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\'');

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
