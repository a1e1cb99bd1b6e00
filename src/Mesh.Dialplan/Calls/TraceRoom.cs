namespace Mesh.Dialplan.Calls;

/// <summary>Where the lines of one trace are: one piece of text, and where each line of it ends.</summary>
public sealed class TraceRoom
{
    /// <summary>Holds what most calls say.</summary>
    private const int UsualLines = 12, UsualLength = 640;

    /// <summary>A longer text is not worth keeping for others.</summary>
    private const int MostKept = 4096;

    /// <summary>The room of a trace that has given its own back: nothing is in it.</summary>
    public static readonly TraceRoom None = new(0, 0);

    private readonly List<(long AtMicros, int End, ScriptPlace At)> ends;
    private char[] text;

    public TraceRoom() : this(UsualLines, UsualLength) { }

    private TraceRoom(int lines, int length) => (ends, text) = (new(lines), new char[length]);

    public int Count => ends.Count;

    /// <summary>Whether others can make use of it.</summary>
    public bool IsUsual => text.Length <= MostKept;

    public IReadOnlyList<TraceLine> Lines => [.. ends.Select((end, i) => new TraceLine(end.AtMicros, new string(text, StartOf(i), end.End - StartOf(i)), end.At))];

    public void Add(long atMicros, string line, ScriptPlace at)
    {
        int start = StartOf(ends.Count), end = start + line.Length;
        if (end > text.Length) Array.Resize(ref text, Math.Max(end, text.Length * 2));
        line.CopyTo(text.AsSpan(start));
        ends.Add((atMicros, end, at));
    }

    public void Clear() => ends.Clear();

    private int StartOf(int line) => line == 0 ? 0 : ends[line - 1].End;
}
