namespace Mesh.Dialplan.Calls;

/// <summary>Rooms of traces nobody wants any more, for new ones. Signalling loop only.</summary>
/// <param name="most">More are left to the collector.</param>
public sealed class TraceRooms(int most)
{
    private readonly Stack<TraceRoom> spare = new();

    public TraceRoom Take() => spare.TryPop(out var room) ? room : new TraceRoom();

    public void Give(TraceRoom room)
    {
        if (spare.Count >= most || !room.IsUsual) return;
        room.Clear();
        spare.Push(room);
    }
}
