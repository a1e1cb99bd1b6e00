using Mesh.Io;
using Mesh.Media.Rtp;
using Mesh.Media.Sounds;
using Mesh.Sip;
using Mesh.Sip.Dialogs;
using Mesh.Sip.Messages;
using Mesh.Sip.Transactions;
using Mesh.Sip.Transport;

namespace Mesh.Host.Demo.Phones;

/// <summary>
/// A softphone of our own, for the demonstration and for tests: registers at any number of sites, calls, is called, says one tone and listens for another. Lives on the loop handed
/// in, real or simulated, and is touched there only. Without a secret it is a carrier: it registers nowhere and is known by its address.
/// <code>
/// var desk = new SoftPhone(loop, new SoftPhoneOptions("desk", NetAddress.Parse("127.0.0.20:5060")) { Secret = "..." }) { Behaviour = PhoneBehaviour.Answers(500) };
/// desk.Register(NetAddress.Parse("127.0.0.1:5060"));
/// </code>
/// </summary>
public sealed class SoftPhone : ISipUserAgentCore, IDisposable
{
    private readonly UdpTransport transport;
    private readonly RtpPortPool ports;
    private readonly Sound voice;
    private readonly List<PhoneRegistration> registrations = [];
    private readonly List<PhoneCall> calls = [];

    public SoftPhone(Loop loop, SoftPhoneOptions options)
    {
        Loop = loop;
        Options = options;
        voice = PhoneAudio.VoiceOf(options.SaysHz);
        ports = new RtpPortPool([loop], options.Address, new RtpPortPoolOptions { FirstPort = options.FirstRtpPort, LastPort = options.LastRtpPort, Ready = 4 }, loop.Chance);
        Endpoint = new SipEndpoint(loop, this, new SipEndpointOptions { ServerName = "Mesh softphone" });
        transport = new UdpTransport(loop, options.Address);
        Endpoint.Add(transport);
    }

    public Loop Loop { get; }

    public SoftPhoneOptions Options { get; }

    public SipEndpoint Endpoint { get; }

    public PhoneBehaviour Behaviour { get; set; } = PhoneBehaviour.Rings;

    /// <summary>Told of every line of a ladder this phone sees.</summary>
    public Action<PhoneEvent>? Seen { get; set; }

    /// <summary>Every call so far, in order.</summary>
    public IReadOnlyList<PhoneCall> Calls => calls;

    public IEnumerable<PhoneCallIn> Rung => calls.OfType<PhoneCallIn>();

    public IReadOnlyList<PhoneRegistration> Registrations => registrations;

    public bool IsRegisteredEverywhere => registrations.TrueForAll(r => r.IsRegistered);

    public long RtpPortsRented => ports.Rented;

    private SipAccount? Account => Options.Secret is { } secret ? new SipAccount(Options.Account, secret) : null;

    /// <summary>Registers at a site and stays registered.</summary>
    public PhoneRegistration Register(NetAddress site, int seconds = 300)
    {
        var registration = new PhoneRegistration(this, site, Account ?? throw new InvalidOperationException($"{Options.Account} has no secret to register with"), seconds);
        registrations.Add(registration);
        registration.Start();
        return registration;
    }

    /// <summary>Calls a number through a site. A phone that has no port left throws: a test that needs more gives it more.</summary>
    public PhoneCallOut Call(string number, NetAddress site)
    {
        var audio = OpenAudio() ?? throw new InvalidOperationException($"{Options.Account} has no RTP port left");
        var call = new PhoneCallOut(this, site, audio);
        call.Begin(Endpoint, new InviteOrder(SipUri.Sip(number, site.HostText, site.Port))
        {
            From = $"<sip:{Options.Account}@{site.HostText}>",
            ContactUser = Options.Account,
            Body = audio.Offer(),
            Credentials = Account,
        });
        return call;
    }

    public void OnInvite(IncomingInvite invite) => new PhoneCallIn(this, invite).Begin(Behaviour);

    public void OnRegister(ServerTransaction register) => register.Respond(SipStatus.MethodNotAllowed, Endpoint.AllowLine);

    /// <summary>Hangs up and takes its registrations away; what that sends may still be on its way when this returns.</summary>
    public void Leave()
    {
        foreach (var call in calls) call.HangUp();
        foreach (var registration in registrations) registration.Stop();
    }

    /// <summary>Lets the sockets go. On the loop, or after it has stopped.</summary>
    public void Dispose()
    {
        foreach (var call in calls) call.Audio?.Dispose();
        Endpoint.Abandon();
        transport.Dispose();
        ports.Dispose();
    }

    internal PhoneAudio? OpenAudio() => ports.Rent() is { } port ? new PhoneAudio(port, Options, voice, Loop.Chance) : null;

    internal void Add(PhoneCall call) => calls.Add(call);

    internal void Note(NetAddress site, bool sent, string message) => Seen?.Invoke(new PhoneEvent(Loop.Clock.NowMs, Options.Account, site, sent, message));
}
