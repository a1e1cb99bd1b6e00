namespace Mesh.Dialplan.Language;

/// <summary>How a dial ended: the best of all branches, in this order.</summary>
public enum DialStatus
{
    /// <summary>Somebody answered and the conversation is over.</summary>
    Answered,
    /// <summary>At least one branch was busy.</summary>
    Busy,
    /// <summary>It rang and nobody answered.</summary>
    NoAnswer,
    /// <summary>Somebody refused the call.</summary>
    Rejected,
    /// <summary>Nothing could be made to ring.</summary>
    Unreachable,
}
