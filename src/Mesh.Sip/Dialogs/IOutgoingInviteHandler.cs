using Mesh.Sip.Messages;

namespace Mesh.Sip.Dialogs;

/// <summary>Hears how an outgoing call fares, on the loop. It ends with one <see cref="OnAnswered"/> or <see cref="OnFailed"/>; after our own <see cref="OutgoingInvite.Cancel"/> nothing comes.</summary>
public interface IOutgoingInviteHandler
{
    /// <summary>Any provisional response: 100 is a sign of life, 180 ringing, a body early media. Forks may interleave; <see cref="SipMessage.To"/>'s tag tells them apart.</summary>
    void OnProvisional(OutgoingInvite invite, SipResponse response);

    /// <summary>
    /// Answered first of all forks; acknowledged already, unless the INVITE held no offer: then <paramref name="response"/> does, and the handler sends <see cref="InviteSession.SendAck"/>.
    /// The handler becomes, or names, the session's <see cref="InviteSession.Handler"/>.
    /// </summary>
    void OnAnswered(OutgoingInvite invite, InviteSession session, SipResponse response);

    /// <summary>Not answered. Redirections (3xx) end here too, with the response.</summary>
    /// <param name="response">Null when there was none: <paramref name="status"/> is then 408 (nobody answered) or 503 (could not be sent).</param>
    void OnFailed(OutgoingInvite invite, SipStatus status, SipResponse? response);
}
