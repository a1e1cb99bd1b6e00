using Mesh.Sip.Messages;

namespace Mesh.Sip.Dialogs;

/// <summary>One branch of a forked INVITE (13.2.2.1), by its To tag: how far its reliable responses have been acknowledged, and the ACK of a 2xx that lost.</summary>
internal sealed class EarlyDialog(SipText tag)
{
    public SipText Tag { get; } = tag;

    /// <summary>The branch that was heard of before it.</summary>
    public EarlyDialog? Next { get; init; }

    public Dialog? Dialog { get; set; }

    /// <summary>RSeq acknowledged last; 0 before the first.</summary>
    public uint Acknowledged { get; set; }

    /// <summary>The session made and ended at once because another branch had answered.</summary>
    public InviteSession? Superfluous { get; set; }
}
