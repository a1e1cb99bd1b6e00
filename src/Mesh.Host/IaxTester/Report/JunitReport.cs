using System.Globalization;
using System.Xml.Linq;
using Mesh.Host.IaxTester.Conform;
using Mesh.Host.IaxTester.Raw;

namespace Mesh.Host.IaxTester.Report;

/// <summary>A run as JUnit XML, which continuous integration systems read: one suite, a case a row, its section as class.</summary>
public static class JunitReport
{
    private const int MaxFrames = 60;

    public static string Write(ConformTarget target, IReadOnlyList<RowResult> results, DateTimeOffset at)
    {
        var suite = new XElement("testsuite",
            new XAttribute("name", $"RFC 5456 {target.Server}"), new XAttribute("tests", results.Count),
            new XAttribute("failures", results.Count(r => r.Verdict == Verdict.Fail)), new XAttribute("errors", 0), new XAttribute("skipped", results.Count(r => r.Verdict == Verdict.Skip)),
            new XAttribute("time", Seconds(results.Sum(r => r.TookMs))), new XAttribute("timestamp", at.ToString("s", CultureInfo.InvariantCulture)),
            results.Select(Case));
        return new XDocument(new XDeclaration("1.0", "utf-8", null), new XElement("testsuites", suite)).ToString() + "\n";
    }

    private static XElement Case(RowResult result)
    {
        var row = new XElement("testcase", new XAttribute("classname", $"rfc5456.{result.Row.Section}"), new XAttribute("name", $"{result.Row.Id}: {result.Row.Requirement}"), new XAttribute("time", Seconds(result.TookMs)));
        if (result.Verdict == Verdict.Skip) row.Add(new XElement("skipped", new XAttribute("message", Clean(result.Reason))));
        if (result.Verdict == Verdict.Fail)
            row.Add(new XElement("failure", new XAttribute("type", result.Row.Level.ToString().ToLowerInvariant()), new XAttribute("message", Clean(result.Reason)), string.Join('\n', result.Frames.Take(MaxFrames).Select(f => Clean(FrameText.Line(f))))));
        return row;
    }

    /// <summary>Without what XML cannot hold.</summary>
    private static string Clean(string text) => string.Concat(text.Select(c => c is '\t' or '\n' or (>= ' ' and < '\uD800') or (>= '\uE000' and < '\uFFFE') ? c : '?'));

    private static string Seconds(long ms) => (ms / 1000.0).ToString("0.000", CultureInfo.InvariantCulture);
}
