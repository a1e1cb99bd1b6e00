namespace Mesh.Host.Tests.Config;

/// <summary>Bundles with one fault each: what was done to a sound one, and the one error that must come of it.</summary>
public sealed record BrokenBundle(string Name, Action<BundleFolder> Break, string File, int Line, int Column, string Says, string Hint = "")
{
    public override string ToString() => Name;

    private static BrokenBundle Mesh(string name, string from, string to, int line, int column, string says, string hint = "") =>
        new(name, b =>
        {
            Assert.Contains(from, BundleFolder.TwoSites);
            b.Write("mesh.yaml", BundleFolder.TwoSites.Replace(from, to));
        }, "mesh.yaml", line, column, says, hint);

    public static readonly BrokenBundle[] All =
    [
        Mesh("unknown key", "phones:\n  mbloch", "phoens:\n  mbloch", 8, 1, "unknown key 'phoens' in the bundle", "did you mean 'phones'?") with { Also = 1 },
        Mesh("unknown inner key", "secret: correct-horse", "secret: correct-horse, iax: true", 9, 41, "unknown key 'iax' in phones.mbloch-desk", "did you mean 'iax2'?"),
        Mesh("duplicate key", "peers:\n", "peers: {}\npeers:\n", 12, 1, "the key 'peers' is here twice", "first at line 11"),
        Mesh("duplicate phone", "  fax-modem: ", "  mbloch-desk: ", 10, 3, "the key 'mbloch-desk' is here twice", "first at line 9"),
        Mesh("not YAML", "sites:\n", "sites: [\n", 4, 3, "this is not YAML") with { AnyPlace = true },
        Mesh("a tab", "  london: ", "\tlondon: ", 3, 1, "this is not YAML") with { AnyPlace = true },
        Mesh("no name", "name: two\n", "\n", 2, 1, "the bundle has no 'name'") with { AnyPlace = true },
        Mesh("a host that is a name", "host: 127.77.0.1 ", "host: london.example ", 3, 23, "sites.london.host: 'london.example' is not an IP address"),
        Mesh("a phone nobody has", "phones: [ mbloch-desk ]", "phones: [ mbloch-dsek ]", 7, 43, "people.301: no phone is called 'mbloch-dsek'", "did you mean 'mbloch-desk'?"),
        Mesh("a site nobody has", "[ london, manchester ]", "[ london, manchestre ]", 16, 43, "trunks.magrathea: no site is called 'manchestre'", "did you mean 'manchester'?"),
        Mesh("sorry for a site nobody has", "trunks:", "sorry: { automatic: { londn: {} } }\ntrunks:", 13, 23, "sorry.automatic: no site is called 'londn'", "did you mean 'london'?"),
        Mesh("sorry for a number that is not ours", "trunks:", "sorry: { automatic: { london: { numbers: [ \"+442079460999\" ] } } }\ntrunks:", 13, 44, "sorry.automatic.london: no trunk lists +442079460999"),
        Mesh("sorry with a recording that is not there", "trunks:", "sorry: { automatic: { london: { recording: sounds/x.wav } } }\ntrunks:", 13, 44, "sorry.automatic.london: there is no recording"),
        Mesh("sorry with a host that is none", "trunks:", "sorry: { automatic: { london: { hosts: [ a_b/c ] } } }\ntrunks:", 13, 42, "a name like www.example.org"),
        Mesh("not a number", "\"+442079460123\"", "\"+44twenty\"", 16, 16, "'+44twenty' is not a telephone number"),
        Mesh("a number in two spellings", "[ london, manchester ] }", "[ london ], \"02079460123\": [ london ] }", 16, 45, "the number +442079460123 is here twice"),
        Mesh("a network with host bits", "87.238.72.128/26", "87.238.72.129/26", 15, 20, "'87.238.72.129/26' is not an address or network"),
        Mesh("a network too long", "87.238.72.128/26", "87.238.72.128/33", 15, 20, "the length after '/' is from 0 to 32"),
        Mesh("max_calls is no number", "max_calls: 10", "max_calls: ten", 15, 88, "trunks.magrathea.sip.max_calls: 'ten' is not a whole number"),
        Mesh("auth unknown", "auth: md5", "auth: md4", 12, 79, "peers.oldpbx.auth: 'md4' is not one of md5, plaintext, rsa, none", "did you mean 'md5'?"),
        Mesh("a switch that is neither", "trunk: false", "trunk: maybe", 12, 112, "peers.oldpbx.trunk: 'maybe' is not on or off"),
        Mesh("a phone without secret", "{ secret: correct-horse }", "{ iax2: no }", 9, 16, "phones.mbloch-desk has no 'secret'"),
        Mesh("an empty secret", "secret: correct-horse", "secret: \"\"", 9, 26, "phones.mbloch-desk.secret must be a secret"),
        Mesh("a list where a mapping belongs", "mbloch-desk: { secret: correct-horse }", "mbloch-desk: [ correct-horse ]", 9, 16, "phones.mbloch-desk must be a mapping of keys and values, not a list"),
        Mesh("a peer called like a site", "  oldpbx:", "  london:", 12, 11, "the peer 'london' is called like a site"),
        Mesh("no mesh key", "mesh_key: " + BundleFolder.Key + "\n", "\n", 1, 1, "the bundle has no 'mesh_key'"),
        Mesh("sites on one address", "host: 127.77.0.2", "host: 127.77.0.1", 4, 23, "manchester and london both want of 127.77.0.1: tcp 5060, tcp 8080, tcp 8081, udp 20000-29999, udp 4569, udp 5060"),
        Mesh("two sites of one id", "{ host: 127.77.0.1 }", "{ host: 127.77.0.1, id: ma }\n  leeds: { host: 127.77.0.3, id: ma }", 4, 34, "the id 'ma' is taken by another site"),
        Mesh("key file missing", "mesh_key: " + BundleFolder.Key, "mesh_key: { file: secrets/mesh.key }", 5, 19, "mesh_key: there is no file", "'mesh provision key' makes one"),
        Mesh("variable missing", "secret: correct-horse", "secret: { env: MESH_TEST_NOWHERE }", 9, 33, "the environment has no MESH_TEST_NOWHERE"),
        Mesh("an anchor", "name: two", "name: &n two", 1, 7, "the anchor '&n'"),
        new("key file open to all", b => b.Write("mesh.yaml", BundleFolder.TwoSites.Replace("mesh_key: " + BundleFolder.Key, "mesh_key: { file: secrets/mesh.key }"))
            .Write("secrets/mesh.key", "a-secret-everybody-can-read\n", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead), "mesh.yaml", 5, 19, "may be read by others", "chmod 600"),
        new("no dialplan", b => Directory.Delete(Path.Combine(b.Path, "dialplan"), true), "mesh.yaml", 1, 1, "there is no dialplan folder"),
        new("an empty dialplan", b => System.IO.File.Delete(Path.Combine(b.Path, "dialplan/plan.csx")), "mesh.yaml", 1, 1, "has no *.csx"),
        new("no mesh.yaml", b => System.IO.File.Delete(Path.Combine(b.Path, "mesh.yaml")), "mesh.yaml", 1, 1, "there is no such file"),
        new("a file for no site", b => b.Write("sites/lonndon.yaml", "log: { level: debug }\n"), "sites/lonndon.yaml", 1, 1, "no site is called 'lonndon'", "did you mean 'london'?"),
        new("people in a site's file", b => b.Write("sites/london.yaml", "people: {}\n"), "sites/london.yaml", 1, 1, "'people' is shared by all sites"),
        new("a port that is none", b => b.Write("sites/london.yaml", "listen:\n  admin: http:99999\n"), "sites/london.yaml", 2, 10, "the port is from 1 to 65535"),
        new BrokenBundle("audio over signalling", b => b.Write("sites/london.yaml", "listen: { rtp: 4000-5999 }\n"), "sites/london.yaml", 1, 16, "wants 127.77.0.1 udp 5060") with { Also = 1 },
        new("an odd first port", b => b.Write("sites/london.yaml", "listen: { rtp: 20001-20999 }\n"), "sites/london.yaml", 1, 16, "the first port must be even"),
        new BrokenBundle("an admin listener over TLS without a certificate", b => b.Write("sites/london.yaml", "listen: { admin: https:8443 }\n"), "sites/london.yaml", 1, 18, "listen.admin is https, but there is no admin.certificate", "admin: { certificate: secrets/admin.pem }") with { Also = 1 },
        new("client certificates without TLS", b => b.Write("sites/london.yaml", "admin: { clients: secrets/operators.pem }\n"), "sites/london.yaml", 1, 19, "client certificates need listen.admin to be https", "listen: { admin: https:8443 }"),
        new("sip over smoke", b => b.Write("sites/london.yaml", "listen: { sip: [ udp:5060, smoke:5060 ] }\n"), "sites/london.yaml", 1, 28, "the transport is one of udp, tcp, tls, ws, wss"),
    ];

    /// <summary>Further errors the same fault cannot but cause.</summary>
    public int Also { get; init; }

    /// <summary>The YAML reader decides where it gave up; a line and column there must be, though.</summary>
    public bool AnyPlace { get; init; }
}
