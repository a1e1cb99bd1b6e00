using Mesh.Host.Commands;
using Mesh.Host.IaxTester.Conform;
using Mesh.Host.IaxTester.Raw;

namespace Mesh.Host.IaxTester.Report;

/// <summary>The rows of a run as a table.</summary>
public static class ConformText
{
    /// <summary>Frames printed below the table for one row.</summary>
    private const int MaxFrames = 80;

    public static void Write(TextWriter to, IReadOnlyList<RowResult> results, bool frames)
    {
        TextTable.Write(to, ["SECTION", "ROW", "LEVEL", "RESULT", "REQUIREMENT"], results.Select(r => (IReadOnlyList<string>)
            [r.Row.Section, r.Row.Id, r.Row.Level.ToString().ToLowerInvariant(), r.Verdict.ToString().ToLowerInvariant(), r.Reason.Length == 0 ? r.Row.Requirement : $"{r.Row.Requirement}: {r.Reason}"]));
        if (!frames) return;
        foreach (var failed in results.Where(r => r.Verdict == Verdict.Fail && r.Frames.Count > 0))
        {
            to.WriteLine();
            to.WriteLine($"{failed.Row.Section} {failed.Row.Id}: {failed.Reason}");
            foreach (var frame in failed.Frames.Take(MaxFrames)) to.WriteLine(FrameText.TimedLine(frame, failed.Frames[0].AtMicros));
            if (failed.Frames.Count > MaxFrames) to.WriteLine($"            ... {failed.Frames.Count - MaxFrames} more");
        }
    }

    public static void WriteList(Terminal terminal, IReadOnlyList<ConformRow> rows, bool json)
    {
        if (json) terminal.WriteJson(rows.Select(r => new { r.Id, r.Section, Level = r.Level.ToString().ToLowerInvariant(), r.Requirement }));
        else TextTable.Write(terminal.Out, ["SECTION", "ROW", "LEVEL", "REQUIREMENT"], rows.Select(r => (IReadOnlyList<string>)[r.Section, r.Id, r.Level.ToString().ToLowerInvariant(), r.Requirement]));
    }
}
