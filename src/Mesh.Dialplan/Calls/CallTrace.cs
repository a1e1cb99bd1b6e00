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
/// What happened in one call, line by line; bounded. Kept in one piece of text whose room a later call has when nobody wants this one any more: traces outlive their calls by the hundred,
/// and a collection would move every line of each. Signalling loop only.
/// </summary>
public sealed class CallTrace
{
    private readonly TraceRooms rooms;
    private TraceRoom room;
    private bool isForgotten, isClosed, isHeld;

    public CallTrace(string callId, string originId, long startedMicros, int capacity, TraceRooms? rooms = null)
    {
        (CallId, OriginId, StartedMicros, Capacity) = (callId, originId, startedMicros, capacity);
        this.rooms = rooms ?? new TraceRooms(0);
        room = this.rooms.Take();
    }

    public string CallId { get; }

    public string OriginId { get; }

    /// <summary>On the loop's clock.</summary>
    public long StartedMicros { get; }

    /// <summary>Lines there may be.</summary>
    public int Capacity { get; }

    public int Count => room.Count;

    public IReadOnlyList<TraceLine> Lines => room.Lines;

    /// <summary>Lines that found no room.</summary>
    public int Dropped { get; private set; }

    /// <summary>Somebody reads it for longer than it is kept among the traces: its room stays its own.</summary>
    public bool IsHeld
    {
        get => isHeld;
        set
        {
            isHeld = value;
            GiveBack();
        }
    }

    public void Add(long nowMicros, string line, ScriptPlace at = default)
    {
        if (room.Count >= Capacity || room == TraceRoom.None) Dropped++;
        else room.Add(nowMicros - StartedMicros, line, at);
    }

    /// <summary>Call and handler are over: nothing is added any more.</summary>
    public void Close()
    {
        isClosed = true;
        GiveBack();
    }

    /// <summary>It is not among the traces any more.</summary>
    internal void Forget()
    {
        isForgotten = true;
        GiveBack();
    }

    private void GiveBack()
    {
        if (!isForgotten || !isClosed || isHeld || room == TraceRoom.None) return;
        rooms.Give(room);
        room = TraceRoom.None;
    }
}
