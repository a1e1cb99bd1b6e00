namespace Mesh.Dialplan.Calls;

/// <summary>The traces of the last calls, the live ones among them, oldest first. Signalling loop only.</summary>
public sealed class CallTraces(int capacity)
{
    /// <summary>Rooms kept for later calls: those of a burst, not all there ever were.</summary>
    private const int MostSpare = 512;

    private readonly Queue<CallTrace> kept = new();
    private readonly TraceRooms rooms = new(MostSpare);

    public IReadOnlyCollection<CallTrace> All => kept;

    /// <summary>The traces of one origin or call, by the beginning of its id.</summary>
    public IEnumerable<CallTrace> Find(string id) =>
        kept.Where(t => t.OriginId.StartsWith(id, StringComparison.Ordinal) || t.CallId.StartsWith(id, StringComparison.Ordinal));

    /// <summary>Begins a trace, and forgets the oldest when there are too many.</summary>
    internal CallTrace Begin(string callId, string originId, long startedMicros, int maxLines)
    {
        while (kept.Count >= Math.Max(1, capacity)) kept.Dequeue().Forget();
        var trace = new CallTrace(callId, originId, startedMicros, maxLines, rooms);
        kept.Enqueue(trace);
        return trace;
    }
}
