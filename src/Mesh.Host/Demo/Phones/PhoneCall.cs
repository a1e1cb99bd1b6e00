using Mesh.Io;
using Mesh.Media.Sdp;
using Mesh.Sip;
using Mesh.Sip.Dialogs;
using Mesh.Sip.Messages;

namespace Mesh.Host.Demo.Phones;

/// <summary>One call of a softphone, and what the phone noticed of it. Touched on the phone's loop.</summary>
public abstract class PhoneCall : ISessionHandler
{
    private protected PhoneCall(SoftPhone phone, NetAddress site)
    {
        Phone = phone;
        Site = site;
        BeganMs = phone.Loop.Clock.NowMs;
        phone.Add(this);
    }

    public SoftPhone Phone { get; }

    /// <summary>Through which site.</summary>
    public NetAddress Site { get; }

    /// <summary>When the INVITE was sent or came, on the loop's clock; so with every other time here, 0 for what did not happen.</summary>
    public long BeganMs { get; }

    public long RingingMs { get; private protected set; }

    public long AnsweredMs { get; private protected set; }

    public long EndedMs { get; private set; }

    public bool IsAnswered => AnsweredMs > 0;

    public bool IsOver => EndedMs > 0;

    /// <summary>Null while there is none: refused before it was made.</summary>
    public PhoneAudio? Audio { get; private protected set; }

    /// <summary>The final status of a call that was not answered; 0 else.</summary>
    public int FailedWith { get; private protected set; }

    /// <summary>The Reason with which the far end ended it; empty when it gave none.</summary>
    public string EndReason { get; private set; } = "";

    /// <summary>The far end ended it, and said that another phone has the call: no missed call.</summary>
    public bool WasAnsweredElsewhere => Reason.TryParse(SipText.From(EndReason), out var reason) && reason.IsSip && reason.Cause == 200;

    /// <summary>How the far end took our last <see cref="TryChange"/>; 0 before.</summary>
    public int ChangeAnsweredWith { get; private set; }

    /// <summary>Milliseconds from the answer until the other side's tone was heard; null when it was not.</summary>
    public long? AnswerToAudioMs => Audio?.Ear.Tone.FirstHeardMs is > 0 and var heard ? heard - AnsweredMs : null;

    private protected InviteSession? Session { get; set; }

    /// <summary>Ends it, whatever its state.</summary>
    public void HangUp()
    {
        if (IsOver) return;
        if (Session is { } session)
        {
            Note(sent: true, "BYE");
            session.SendBye();
        }
        else GiveUp();
        Over();
    }

    /// <summary>A re-INVITE: hold with <see cref="AudioDirection.SendOnly"/> or Inactive, resume with SendReceive. False when it cannot be sent now.</summary>
    public bool TryChange(AudioDirection direction)
    {
        ChangeAnsweredWith = 0;
        return Audio is not null && Session is not null && Session.TryReinvite(Audio.Offer(direction));
    }

    public void OnChange(InviteSession session, SessionChange change)
    {
        if (change.Offer.IsEmpty) { change.Accept(change.IsUpdate ? default : Audio!.Offer()); return; }
        if (Audio!.Answer(change.Offer) is { } answer) change.Accept(answer);
        else change.Reject(SipStatus.NotAcceptableHere);
    }

    public void OnChangeAnswered(InviteSession session, SipStatus status, SipBody body)
    {
        ChangeAnsweredWith = status.Code;
        if (status.IsSuccess && !body.IsEmpty) Audio?.TryAccept(body);
    }

    public void OnEnded(InviteSession session, SessionEnd why, SipText reason)
    {
        Note(sent: false, why == SessionEnd.FarEnd ? $"BYE{Shown(reason)}" : $"lost: {why}");
        Over(reason);
    }

    /// <summary>Ends what was not answered yet.</summary>
    private protected abstract void GiveUp();

    private protected void Answered(InviteSession session)
    {
        Session = session;
        AnsweredMs = Phone.Loop.Clock.NowMs;
        Audio!.Talk();
    }

    private protected void Over(SipText reason = default)
    {
        if (IsOver) return;
        EndedMs = Phone.Loop.Clock.NowMs;
        if (reason.IsPresent) EndReason = reason.ToString();
        Audio?.Dispose();
    }

    private protected void Note(bool sent, string message) => Phone.Note(Site, sent, message);

    private protected static string Shown(SipText reason) => reason.IsPresent ? $" ({reason})" : "";
}
