using Mesh.Dialplan.Calls;
using Mesh.Dialplan.Language;
using Mesh.Host.Audio;
using Mesh.Host.Config.Model;
using Mesh.Host.Ladders.Recording;
using Mesh.Host.Legs;
using Mesh.Host.Registrar;
using Mesh.Host.Trunks;
using Mesh.Iax2;
using Mesh.Iax2.Peers;
using Mesh.Iax2.Transfers;
using Mesh.Io;
using Mesh.Media.Rtp;
using Mesh.Sip;
using Mesh.Sip.Messages;
using Mesh.Sip.Transport;
using IaxEndpoint = Mesh.Iax2.IaxEndpoint;

namespace Mesh.Host.Sites;

/// <summary>
/// One site: its protocols, its phones, its calls, on loops that are handed in. The same on real sockets and on a simulated wire. Made before its loops start;
/// afterwards everything happens on the signalling loop.
/// </summary>
public sealed class SiteCore : IDisposable
{
    private readonly UdpTransport[] datagrams;
    private readonly IaxDialer? iaxDialer;
    private readonly TrunkProbe[] probes;

    public SiteCore(SiteParts parts)
    {
        Model = parts.Model;
        Signalling = parts.Signalling;
        var host = NetAddress.From(Model.Site.Host, 0);
        string domain = Model.Site.Host.ToString();
        var keys = new MeshKeys(Model.Mesh.Key ?? new Secret(Convert.ToHexString(RandomKey())));

        Ports = new RtpPortPool(parts.Media, host, new RtpPortPoolOptions { FirstPort = Model.Site.Listen.Rtp.First, LastPort = Model.Site.Listen.Rtp.Last, Ready = parts.RtpPortsReady }, Signalling.Chance);
        Registrar = new PhoneRegistrar(parts.Bindings, parts.Storage, Model.Registrar, Signalling);
        Authentication = new SipAuthentication(Signalling, Model.Mesh.Name, RandomKey(), Model.Mesh.Phones.Values);
        Audio = new CallAudio(Signalling, parts.Sounds);

        SipCalls = new SipCalls(() => Runner, Model, Authentication, new SipRegistrations(Registrar, Authentication), parts.Bindings, Ports, SipCallers, trunk => Trunks!.Heard(trunk));
        if (Model.Ladders.Calls > 0) Ladders = new LadderBook(Signalling, new LadderOptions { MaxCalls = Model.Ladders.Calls, MaxOctets = Model.Ladders.Megabytes << 20 });
        Sip = new SipEndpoint(Signalling, SipCalls, new SipEndpointOptions { Tap = Ladders?.Sip }, new SystemHostResolver());
        datagrams = [.. Model.Site.Listen.Sip.Where(l => l.Transport == "udp").Select(l => new UdpTransport(Signalling, l.Bind))];
        foreach (var transport in datagrams) Sip.Add(transport);

        var jitter = new JitterBuffers(Model.Mesh);
        Iax = new IaxEndpoint(Signalling, Model.Site.Listen.Iax2.Bind, new IaxCalls(Signalling, new PhoneOwners(Model.Mesh), jitter, () => Runner, (peer, before) => OnPeer(peer, before, parts), parts.SealChanged),
            new IaxEndpointOptions { Transfer = new TransferOptions { IsAllowed = Model.Transfers }, FullFrames = Ladders?.Iax }, registrationSink: new IaxRegistrations(Registrar));
        foreach (var peer in new SitePeers(Model, keys).All()) Iax.AddPeer(peer.Options).Tag = peer.Kind;

        iaxDialer = new IaxDialer(Iax, Model, jitter, IaxLegs);
        var divert = new Diversion(Model.Mesh);
        Trunks = new TrunkDialer(Sip, Model.Mesh, Ports, domain, divert.To);
        probes = [.. Model.Mesh.Trunks.Values.Where(t => t is { To: not null, Options: not null }).Select(t => new TrunkProbe(Sip, t, Trunks.Health[t.Name], domain))];
        var law = new MeshLaw(Options(Model.Law), new MeshSites(Model.Site.Name, Model.Mesh.Sites.Select(s => (s.Name, s.Id))), keys.Ring(), Signalling.Chance, MeshNow.Of(Signalling.Clock));
        Runner = new CallRunner(new CallSurroundings
        {
            Loop = Signalling,
            Site = Model.Site.Name,
            Law = law,
            Dialers = [new SipDialer(Sip, parts.Bindings, Ports, domain, divert.To, SipLegs), iaxDialer, Trunks],
            Audio = Audio,
            People = new PeopleDirectory(Model),
            Plan = parts.Plan,
            Scripts = parts.Scripts,
            Records = parts.Records,
            Log = parts.Log,
            Paths = new DirectPaths(Iax, new DirectPathOptions()),
            Watcher = Ladders,
            Announcements = parts.Announcements,
            Options = new CallRunnerOptions { EmergencyRoute = EmergencyRoute(Model.Mesh), MaxAnnouncements = Model.SorryPhone.Announcements },
        });
        RestoreDevices(parts.Bindings);
    }

