using System.Net;
using Mesh.Host.Config.Checks;
using Mesh.Host.Config.Model;
using Mesh.Host.Config.Scalars;
using Mesh.Host.Config.Shapes;
using Mesh.Host.Config.Text;
using Mesh.Iax2.Peers;
using Mesh.Sip.Security;

namespace Mesh.Host.Config;

/// <summary>Turns one site's merged and checked tree into its model.</summary>
/// <param name="secrets">Null: secrets are left out.</param>
public sealed class SiteBinder(ConfigMap tree, string directory, SecretReader? secrets)
{
    private readonly string bundle = Path.GetFullPath(directory);
    private readonly SectionView root = new(MeshSchema.Root, tree);

    public SiteModel Bind(SiteConfig site, IReadOnlyList<SiteConfig> sites)
    {
        var log = root.Section("log");
        string? logFile = log.Value("file", Words.FilePath, null!);
        return new SiteModel(BindMesh(sites), site, BindRegistrar(), BindLaw())
        {
            Directory = directory,
            AdminToken = secrets?.Read(root.Section("admin").Node("token"), "admin.token"),
            AdminTls = site.Listen.Admin.Transport == "https" ? BindAdminTls(root.Section("admin")) : null,
            StatusName = root.Section("status").Value("name", Words.Text, root.Value("name", Words.Name)),
            StatusUrl = root.Section("status").Value("url", Addresses.Web, null!),
            Mail = BindMail(root.Section("mail")),
            LogLevel = log.Value("level", RunSchema.Level),
            LogFile = logFile is null ? null : Path.GetFullPath(logFile, bundle),
            DataDirectory = Path.Combine(Path.GetFullPath(root.Value("data", Words.FilePath), bundle), site.Name),
            DialplanDirectory = Path.GetFullPath(root.Value("dialplan", Words.FilePath), bundle),
            SoundsDirectory = Path.GetFullPath(root.Value("sounds", Words.FilePath), bundle),
            SorryDirectory = Path.GetFullPath(root.Section("sorry").Value("folder", Words.FilePath), bundle),
            SorryPreviews = root.Section("sorry").Value("previews", Addresses.Web, null!),
            Acme = BindAcme(root.Section("sorry").Section("acme")),
            SorryPhone = BindSorryPhone(),
            SorryAutomatic = [.. root.Section("sorry").Entries("automatic").Select(e => BindAutomatic(e.Key, new SectionView(SorrySchema.Automatic, e.Value)))],
            Alarms = new AlarmsConfig(root.Section("alarms").Value("after", SorrySchema.After), root.Section("alarms").Value("clear_after", SorrySchema.After)),
            Transfers = root.Value("mesh_transfer", Words.Switch),
            Ladders = BindLadders(),
            StopAfter = root.Value("stop_after", Numbers.Duration(TimeSpan.Zero, TimeSpan.FromHours(4))),
        };
    }

    /// <summary>Every site as the others know it, each from its own tree.</summary>
    public static IReadOnlyList<SiteConfig> BindSites(IReadOnlyDictionary<string, ConfigMap> trees)
    {
        var views = trees.Select(t => (t.Key, Site: new SectionView(MeshSchema.Site, t.Value.At("sites", t.Key)), Root: new SectionView(MeshSchema.Root, t.Value))).ToList();
        var ids = SiteIds.Assign([.. views.Select(v => (v.Key, (string?)v.Site.Value("id", Words.SiteId, null!)))]);
        return [.. views.Select((v, i) =>
        {
            var host = v.Site.Value("host", Addresses.Ip);
            return new SiteConfig(v.Key, ids[i], host, BindListen(v.Root.Section("listen"), host));
        })];
    }

