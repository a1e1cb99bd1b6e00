namespace Mesh.Dialplan.Loading;

/// <summary>One file of a plan. <paramref name="File"/> is how errors and traces name it, <c>dialplan/10-people.csx</c>; files are run in the order given.</summary>
public sealed record DialplanSource(string File, string Text)
{
    /// <summary>A line, counted from 1; empty past the end.</summary>
    internal string Line(int number) => Text.Split('\n').ElementAtOrDefault(number - 1) ?? "";
}
