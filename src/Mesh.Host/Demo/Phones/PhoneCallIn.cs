using Mesh.Io;
using Mesh.Sip;
using Mesh.Sip.Dialogs;
using Mesh.Sip.Messages;

namespace Mesh.Host.Demo.Phones;

/// <summary>A call that rings a softphone, which does as its <see cref="PhoneBehaviour"/> says.</summary>
public sealed class PhoneCallIn : PhoneCall, IIncomingInviteHandler, IDeadlineOwner
{
    private readonly IncomingInvite invite;
    private readonly Deadline answer;

    internal PhoneCallIn(SoftPhone phone, IncomingInvite invite) : base(phone, invite.Flow.Remote)
    {
        this.invite = invite;
        invite.Handler = this;
        answer = new Deadline(this);
        From = invite.Request.From.Uri.UnescapedUser;
        Note(sent: false, "INVITE");
    }

    /// <summary>Who calls.</summary>
    public string From { get; }

    /// <summary>The caller gave up, or another phone answered: see <see cref="PhoneCall.WasAnsweredElsewhere"/>.</summary>
    public bool WasCancelled { get; private set; }

    /// <summary>What its owner would find on the display.</summary>
    public bool IsMissed => WasCancelled && !WasAnsweredElsewhere;

    public void OnDeadline(Deadline deadline) => Answer();

    /// <summary>Picks up.</summary>
    public void Answer()
    {
        if (!invite.IsOpen || Audio is null) return;
        var body = invite.Offer.IsEmpty ? Audio.Offer() : Audio.Answer(invite.Offer);
        if (body is not { } ours) { Refuse(SipStatus.NotAcceptableHere); return; }
        if (invite.Accept(ours, this) is not { } session) return;
        Note(sent: true, "200 OK");
        Answered(session);
    }

    public void OnCancelled(IncomingInvite cancelled, SipText reason)
    {
        WasCancelled = true;
        Phone.Loop.Deadlines.Disarm(answer);
        Note(sent: false, $"CANCEL{Shown(reason)}");
        Over(reason);
    }

    public void OnAcked(InviteSession session, SipBody body)
    {
        if (!body.IsEmpty) Audio?.TryAccept(body);
    }

    internal void Begin(PhoneBehaviour behaviour)
    {
        if (behaviour.Busy) { Refuse(SipStatus.BusyHere); return; }
        if (Phone.OpenAudio() is not { } audio) { Refuse(SipStatus.ServiceUnavailable); return; }
        Audio = audio;
        invite.Ring();
        RingingMs = Phone.Loop.Clock.NowMs;
        Note(sent: true, "180 Ringing");
        if (behaviour.AnswerAfterMs is { } ms) Phone.Loop.Deadlines.Arm(answer, ms);
    }

    private protected override void GiveUp() => Refuse(SipStatus.Decline);

    private void Refuse(SipStatus status)
    {
        Phone.Loop.Deadlines.Disarm(answer);
        FailedWith = status.Code;
        Note(sent: true, status.ToString());
        invite.Reject(status);
        Over();
    }
}
