using Mesh.Media.Sdp;
using Mesh.Sip;
using Mesh.Sip.Dialogs;
using Mesh.Sip.Messages;

namespace Mesh.Host.Legs;

/// <summary>Re-INVITEs and UPDATEs of an answered leg: hold, a moved address, a session refresh. Answered here; the other leg does not hear of it, its audio just stops or moves.</summary>
internal static class SessionChanges
{
    public static void Answer(SipMedia media, SessionChange change)
    {
        if (change.Offer.IsEmpty) { change.Accept(change.IsUpdate ? default : media.Offer()); return; }
        var outcome = media.Answer(change.Offer);
        if (outcome.Answer is { } answer) change.Accept(SipBody.Sdp(answer));
        else change.Reject(outcome.Refusal == SdpRefusal.Unreadable ? SipStatus.BadRequest : SipStatus.NotAcceptableHere);
    }
}
