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

/// <summary>What happened in one call, line by line; bounded. Signalling loop only.</summary>
public sealed class CallTrace(string callId, string originId, long startedMicros, int capacity)
{
    private readonly List<TraceLine> lines = [];

    public string CallId { get; } = callId;

    public string OriginId { get; } = originId;

    /// <summary>On the loop's clock.</summary>
    public long StartedMicros { get; } = startedMicros;

    public IReadOnlyList<TraceLine> Lines => lines;

    /// <summary>Lines that found no room.</summary>
    public int Dropped { get; private set; }

    public void Add(long nowMicros, string text, ScriptPlace at = default)
    {
        if (lines.Count < capacity) lines.Add(new TraceLine(nowMicros - StartedMicros, text, at));
        else Dropped++;
    }
}
