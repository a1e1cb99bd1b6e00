namespace Mesh.Dialplan.Calls;

/// <summary>What a live call is doing.</summary>
public enum LiveCallState : byte
{
    /// <summary>Its handler thinks, plays or waits.</summary>
    Script,
    Ringing,
    Talking,
    Over,
}
