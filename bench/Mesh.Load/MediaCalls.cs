using System.Globalization;
using System.Text;
using Mesh.Io;
using Mesh.Sip;
using Mesh.Sip.Dialogs;
using Mesh.Sip.Messages;
using Mesh.Sip.Transactions;
using Mesh.Sip.Transport;

namespace Mesh.Load;

/// <summary>One call as its two ends see it: where each sends to, and from where.</summary>
public readonly record struct MediaFlow(NetAddress CallerEnd, NetAddress CallerAtSite, NetAddress PhoneEnd, NetAddress PhoneAtSite);

/// <summary>
/// A carrier and a phone that set calls up through a site and leave them up, each with media ports of its own in SDP which nobody has bound: another process plays the audio.
/// </summary>
public sealed class MediaCalls : ISipUserAgentCore, IOutgoingInviteHandler, ISessionHandler, IDisposable
{
    private const int FirstCallerPort = 40_000, FirstPhonePort = 50_000;
    private readonly LoadSite site;
    private readonly Loop loop;
    private readonly UdpTransport carrierSide, phoneSide;
    private readonly SipEndpoint carrier, phone;
    private readonly List<InviteSession> sessions = [];
    private readonly List<NetAddress> atCaller = [], atPhone = [];
    private TaskCompletionSource answered = new();

    public MediaCalls(LoadSite site)
    {
        this.site = site;
        loop = DatagramLoops.Create("calls", new MeshClock(TimeProvider.System), new CryptoChance());
        carrierSide = new UdpTransport(loop, NetAddress.Parse($"{site.Carrier}:5060"));
        phoneSide = new UdpTransport(loop, NetAddress.Parse($"{site.Phone}:5060"));
        carrier = new SipEndpoint(loop, this);
        phone = new SipEndpoint(loop, this);
        carrier.Add(carrierSide);
        phone.Add(phoneSide);
        loop.Start();
    }

    /// <summary>Makes calls one after another, so that the two ends of each are known to belong together.</summary>
    public async Task<IReadOnlyList<MediaFlow>> EstablishAsync(int count)
    {
        for (int i = 0; i < count; i++)
        {
            answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            loop.Post(_ => Call());
            await answered.Task.WaitAsync(TimeSpan.FromSeconds(10));
        }
        return [.. Enumerable.Range(0, count).Select(i => new MediaFlow(End(site.Carrier, FirstCallerPort, i), atCaller[i], End(site.Phone, FirstPhonePort, i), atPhone[i]))];
    }

    public async Task HangUpAsync()
    {
        loop.Post(_ => sessions.ForEach(s => s.SendBye()));
        await site.QuietAsync();
    }

    public void OnInvite(IncomingInvite invite)
    {
        int number = atPhone.Count;
        atPhone.Add(AudioAddress(invite.Offer));
        invite.Ring();
        invite.Accept(Description(site.Phone, FirstPhonePort + 2 * number), this);
    }

    public void OnRegister(ServerTransaction register) => register.Respond(SipStatus.MethodNotAllowed);

    public void OnProvisional(OutgoingInvite invite, SipResponse response) { }

    public void OnAnswered(OutgoingInvite invite, InviteSession session, SipResponse response)
    {
        session.Handler = this;
        sessions.Add(session);
        atCaller.Add(AudioAddress(response.ToBody()));
        answered.SetResult();
    }

    public void OnFailed(OutgoingInvite invite, SipStatus status, SipResponse? response) => answered.SetException(new InvalidOperationException($"a call was not answered: {status.Code}"));

    public void OnEnded(InviteSession session, SessionEnd why, SipText reason) { }

    public void Dispose()
    {
        loop.Dispose();
        carrierSide.Dispose();
        phoneSide.Dispose();
    }

    private void Call() => carrier.Invite(new InviteOrder(SipUri.Parse($"sip:{LoadSite.Number}@{site.Host}:5060"))
    {
        From = $"<sip:+441619460000@{site.Carrier}>",
        Flow = new SipFlow(carrierSide, NetAddress.Parse($"{site.Host}:5060")),
        Body = Description(site.Carrier, FirstCallerPort + 2 * atCaller.Count),
    }, this);

    private static NetAddress End(string host, int first, int number) => NetAddress.Parse(host).WithPort((ushort)(first + 2 * number));

    private static SipBody Description(string host, int port) => SipBody.Sdp(string.Create(CultureInfo.InvariantCulture,
        $"v=0\r\no=- 1 1 IN IP4 {host}\r\ns=-\r\nc=IN IP4 {host}\r\nt=0 0\r\nm=audio {port} RTP/AVP 8 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\na=ptime:20\r\n"));

    /// <summary>The address of the first media line, read without the code that is measured.</summary>
    private static NetAddress AudioAddress(SipBody body)
    {
        string host = "", port = "";
        foreach (string line in Encoding.UTF8.GetString(body.Content.Span).Split("\r\n"))
        {
            if (line.StartsWith("c=IN IP4 ", StringComparison.Ordinal)) host = line[9..];
            if (line.StartsWith("m=audio ", StringComparison.Ordinal)) port = line.Split(' ')[1];
        }
        return NetAddress.Parse($"{host}:{port}");
    }
}
