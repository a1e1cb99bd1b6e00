using Mesh.Io;
using Mesh.Io.Simulation;
using Mesh.Sip.Dialogs;
using Mesh.Sip.Messages;
using Mesh.Sip.Transactions;
using Mesh.Sip.Transport;

namespace Mesh.Sip.Tests.Endpoint;

/// <summary>One endpoint on a simulated wire that writes down whatever it is told, and does what the test sets it to do.</summary>
internal sealed class SipNode : ISipUserAgentCore, IIncomingInviteHandler, IOutgoingInviteHandler, ISessionHandler, IOutgoingRequestHandler, IRegistrationHandler
{
    public static readonly SipBody Offer = SipBody.Sdp("v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8\r\n");
    public static readonly SipBody Answer = SipBody.Sdp("v=0\r\no=- 2 2 IN IP4 10.0.0.2\r\ns=-\r\nt=0 0\r\nm=audio 5000 RTP/AVP 8\r\n");

    public SipNode(SimulatedWorld world, string address, SipEndpointOptions? options = null, IHostResolver? hosts = null)
    {
        World = world;
        Address = NetAddress.Parse(address);
        Loop = world.CreateLoop(address);
        Endpoint = new SipEndpoint(Loop, this, options, hosts);
        Loop.Invoke(() => Endpoint.Add(Udp = new UdpTransport(Loop, Address)));
    }

    public SimulatedWorld World { get; }
    public NetAddress Address { get; }
    public SimulatedLoop Loop { get; }
    public SipEndpoint Endpoint { get; }
    public UdpTransport Udp { get; private set; } = null!;

    public List<string> Events { get; } = [];
    public IncomingInvite? Incoming { get; private set; }
    public OutgoingInvite? Outgoing { get; private set; }
    public InviteSession? Session { get; set; }
    public SessionChange? Change { get; private set; }
    public SipResponse? LastResponse { get; private set; }

    /// <summary>What to do with a call; rings and answers unless set.</summary>
    public Action<IncomingInvite>? WhenInvited { get; set; }
    public Action<ServerTransaction>? WhenRegistering { get; set; }
    public Action<SessionChange>? WhenChanged { get; set; }
    public Action<InviteSession>? WhenAnswered { get; set; }

    public bool IsEmergencyCall { get; set; }

    public bool IsEmergency(SipRequest invite) => IsEmergencyCall;

    /// <summary>Transactions, dialogs and timers left: zero when all is over.</summary>
    public int Left => Endpoint.Transactions.Count + Endpoint.Dialogs.Count + Loop.Deadlines.Armed;

    public SipUri Uri(string user) => SipUri.Parse($"sip:{user}@{Address}");

    /// <summary>Holds nothing of its calls any more.</summary>
    public void Forget() => (Incoming, Outgoing, Session, Change, LastResponse) = (null, null, null, null, null);

    public void Do(Action work) => Loop.Invoke(work);

    public void Call(SipNode callee, Func<InviteOrder, InviteOrder>? with = null)
    {
        var order = new InviteOrder(callee.Uri("301")) { From = $"\"Caller\" <{Uri("100")}>", Body = Offer, ContactUser = "100" };
        Do(() => Outgoing = Endpoint.Invite(with?.Invoke(order) ?? order, this));
    }

    public void OnInvite(IncomingInvite invite)
    {
        Events.Add("invite");
        Incoming = invite;
        invite.Handler = this;
        if (WhenInvited is { } act) { act(invite); return; }
        invite.Ring();
        Accept();
    }

    public void Accept() => Session = Incoming!.Accept(Answer, this);

    public void OnRegister(ServerTransaction register)
    {
        if (WhenRegistering is { } act) act(register); else register.Respond(SipStatus.Ok);
    }

    public void OnCancelled(IncomingInvite invite, SipText reason) => Events.Add(reason.IsPresent ? $"cancelled {reason}" : "cancelled");

    public void OnProvisional(OutgoingInvite invite, SipResponse response)
    {
        Events.Add($"{response.Status.Code}");
        LastResponse = response;
    }

    public void OnAnswered(OutgoingInvite invite, InviteSession session, SipResponse response)
    {
        Events.Add("answered");
        LastResponse = response;
        Session = session;
        session.Handler = this;
        WhenAnswered?.Invoke(session);
    }

    public void OnFailed(OutgoingInvite invite, SipStatus status, SipResponse? response)
    {
        Events.Add($"failed {status.Code}");
        LastResponse = response;
    }

    public void OnAcked(InviteSession session, SipBody body) => Events.Add(body.IsEmpty ? "acked" : "acked with body");

    public void OnChange(InviteSession session, SessionChange change)
    {
        Events.Add(change.IsUpdate ? "update" : "reinvite");
        Change = change;
        if (WhenChanged is { } act) act(change); else change.Accept(Answer);
    }

    public void OnChangeAnswered(InviteSession session, SipStatus status, SipBody body) => Events.Add($"change {status.Code}");

    public void OnEnded(InviteSession session, SessionEnd why, SipText reason) => Events.Add(reason.IsPresent ? $"ended {why} {reason}" : $"ended {why}");

    public void OnFinal(OutgoingRequest request, SipStatus status, SipResponse? response)
    {
        Events.Add($"{request.Method} {status.Code}");
        LastResponse = response;
    }

    public void OnRegistered(OutboundRegistration registration, int seconds) => Events.Add($"registered {seconds}");

    public void OnRefused(OutboundRegistration registration, SipStatus status) => Events.Add($"refused {status.Code}");

    public void OnUnregistered(OutboundRegistration registration) => Events.Add("unregistered");
}
