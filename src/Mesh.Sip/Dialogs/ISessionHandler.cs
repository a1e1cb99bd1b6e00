using Mesh.Sip.Messages;

namespace Mesh.Sip.Dialogs;

/// <summary>Hears what happens to an answered call, on the loop. After <see cref="OnEnded"/> nothing more comes; nor after our own <see cref="InviteSession.SendBye"/>.</summary>
public interface ISessionHandler
{
    /// <summary>The ACK of our 2xx (to the INVITE or a later one) came; <paramref name="body"/> is the answer when our 2xx held the offer, else empty.</summary>
    void OnAcked(InviteSession session, SipBody body) { }

    /// <summary>The far end wants to change the session (re-INVITE, or UPDATE with an offer): answer it now or later. By default refused, which changes nothing.</summary>
    void OnChange(InviteSession session, SessionChange change) => change.Reject(SipStatus.NotAcceptableHere);

    /// <summary>How the far end took <see cref="InviteSession.TryReinvite"/>. Not 2xx: the session stays as it was.</summary>
    void OnChangeAnswered(InviteSession session, SipStatus status, SipBody body) { }

    /// <summary>INFO, REFER, NOTIFY, MESSAGE within the dialog: the status to answer with. By default 405 for a REFER, 200 for an INFO, else 501.</summary>
    SipStatus OnRequest(InviteSession session, SipRequest request) => request.Method.Id switch
    {
        SipMethodId.Info => SipStatus.Ok,
        SipMethodId.Refer => SipStatus.MethodNotAllowed,
        _ => SipStatus.NotImplemented,
    };

    /// <summary>The call is over, by the far end or by a fault.</summary>
    /// <param name="reason">Value of the BYE's Reason header (RFC 3326); not present when there was none.</param>
    void OnEnded(InviteSession session, SessionEnd why, SipText reason);
}

/// <summary>Why an answered call ended without us wanting it.</summary>
public enum SessionEnd : byte
{
    /// <summary>The far end sent BYE.</summary>
    FarEnd,
    /// <summary>Our 2xx was never acknowledged (13.3.1.4).</summary>
    Unacknowledged,
    /// <summary>The session timer ran out (RFC 4028).</summary>
    Expired,
    /// <summary>A request within the dialog got 408 or 481, or none could be sent (12.2.1.2).</summary>
    Lost,
}
