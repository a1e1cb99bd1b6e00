using Mesh.Sip.Messages;

namespace Mesh.Sip.Dialogs;

/// <summary>Hears what happens to an incoming call before it is answered, on the loop.</summary>
public interface IIncomingInviteHandler
{
    /// <summary>The caller gave up (CANCEL, a BYE before the answer), did not acknowledge a reliable response, or waited too long; the INVITE has been answered. Nothing more comes.</summary>
    /// <param name="reason">Value of the Reason header (RFC 3326); not present when there was none.</param>
    void OnCancelled(IncomingInvite invite, SipText reason);
}
