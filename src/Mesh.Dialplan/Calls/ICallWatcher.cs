namespace Mesh.Dialplan.Calls;

/// <summary>Told which calls there are and what legs they make: the ladders. Called on the signalling loop; must not throw or wait.</summary>
public interface ICallWatcher
{
    /// <summary>A call was let in. Before its handler runs.</summary>
    void OnBegun(IncomingCall incoming, CallTrace trace);

    /// <summary>A leg was sent for a call of that origin.</summary>
    void OnLeg(LegOrder order, ILeg leg);

    /// <summary>A call is over; its last messages may still be on their way.</summary>
    void OnOver(CallTrace trace);
}
