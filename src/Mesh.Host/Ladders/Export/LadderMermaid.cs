using System.Globalization;
using System.Text;

namespace Mesh.Host.Ladders.Export;

/// <summary>
/// A ladder as a Mermaid sequence diagram. Participants go by numbers and everything that came from outside is spelled in letters, digits and a few harmless signs, with Mermaid's
/// entity codes (<c>#59;</c>) for the rest: nothing in a message can end a line or begin a statement.
/// </summary>
public static class LadderMermaid
{
    /// <summary>Mermaid's own limit is 50,000 characters of text; a longer ladder ends with a note.</summary>
    public const int MaxText = 45_000;

    public static string Write(Ladder ladder)
    {
        var text = new StringBuilder("sequenceDiagram\n");
        for (int i = 0; i < ladder.Lanes.Count; i++) text.Append(CultureInfo.InvariantCulture, $"    participant p{i} as {Escaped(ladder.Lanes[i].ToString())}\n");
        if (ladder.Lanes.Count == 0) return text.Append("    participant p0 as nobody\n").ToString();
        foreach (var missing in ladder.Missing) text.Append(CultureInfo.InvariantCulture, $"    note over p0: {Escaped($"{missing.Site} did not tell: {missing.Why}")}\n");
        long began = ladder.Began;
        int rest = ladder.Messages.Count + ladder.Steps.Count;
        foreach (var row in ladder.Rows())
        {
            string line = Line(ladder, row, began);
            if (text.Length + line.Length > MaxText)
            {
                text.Append(CultureInfo.InvariantCulture, $"    note over p0: {rest} more are not shown\n");
                break;
            }
            text.Append(line);
            rest--;
        }
        return text.ToString();
    }

    private static string Line(Ladder ladder, LadderRow row, long began)
    {
        string at = string.Create(CultureInfo.InvariantCulture, $"{(row.At - began) / 1e6:0.000}");
        return row switch
        {
            LadderMessage m => string.Create(CultureInfo.InvariantCulture, $"    p{m.From}{(m.IsLost ? "-x" : m.Protocol == "sip" ? "->>" : "-->>")}p{m.To}: {at} {Escaped(m.Title)}{(m is { IsRepeat: true, Iax: null } ? " (again)" : "")}{(m.IsLost ? " lost" : "")}\n"),
            LadderStep s => string.Create(CultureInfo.InvariantCulture, $"    note over p{Place(ladder, s.Site)}: {at} {Escaped(s.Source.Length > 0 ? $"{s.Source} {s.Text}" : s.Text)}\n"),
            _ => "",
        };
    }

    private static int Place(Ladder ladder, string site)
    {
        for (int i = 0; i < ladder.Lanes.Count; i++)
            if (ladder.Lanes[i].IsSite && ladder.Lanes[i].Name == site) return i;
        return 0;
    }

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || " .,-_/@*()+=".Contains((char)rune.Value, StringComparison.Ordinal))) escaped.Append((char)rune.Value);
            // A colon and a full stop are what addresses and URIs are made of; a colon is harmless but for the first of a line, which is ours.
            else if (rune.Value == ':') escaped.Append(':');
            else escaped.Append(CultureInfo.InvariantCulture, $"#{rune.Value};");
        }
        return escaped.ToString();
    }
}
