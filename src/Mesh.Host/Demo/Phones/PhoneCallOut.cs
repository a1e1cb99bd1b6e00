using Mesh.Io;
using Mesh.Sip;
using Mesh.Sip.Dialogs;
using Mesh.Sip.Messages;

namespace Mesh.Host.Demo.Phones;

/// <summary>A call a softphone makes.</summary>
public sealed class PhoneCallOut : PhoneCall, IOutgoingInviteHandler
{
    private OutgoingInvite? invite;

    internal PhoneCallOut(SoftPhone phone, NetAddress site, PhoneAudio audio) : base(phone, site) => Audio = audio;

    /// <summary>Milliseconds from the INVITE until a 180 came; null when none did.</summary>
    public long? InviteToRingingMs => RingingMs > 0 ? RingingMs - BeganMs : null;

    /// <summary>Milliseconds from the INVITE until ringback was heard; null when it was not.</summary>
    public long? InviteToRingbackMs => Audio!.Ear.RingbackMs is > 0 and var heard ? heard - BeganMs : null;

    /// <summary>Provisional responses above 100 that were heard.</summary>
    public int Provisionals { get; private set; }

    public void OnProvisional(OutgoingInvite placed, SipResponse response)
    {
        if (IsOver || response.Status.Code <= 100) return;
        Provisionals++;
        Note(sent: false, response.Status.ToString());
        if (response.Status == SipStatus.Ringing && RingingMs == 0) RingingMs = Phone.Loop.Clock.NowMs;
        if (!response.Body.IsEmpty) Audio!.TryAccept(response.ToBody());
    }

    public void OnAnswered(OutgoingInvite placed, InviteSession session, SipResponse response)
    {
        session.Handler = this;
        Note(sent: false, "200 OK");
        if (response.Body.IsEmpty || Audio!.TryAccept(response.ToBody())) { Answered(session); return; }
        session.SendBye();
        FailedWith = SipStatus.NotAcceptableHere;
        Over();
    }

    public void OnFailed(OutgoingInvite placed, SipStatus status, SipResponse? response)
    {
        FailedWith = status.Code;
        Note(sent: false, response is null ? $"no response ({status.Code})" : status.ToString());
        Over();
    }

    internal void Begin(SipEndpoint endpoint, InviteOrder order)
    {
        Note(sent: true, $"INVITE {order.Uri.UnescapedUser}");
        invite = endpoint.Invite(order, this);
    }

    private protected override void GiveUp()
    {
        Note(sent: true, "CANCEL");
        invite?.Cancel();
    }
}
