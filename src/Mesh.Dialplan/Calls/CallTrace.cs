namespace Mesh.Dialplan.Calls;

/// <summary>One line of a trace.</summary>
/// <param name="AtMs">Milliseconds since the call began.</param>
public readonly record struct TraceLine(long AtMs, string Text);

/// <summary>
/// What happened in one call, line by line; bounded. Kept in one piece of text, and a new call writes over that of a forgotten one: traces outlive their calls by the hundred, and a
/// collection would move every line of each. Signalling loop only.
/// </summary>
public sealed class CallTrace(string callId, string originId, long startedMs, int capacity, CallTrace? forgotten = null)
{
    /// <summary>Holds what most calls say.</summary>
    private const int UsualLines = 12, UsualLength = 640;

    /// <summary>A longer text is not handed on.</summary>
    private const int MostKept = 4096;

    private List<(long AtMs, int End)> ends = forgotten?.GiveLines() ?? new(Math.Min(capacity, UsualLines));
    private char[] text = forgotten?.GiveText() ?? new char[UsualLength];

    public string CallId { get; } = callId;

    public string OriginId { get; } = originId;

    /// <summary>On the loop's clock.</summary>
    public long StartedMs { get; } = startedMs;

    public int Count => ends.Count;

    public IReadOnlyList<TraceLine> Lines => [.. ends.Select((end, i) => new TraceLine(end.AtMs, new string(text, StartOf(i), end.End - StartOf(i))))];

    /// <summary>Lines that found no room.</summary>
    public int Dropped { get; private set; }

    /// <summary>Call and handler are over: once forgotten, its room may be had.</summary>
    public bool IsClosed { get; private set; }

    public void Add(long nowMs, string line)
    {
        if (ends.Count >= capacity) { Dropped++; return; }
        int start = StartOf(ends.Count), end = start + line.Length;
        if (end > text.Length) Array.Resize(ref text, Math.Max(end, text.Length * 2));
        line.CopyTo(text.AsSpan(start));
        ends.Add((nowMs - StartedMs, end));
    }

    public void Close() => IsClosed = true;

    private List<(long AtMs, int End)>? GiveLines()
    {
        if (!IsClosed) return null;
        var given = ends;
        ends = [];
        given.Clear();
        return given;
    }

    private char[]? GiveText()
    {
        if (!IsClosed || text.Length > MostKept) return null;
        var given = text;
        text = [];
        return given;
    }

    private int StartOf(int line) => line == 0 ? 0 : ends[line - 1].End;
}
