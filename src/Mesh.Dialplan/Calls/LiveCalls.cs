namespace Mesh.Dialplan.Calls;

/// <summary>The calls that are up. Signalling loop only.</summary>
public sealed class LiveCalls
{
    private readonly Dictionary<string, LiveCall> calls = new(StringComparer.Ordinal);

    public int Count => calls.Count;

    /// <summary>Rows to show, oldest first.</summary>
    public IReadOnlyList<LiveCallRow> Snapshot() => [.. calls.Values.Select(c => c.Row()).OrderBy(r => r.Since)];

    /// <summary>Ends a call; false when there is none of this id.</summary>
    public bool End(string callId, HangupCause cause)
    {
        if (!calls.TryGetValue(callId, out var call)) return false;
        call.Finish(cause);
        return true;
    }

    /// <summary>Ends every call: the site goes down.</summary>
    public void EndAll(HangupCause cause)
    {
        foreach (var call in calls.Values.ToArray()) call.Finish(cause);
    }

    internal void Add(LiveCall call) => calls.Add(call.Id, call);

    internal void Remove(LiveCall call) => calls.Remove(call.Id);
}
