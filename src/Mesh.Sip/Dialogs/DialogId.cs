using Mesh.Sip.Messages;

namespace Mesh.Sip.Dialogs;

/// <summary>What identifies a dialog (RFC 3261 section 12): Call-ID, our tag, theirs.</summary>
public readonly record struct DialogId(SipText CallId, ulong LocalTag, SipText RemoteTag)
{
    public override string ToString() => $"{CallId};local={LocalTag:x16};remote={RemoteTag}";
}
