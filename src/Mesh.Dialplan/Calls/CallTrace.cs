namespace Mesh.Dialplan.Calls;

/// <summary>One line of a trace.</summary>
/// <param name="AtMs">Milliseconds since the call began.</param>
public readonly record struct TraceLine(long AtMs, string Text);

/// <summary>What happened in one call, line by line; bounded. Signalling loop only.</summary>
public sealed class CallTrace(string callId, string originId, long startedMs, int capacity)
{
    private readonly List<TraceLine> lines = [];

    public string CallId { get; } = callId;

    public string OriginId { get; } = originId;

    /// <summary>On the loop's clock.</summary>
    public long StartedMs { get; } = startedMs;

    public IReadOnlyList<TraceLine> Lines => lines;

    /// <summary>Lines that found no room.</summary>
    public int Dropped { get; private set; }

    public void Add(long nowMs, string text)
    {
        if (lines.Count < capacity) lines.Add(new TraceLine(nowMs - StartedMs, text));
        else Dropped++;
    }
}
