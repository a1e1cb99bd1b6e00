using Mesh.Dialplan.Calls;
using Mesh.Media;
using Mesh.Sip;
using Mesh.Sip.Dialogs;
using Mesh.Sip.Messages;

namespace Mesh.Host.Legs;

/// <summary>A call placed over SIP: to a phone of ours, or through a carrier.</summary>
public sealed class SipLeg(string description, ILegObserver observer, SipMedia media, Func<SipUri, string?> divertTo, LegCount count, Action<bool>? heard = null) : ILeg, IOutgoingInviteHandler, ISessionHandler
{
    private OutgoingInvite? invite;
    private InviteSession? session;
    private bool isTrying, hasAudio, isOver;

    public string Description { get; } = description;

    public IAudioPort? Audio => hasAudio ? media.Port : null;

    /// <summary>What it is known by on the wire; null before it was placed.</summary>
    public SipText? CallId => invite?.CallId;

    public SipMedia Media => media;

    public void Place(SipEndpoint endpoint, InviteOrder order)
    {
        count.Made();
        invite = endpoint.Invite(order, this);
    }

    public void End(HangupCause cause)
    {
        if (isOver) return;
        Close();
        string? reason = cause == HangupCause.AnsweredElsewhere ? Reason.AnsweredElsewhere : null;
        if (reason is not null) count.ToldElsewhere();
        if (session is not null) session.SendBye(reason ?? $"Q.850;cause={(int)cause}");
        else invite?.Cancel(reason);
    }

    public void OnProvisional(OutgoingInvite placed, SipResponse response)
    {
        heard?.Invoke(true);
        if (isOver) return;
        if (!isTrying)
        {
            isTrying = true;
            observer.OnTrying(this);
        }
        if (!isOver && response.Status.Code == 180) observer.OnRinging(this);
        if (isOver || response.Body.IsEmpty || !media.TryAccept(response.ToBody())) return;
        bool first = !hasAudio;
        hasAudio = true;
        if (first) observer.OnEarlyMedia(this);
    }

    public void OnAnswered(OutgoingInvite placed, InviteSession answered, SipResponse response)
    {
        session = answered;
        answered.Handler = this;
        if (isOver) { answered.SendBye(Reason.AnsweredElsewhere); return; }
        // The answer may have come in a provisional response and not again (RFC 3264, RFC 6337).
        if (!response.Body.IsEmpty) hasAudio = media.TryAccept(response.ToBody());
        if (!hasAudio)
        {
            answered.SendBye($"Q.850;cause={(int)HangupCause.BearerCapabilityNotAvailable}");
            Fail(HangupCause.BearerCapabilityNotAvailable);
            return;
        }
        observer.OnAnswered(this);
    }

    public void OnFailed(OutgoingInvite placed, SipStatus status, SipResponse? response)
    {
        // Cancelled before a word came is no silence of the far end's.
        if (response is not null || !isOver) heard?.Invoke(response is not null);
        if (isOver) return;
        if (status.Code is >= 300 and < 400 && response is not null && Diversion(response) is { } target)
        {
            Close();
            observer.OnDiverted(this, target);
        }
        else Fail(CauseTable.FromSipStatus(status.Code));
    }

    public void OnEnded(InviteSession ended, SessionEnd why, SipText reason)
    {
        if (isOver) return;
        Close();
        observer.OnEnded(this, why == SessionEnd.FarEnd ? HangupCause.NormalClearing : HangupCause.RecoveryOnTimerExpiry);
    }

    public void OnChange(InviteSession changed, SessionChange change) => SessionChanges.Answer(media, change);

    private string? Diversion(SipResponse response)
    {
        foreach (var contact in response.Contacts)
            if (!contact.IsStar && divertTo(contact.Uri) is { } target) return target;
        return null;
    }

    private void Fail(HangupCause cause)
    {
        Close();
        observer.OnFailed(this, cause, quiet: false);
    }

    private void Close()
    {
        isOver = true;
        count.Ended();
        media.Dispose();
    }
}
