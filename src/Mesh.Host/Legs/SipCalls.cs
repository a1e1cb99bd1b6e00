using Mesh.Dialplan.Calls;
using Mesh.Host.Config.Model;
using Mesh.Host.Registrar;
using Mesh.Io;
using Mesh.Media;
using Mesh.Media.Rtp;
using Mesh.Media.Sdp;
using Mesh.Sip;
using Mesh.Sip.Dialogs;
using Mesh.Sip.Messages;
using Mesh.Sip.Transactions;

namespace Mesh.Host.Legs;

/// <summary>Turns calls that come over SIP into the words of telephony: a carrier is known by its address, everybody else proves to be one of our phones.</summary>
public sealed class SipCalls(Func<CallRunner> runner, SiteModel site, SipAuthentication authentication, SipRegistrations registrations, BindingTable bindings, RtpPortPool ports, LegCount count, Action<string> carrierHeard)
    : ISipUserAgentCore
{
    /// <summary>Octets of an emergency number, every digit escaped; what is longer is none.</summary>
    private const int MaxEmergency = 9;

    private static readonly AudioCodec[] Codecs = [AudioCodec.Pcma, AudioCodec.Pcmu];
    private readonly PhoneOwners owners = new(site.Mesh);

    /// <summary>Calls refused because no RTP port was free.</summary>
    public long NoPorts { get; private set; }

    public void OnInvite(IncomingInvite invite)
    {
        var trunk = site.Mesh.TrunkOf(invite.Flow.Remote);
        if (trunk is not null) carrierHeard(trunk.Name);
        string? account = null;
        if (trunk is null && (account = authentication.Authenticate(invite.Request, out var refusal, out var headers)) is null)
        {
            invite.Reject(refusal, headers);
            return;
        }
        if (Receive(invite, trunk?.Name ?? account!) is not { } caller) return;
        string called = invite.Request.RequestUri.UnescapedUser;
        int maxForwards = invite.Request.MaxForwards ?? 70;
        var shown = SipIdentity.OfCarrier(invite.Request, called);
        caller.Observer = runner().Accept(trunk is not null
            ? new IncomingCall(caller, CallEntry.Carrier, called, shown) { From = trunk.Name, MaxForwards = maxForwards }
            : new IncomingCall(caller, CallEntry.Phone, called, owners.CallerOf(account!, shown.Withheld) with { Dialled = called }) { From = account!, DeviceKey = Device(account!, invite.Flow.Remote), MaxForwards = maxForwards });
    }

    public void OnRegister(ServerTransaction register) => registrations.OnRegister(register);

    public bool IsEmergency(SipRequest invite) => invite.RequestUri.User.Length <= MaxEmergency && invite.RequestUri.UnescapedUser is "999" or "112";

    /// <summary>Takes up the caller's offer; null when the call has been refused.</summary>
    private SipCaller? Receive(IncomingInvite invite, string from)
    {
        if (SipMedia.Open(ports, Codecs, invite.Endpoint.Loop.Chance) is not { } media)
        {
            NoPorts++;
            invite.Reject(SipStatus.ServiceUnavailable, new HeaderLines().Add(HeaderName.RetryAfter, invite.Endpoint.Options.RetryAfterSeconds));
            return null;
        }
        string description = $"SIP/{from} {invite.Flow.Remote}";
        if (invite.Offer.IsEmpty) return new SipCaller(invite, media, media.Offer(), offered: true, description, count);
        var outcome = media.Answer(invite.Offer);
        if (outcome.Answer is { } answer) return new SipCaller(invite, media, SipBody.Sdp(answer), offered: false, description, count);
        media.Dispose();
        invite.Reject(outcome.Refusal == SdpRefusal.Unreadable ? SipStatus.BadRequest : SipStatus.NotAcceptableHere);
        return null;
    }

    private string Device(string account, NetAddress from)
    {
        var all = bindings.Of(account, runner().Room.Loop.Clock.NowMs);
        foreach (var binding in all)
            if (binding.Received == from) return binding.DeviceKey;
        return "";
    }
}
