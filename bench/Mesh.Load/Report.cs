using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Mesh.Load;

/// <summary>The table as it is printed and as it is committed.</summary>
public static class Report
{
    public static string Table(IReadOnlyList<Verdict> verdicts)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{"",-6}{"figure",10}  {"limit",8}  {"goal",8}  {"unit",-20}what");
        foreach (var v in verdicts)
            text.AppendLine(CultureInfo.InvariantCulture, $"{Word(v),-6}{v.Figure,10:0.###}  {v.Limit,8:0.###}  {Goal(v),8}  {v.Unit,-20}{v.What}");
        return text.ToString();
    }

    public static string Markdown(IReadOnlyList<Verdict> verdicts, DateTimeOffset now)
    {
        var text = new StringBuilder();
        text.AppendLine("# bench/run --smoke").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{now:yyyy-MM-dd}, {Machine()}. The figures are CPU time of the measured process, medians of alternating rounds.").AppendLine();
        text.AppendLine("| what | figure | limit | goal | | how |").AppendLine("|---|---|---|---|---|---|");
        foreach (var v in verdicts)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {v.What} | {v.Figure:0.###} {v.Unit} | {v.Limit:0.###} | {Goal(v)} | {Word(v)} | {v.Detail} |");
        text.AppendLine();
        Tell(text, "Holds and meets the goal", verdicts.Where(v => v.Holds && v.MeetsGoal));
        Tell(text, "Holds, short of the goal", verdicts.Where(v => v.Holds && !v.MeetsGoal));
        Tell(text, "Does not hold", verdicts.Where(v => !v.Holds));
        return text.ToString();
    }

    private static void Tell(StringBuilder text, string how, IEnumerable<Verdict> verdicts)
    {
        string what = string.Join("; ", verdicts.Select(v => v.What));
        text.AppendLine(CultureInfo.InvariantCulture, $"- {how}: {(what.Length > 0 ? what : "nothing")}.");
    }

    private static string Word(Verdict v) => !v.Holds ? "MISS" : v.MeetsGoal ? "goal" : "ok";

    private static string Goal(Verdict v) => (v.Goal ?? v.Limit).ToString("0.###", CultureInfo.InvariantCulture);

    public static string Machine()
    {
        string kernel = File.Exists("/proc/sys/kernel/osrelease") ? $"Linux {File.ReadAllText("/proc/sys/kernel/osrelease").Trim()}" : RuntimeInformation.OSDescription;
        string model = File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "" : "";
        return $"{Environment.ProcessorCount} cores{(model.Length > 0 ? $" ({model})" : "")}, {kernel}, .NET {Environment.Version}";
    }
}