    private static ListenConfig BindListen(SectionView listen, IPAddress host)
    {
        ListenAddress Here(ListenAddress address) => address.Address is null ? address with { Address = host } : address;
        ListenAddress? Sorry(string key, Scalar<ListenAddress> kind) => listen.Section("sorry").Value(key, kind, null!) is { } given ? Here(given) : null;
        return new ListenConfig(
            [.. listen.List("sip", ListenSchema.Sip).Where(a => SiteChecks.ServedSip.Contains(a.Transport)).Select(Here)],
            Here(listen.Value("iax2", ListenSchema.Iax2)),
            listen.Value("rtp", Addresses.Ports),
            Here(listen.Value("admin", ListenSchema.Admin)))
        {
            Status = Here(listen.Value("status", ListenSchema.Status)),
            Second = listen.Value("second", ListenSchema.Admin, null!) is { } second ? Here(second) : null,
            Customers = listen.Value("customers", ListenSchema.Customers, null!) is { } customers ? Here(customers) : null,
            Sorry = new SorryListenConfig(Sorry("http", ListenSchema.SorryHttp), Sorry("https", ListenSchema.SorryHttps), Sorry("smtp", ListenSchema.SorrySmtp)),
        };
    }

    private AdminTlsConfig BindAdminTls(SectionView admin) => new(
        Path.GetFullPath(admin.Value("certificate", Words.FilePath), bundle), Path.GetFullPath(admin.Value("key", Words.FilePath), bundle),
        admin.Node("clients") is ConfigScalar clients ? Path.GetFullPath(clients.Text, bundle) : null);

    private MeshConfig BindMesh(IReadOnlyList<SiteConfig> sites) => new(
        root.Value("name", Words.Name),
        sites,
        Each("people", PeopleSchema.Person, (number, p) => new PersonConfig(number, p.Value("name", Words.Text, ""), p.List("phones", Words.Name))),
        Each("phones", PeopleSchema.Phone, (account, p) => new PhoneConfig(account, Read(p, "secret", $"phones.{account}.secret")!, p.Value("iax2", Words.Switch), Offer(p.Value("digest", PeopleSchema.Digest))) { Encryption = Policy(p), JitterBuffer = p.Value("jitter_buffer", Words.Switch) }),
        Each("peers", TrunkSchema.Peer, BindPeer),
        Each("trunks", TrunkSchema.Trunk, BindTrunk),
        Read(root, "mesh_key", "mesh_key"))
    {
        Sealed = root.Value("mesh_seal", Words.Switch),
        SiteTrunk = root.Value("mesh_trunk", Words.Switch) ? new VoiceTrunkConfig(true, root.Value("mesh_trunk_mtu", TrunkSchema.SiteMtu)) : null,
    };

    private SorryPhoneConfig BindSorryPhone()
    {
        var phone = root.Section("sorry").Section("phone");
        return new SorryPhoneConfig(phone.Value("speech", Words.FilePath), phone.Value("voice", Words.Name), phone.Value("announcements", SorrySchema.Announcements));
    }

    private static SorryAutomaticConfig BindAutomatic(string site, SectionView gone) => new(
        site, gone.List("hosts", SorrySchema.Host), gone.List("domains", SorrySchema.Host), gone.List("numbers", Telephony.PublicNumber),
        gone.Value("message", SorrySchema.Message, ""), gone.Value("recording", SorrySchema.Recording, ""));

    private PeerConfig BindPeer(string name, SectionView peer) => new(
        name,
        peer.Value("iax2", Addresses.Host),
        peer.Value("user", Words.Name, name),
        Read(peer, "secret", $"peers.{name}.secret"),
        Enum.Parse<PeerAuth>(peer.Value("auth", TrunkSchema.Auth), ignoreCase: true),
        Enum.Parse<CallTokenUse>(peer.Value("calltoken", TrunkSchema.CallToken), ignoreCase: true),
        peer.Value("trunk", Words.Switch) ? new VoiceTrunkConfig(peer.Value("trunk_timestamps", Words.Switch), peer.Value("trunk_mtu", TrunkSchema.Mtu)) : null)
        {
            Rsa = secrets?.Rsa.Read(peer.Node("private_key"), peer.Node("public_key"), $"peers.{name}"),
            Encryption = Policy(peer),
            JitterBuffer = peer.Value("jitter_buffer", Words.Switch),
            KeyRotation = peer.Node("key_rotation") is ConfigScalar rotation ? TrunkSchema.KeyRotation.Read(rotation.Text) : TimeSpan.Zero,
        };

