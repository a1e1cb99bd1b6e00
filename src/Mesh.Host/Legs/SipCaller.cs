using Mesh.Dialplan.Calls;
using Mesh.Media;
using Mesh.Media.Sdp;
using Mesh.Sip;
using Mesh.Sip.Dialogs;
using Mesh.Sip.Messages;

namespace Mesh.Host.Legs;

/// <summary>A call that came over SIP, as its script drives it.</summary>
public sealed class SipCaller : ICaller, IIncomingInviteHandler, ISessionHandler
{
    private static readonly AudioCodec[] PcmaFirst = [AudioCodec.Pcma, AudioCodec.Pcmu], PcmuFirst = [AudioCodec.Pcmu, AudioCodec.Pcma];
    private readonly IncomingInvite invite;
    private readonly SipMedia media;
    private readonly SipBody description;
    private readonly LegCount count;
    private readonly bool offered;
    private InviteSession? session;
    private bool isRinging, hasAudio, isOver;

    /// <param name="answer">Our answer to the caller's offer, or our offer when it made none.</param>
    public SipCaller(IncomingInvite invite, SipMedia media, SipBody answer, bool offered, string description, LegCount count)
    {
        this.invite = invite;
        this.media = media;
        this.description = answer;
        this.offered = offered;
        this.count = count;
        Description = description;
        Codecs = media.Codec == AudioCodec.Pcmu ? PcmuFirst : PcmaFirst;
        invite.Handler = this;
        count.Made();
    }

    public string Description { get; }

    public IAudioPort? Audio => media.Port;

    /// <summary>What it is known by on the wire.</summary>
    public SipText CallId => invite.CallId;

    public SipMedia Media => media;

    public IReadOnlyList<AudioCodec> Codecs { get; }

    public bool IsAnswered => session is not null;

    /// <summary>Who drives the call; null until it was let in.</summary>
    public ICallerObserver? Observer { get; set; }

    public void Ringing(bool withAudio)
    {
        if (isOver || IsAnswered) return;
        if (withAudio && !hasAudio && !offered) invite.Progress(SipStatus.Ringing, description);
        else if (!isRinging) invite.Ring();
        isRinging = true;
        hasAudio |= withAudio;
    }

    public bool Progress()
    {
        // Without the caller's offer there is nowhere to send audio to before the answer.
        if (isOver || IsAnswered || offered) return false;
        invite.Progress(SipStatus.SessionProgress, description);
        return isRinging = hasAudio = true;
    }

    public void Answer()
    {
        if (isOver || IsAnswered) return;
        session = invite.Accept(description, this);
    }

    public void End(HangupCause cause)
    {
        if (isOver) return;
        Close();
        if (session is not null) session.SendBye($"Q.850;cause={(int)cause}");
        else invite.Reject(CauseTable.ToSipStatus(cause), new HeaderLines().Add(HeaderName.Reason, $"Q.850;cause={(int)cause}"));
    }

    public void OnCancelled(IncomingInvite cancelled, SipText reason) => Gone(HangupCause.NormalClearing);

    public void OnEnded(InviteSession ended, SessionEnd why, SipText reason) =>
        Gone(why == SessionEnd.FarEnd ? HangupCause.NormalClearing : HangupCause.RecoveryOnTimerExpiry);

    public void OnAcked(InviteSession acked, SipBody body)
    {
        // An INVITE without an offer: ours was in the 200, the answer is here.
        if (offered && !body.IsEmpty && !media.TryAccept(body)) { End(HangupCause.BearerCapabilityNotAvailable); Observer?.OnCallerGone(HangupCause.BearerCapabilityNotAvailable); }
    }

    public void OnChange(InviteSession changed, SessionChange change) => SessionChanges.Answer(media, change);

    private void Gone(HangupCause cause)
    {
        if (isOver) return;
        Close();
        Observer?.OnCallerGone(cause);
    }

    private void Close()
    {
        isOver = true;
        count.Ended();
        media.Dispose();
    }
}
