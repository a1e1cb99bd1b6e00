using System.Text.Json.Serialization;
using Mesh.Host.IaxTester.Conform;

namespace Mesh.Host.IaxTester.Report;

/// <summary>One row as <c>--json</c> prints it.</summary>
public sealed record ConformRowView(string Id, string Section, string Level, string Requirement, string Result, string Reason, long TookMs, IReadOnlyList<FrameView> Frames);

/// <summary>A whole run as <c>--json</c> prints it.</summary>
/// <param name="FailedShould">Recommendations among the failed.</param>
public sealed record ConformReport(string Server, int Passed, int Failed, int FailedShould, int Skipped, IReadOnlyList<ConformRowView> Rows)
{
    /// <summary>Frames shown of one row.</summary>
    private const int MaxFrames = 60;

    /// <summary>3: a requirement is not met; 4: only a recommendation; 0 otherwise.</summary>
    [JsonIgnore]
    public int ExitCode => Failed > FailedShould ? Mesh.Host.Commands.ExitCode.CheckFoundErrors : Failed > 0 ? Mesh.Host.Commands.ExitCode.PartlyDone : Mesh.Host.Commands.ExitCode.Ok;

    public string Summary => $"{Passed} passed, {Failed} failed ({FailedShould} of them recommendations), {Skipped} skipped";

    public static ConformReport Of(ConformTarget target, IReadOnlyList<RowResult> results)
    {
        return new ConformReport(target.Server.ToString(), Count(Verdict.Pass), Count(Verdict.Fail), results.Count(r => r.Verdict == Verdict.Fail && r.Row.Level == RowLevel.Should), Count(Verdict.Skip),
            [.. results.Select(View)]);

        int Count(Verdict verdict) => results.Count(r => r.Verdict == verdict);
    }

    private static ConformRowView View(RowResult r) =>
        new(r.Row.Id, r.Row.Section, Word(r.Row.Level), r.Row.Requirement, Word(r.Verdict), r.Reason, r.TookMs, FrameView.Of([.. r.Frames.Take(MaxFrames)]));

    private static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