    private TrunkConfig BindTrunk(string name, SectionView trunk)
    {
        var sip = trunk.Section("sip");
        return new TrunkConfig(
            name,
            sip.List("from", Addresses.Network),
            sip.Node("to") is ConfigScalar to ? Addresses.Host.Read(to.Text) : null,
            sip.Node("max_calls") is ConfigScalar most ? Numbers.Count(1, 100_000).Read(most.Text) : null,
            sip.Value("user", Words.Text, ""),
            Read(sip, "secret", $"trunks.{name}.sip.secret"),
            [.. trunk.Entries("numbers").Select(n => new TrunkNumber(Telephony.ToE164(n.Key), SectionView.ReadList(n.Value, null, Words.Name)))])
        { Options = sip.Node("options") is ConfigScalar options ? TrunkSchema.OptionsEvery.Read(options.Text) : null };
    }

    private MailConfig? BindMail(SectionView mail) => mail.Node("relay") is not ConfigScalar relay ? null : new MailConfig(
        MailSchema.Relay.Read(relay.Text), mail.Value("from", MailSchema.From), Enum.Parse<StartTls>(mail.Value("starttls", MailSchema.StartTls), ignoreCase: true),
        mail.Value("user", Words.Text, ""), Read(mail, "password", "mail.password"));

    private RegistrarConfig BindRegistrar()
    {
        var r = root.Section("registrar");
        return new RegistrarConfig(
            r.Value("min_expires", RunSchema.Expiry), r.Value("default_expires", RunSchema.Expiry), r.Value("max_expires", RunSchema.Expiry),
            r.Value("contacts_per_phone", Numbers.Count(1, 100)), r.Value("contacts", Numbers.Count(1, 10_000_000)));
    }

    private LawConfig BindLaw()
    {
        var law = root.Section("law");
        int Count(string key) => law.Value(key, Numbers.Count(0, int.MaxValue));
        return new LawConfig(
            Count("legs_per_call"), Count("hops"), Count("diversions"), law.Value("setup_time", RunSchema.Expiry), Count("leaf_legs"),
            Count("ringing_per_callee"), Count("calls_per_phone"), Count("legs_per_site"));
    }

    private LadderConfig BindLadders()
    {
        var ladders = root.Section("ladders");
        return new LadderConfig(ladders.Value("calls", Numbers.Count(0, 1_000_000)), ladders.Value("megabytes", Numbers.Count(1, 2_000)));
    }

    private AcmeConfig? BindAcme(SectionView acme) => acme.Node("directory") is not ConfigScalar directory ? null : new AcmeConfig(
        AcmeSchema.HttpsUrl.Read(directory.Text),
        acme.List("contact", Words.Email),
        [.. acme.List("hosts", AcmeSchema.PublicHost).Distinct(StringComparer.Ordinal)],
        acme.Node("ca") is ConfigScalar ca ? Path.GetFullPath(ca.Text, bundle) : null,
        acme.Value("orders_a_day", Numbers.Count(1, 300)));

    private static EncryptionPolicy Policy(SectionView section) => Enum.Parse<EncryptionPolicy>(section.Value("encryption", TrunkSchema.Encryption), ignoreCase: true);

    private Secret? Read(SectionView section, string key, string path) => secrets?.Read(section.Node(key), path);

    private Dictionary<string, T> Each<T>(string key, SectionShape shape, Func<string, SectionView, T> bind) =>
        root.Entries(key).ToDictionary(e => e.Key, e => bind(e.Key, new SectionView(shape, e.Value)), StringComparer.Ordinal);

    private static DigestOffer Offer(string digest) => digest switch { "sha-256" => DigestOffer.Sha256, "both" => DigestOffer.Both, _ => DigestOffer.Md5 };
}
