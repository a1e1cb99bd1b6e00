namespace Mesh.Dialplan.Calls;

/// <summary>The caps that hold even if all else is wrong (R14): the host counts legs per server, per peer and per trunk. Asked after every other rule and before anything is paid.</summary>
public interface ILegCaps
{
    /// <summary>Whether one more leg of this kind may be made now. Not asked for emergency calls.</summary>
    bool Allows(MeshBranch branch, LegPlan plan);
}
