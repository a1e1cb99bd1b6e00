namespace Mesh.Dialplan.Calls;

/// <summary>One line of a trace.</summary>
/// <param name="AtMicros">Microseconds since the call began.</param>
/// <param name="At">The line of the plan that did it; of an event it only led to, none.</param>
public readonly record struct TraceLine(long AtMicros, string Text, ScriptPlace At = default)
{
    public long AtMs => AtMicros / 1000;

    /// <summary>With the place in front.</summary>
    public override string ToString() => At.IsKnown ? $"{At} {Text}" : Text;
}

/// <summary>
/// What happened in one call, line by line; bounded. Kept in one piece of text, and a new call writes over that of a forgotten one: traces outlive their calls by the hundred, and a
/// collection would move every line of each. Signalling loop only.
/// </summary>
public sealed class CallTrace(string callId, string originId, long startedMicros, int capacity, CallTrace? forgotten = null)
{
    /// <summary>Holds what most calls say.</summary>
    private const int UsualLines = 12, UsualLength = 640;

    /// <summary>A longer text is not handed on.</summary>
    private const int MostKept = 4096;

    private List<(long AtMicros, int End, ScriptPlace At)> ends = forgotten?.GiveLines() ?? new(Math.Min(capacity, UsualLines));
    private char[] text = forgotten?.GiveText() ?? new char[UsualLength];

    public string CallId { get; } = callId;

    public string OriginId { get; } = originId;

    /// <summary>On the loop's clock.</summary>
    public long StartedMicros { get; } = startedMicros;

    public int Count => ends.Count;

    public IReadOnlyList<TraceLine> Lines => [.. ends.Select((end, i) => new TraceLine(end.AtMicros, new string(text, StartOf(i), end.End - StartOf(i)), end.At))];

    /// <summary>Lines that found no room.</summary>
    public int Dropped { get; private set; }

    /// <summary>Call and handler are over: once forgotten, its room may be had.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Somebody reads it for longer than it is kept among the traces: its room stays its own.</summary>
    public bool IsHeld { get; set; }

    private bool MayGive => IsClosed && !IsHeld;

    public void Add(long nowMicros, string line, ScriptPlace at = default)
    {
        if (ends.Count >= capacity) { Dropped++; return; }
        int start = StartOf(ends.Count), end = start + line.Length;
        if (end > text.Length) Array.Resize(ref text, Math.Max(end, text.Length * 2));
        line.CopyTo(text.AsSpan(start));
        ends.Add((nowMicros - StartedMicros, end, at));
    }

    public void Close() => IsClosed = true;

    private List<(long AtMicros, int End, ScriptPlace At)>? GiveLines()
    {
        if (!MayGive) return null;
        var given = ends;
        ends = [];
        given.Clear();
        return given;
    }

    private char[]? GiveText()
    {
        if (!MayGive || text.Length > MostKept) return null;
        var given = text;
        text = [];
        return given;
    }

    private int StartOf(int line) => line == 0 ? 0 : ends[line - 1].End;
}
