using System.Net;

namespace Mesh.Host.Listening;

/// <summary>One connection's place in a <see cref="ConnectionRoom"/>. The fields are the room's.</summary>
public sealed class RoomPlace
{
    private readonly ConnectionRoom room;
    internal readonly LinkedListNode<RoomPlace> ByStep, ByAge, Leaving;
    internal readonly IPAddress Source;
    internal readonly long EnteredAt;
    internal long StepAt, LeavingAt;
    internal int Steps;
    internal bool IsGone;
    internal Action? Abort, Stepped;
    private Action<LeaveReason>? leave;

    internal RoomPlace(ConnectionRoom room, IPAddress source, long now)
    {
        this.room = room;
        Source = source;
        EnteredAt = StepAt = now;
        (ByStep, ByAge, Leaving) = (new LinkedListNode<RoomPlace>(this), new LinkedListNode<RoomPlace>(this), new LinkedListNode<RoomPlace>(this));
    }

    /// <summary>It did a piece of work: a request was answered, a line was read. Returns how many it has done.</summary>
    public int Step()
    {
        Stepped?.Invoke();
        return room.Step(this);
    }

    /// <summary>Called once, from any thread, when it is to leave: it may still say so. One that sets nothing is ended without a word.</summary>
    public void OnLeave(Action<LeaveReason> polite) => Volatile.Write(ref leave, polite);

    /// <summary>It says goodbye: it has <see cref="PublicOptions.FarewellTime"/> left.</summary>
    public void Farewell() => room.Farewell(this);

    /// <summary>It is closed.</summary>
    public void Exit() => room.Exit(this);

    internal void Leave(LeaveReason why)
    {
        if (Volatile.Read(ref leave) is { } polite) polite(why);
        else Abort?.Invoke();
    }
}