    public SiteModel Model { get; }

    public Loop Signalling { get; }

    public RtpPortPool Ports { get; }

    public PhoneRegistrar Registrar { get; }

    public SipAuthentication Authentication { get; }

    public SipCalls SipCalls { get; }

    public SipEndpoint Sip { get; }

    public IaxEndpoint Iax { get; }

    public TrunkDialer Trunks { get; }

    public CallAudio Audio { get; }

    public CallRunner Runner { get; private set; } = null!;

    /// <summary>What is recorded of calls; null when nothing is.</summary>
    public LadderBook? Ladders { get; }

    public LegCount SipLegs { get; } = new("SIP");

    public LegCount IaxLegs { get; } = new("IAX2");

    public LegCount SipCallers { get; } = new("callers over SIP");

    /// <summary>Begins to purge what lapses, and to ask carriers. On the loop, or before it starts.</summary>
    public void Start()
    {
        Registrar.Start();
        foreach (var probe in probes) probe.Start();
    }

    /// <summary>Ends every call on the wire. On the loop.</summary>
    public void EndCalls() => Runner.Calls.EndAll(HangupCause.NormalClearing);

    /// <summary>Lets the sockets go. After the loops have stopped, or on the signalling loop.</summary>
    public void Dispose()
    {
        Registrar.Stop();
        foreach (var probe in probes) probe.Stop();
        Sip.Abandon();
        Iax.Dispose();
        foreach (var transport in datagrams) transport.Dispose();
        Ports.Dispose();
    }

    private void OnPeer(Peer peer, PeerState before, SiteParts parts)
    {
        if (peer.State == PeerState.Dead) iaxDialer?.PeerDied(peer);
        parts.PeerChanged(peer, before);
    }

    private static MeshLawOptions Options(LawConfig law) => new()
    {
        Credit = law.LegsPerCall,
        Hops = law.Hops,
        Diversions = law.Diversions,
        SetupMs = (int)law.SetupTime.TotalMilliseconds,
        LeafCredit = law.LeafLegs,
    };

    /// <summary>Where an emergency call goes that the plan has no handler for: out, through the first carrier there is.</summary>
    private static Func<string, Ring>? EmergencyRoute(MeshConfig mesh) =>
        mesh.Trunks.Values.FirstOrDefault(t => t.To is not null) is { } trunk ? number => new TrunkEndpoint(trunk.Name, number) : null;

    private byte[] RandomKey()
    {
        byte[] key = new byte[32];
        Signalling.Chance.Fill(key);
        return key;
    }

    /// <summary>IAX2 devices that were registered when the site last ran are where they were.</summary>
    private void RestoreDevices(BindingTable bindings)
    {
        long now = Signalling.Clock.NowMs;
        foreach (var phone in Model.Mesh.Phones.Values.Where(p => p.Iax2))
            if (bindings.TryFind(phone.Account, BindingTechnology.Iax2, now, out var binding))
                Iax.Restore(new RegistrationBinding(phone.Account, binding.Received, binding.ExpiresInSeconds(now), Signalling.Clock.UtcNow.AddSeconds(binding.ExpiresInSeconds(now))));
    }
}
