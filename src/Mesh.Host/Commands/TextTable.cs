namespace Mesh.Host.Commands;

/// <summary>Columns under headings, two blanks apart; for eyes, and for awk.</summary>
public static class TextTable
{
    public static void Write(TextWriter to, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        IReadOnlyList<string>[] lines = [headings, .. rows];
        int[] widths = [.. headings.Select((_, column) => lines.Max(l => l[column].Length))];
        foreach (var line in lines)
            to.WriteLine(string.Join("  ", line.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
