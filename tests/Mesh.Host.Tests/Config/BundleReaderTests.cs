using System.Net;
using Mesh.Host.Config;
using Mesh.Host.Config.Model;
using Mesh.Io;

namespace Mesh.Host.Tests.Config;

public class BundleReaderTests
{
    [Fact]
    public void A_bundle_resolves_for_one_site_with_addresses_from_its_host()
    {
        using var bundle = new BundleFolder();
        var site = Read(bundle, "london");

        Assert.Equal("two", site.Mesh.Name);
        Assert.Equal("lo", site.Site.Id);
        Assert.Equal(["udp:127.77.0.1:5060", "tcp:127.77.0.1:5060"], site.Site.Listen.Sip.Select(l => l.ToString()));
        Assert.Equal(NetAddress.Parse("127.77.0.1:4569"), site.Site.Listen.Iax2.Bind);
        Assert.Equal(new PortRange(20000, 29999), site.Site.Listen.Rtp);
        Assert.Equal(NetAddress.Parse("127.77.0.1:8080"), site.Site.Listen.Admin.Bind);
        var other = Assert.Single(site.OtherSites);
        Assert.Equal(("manchester", "ma", "udp:127.77.0.2:4569"), (other.Name, other.Id, other.Listen.Iax2.ToString()));
        Assert.Equal(["mbloch-desk"], site.Mesh.People["301"].Phones);
        Assert.Equal("correct-horse", site.Mesh.Phones["mbloch-desk"].Secret.Reveal());
        Assert.True(site.Mesh.Phones["fax-modem"].Iax2);
        Assert.Equal(BundleFolder.Key, site.Mesh.Key!.Reveal());
        Assert.Equal((CallTokenUse.Required, PeerAuth.Md5, (VoiceTrunkConfig?)null), (site.Mesh.Peers["oldpbx"].CallToken, site.Mesh.Peers["oldpbx"].Auth, site.Mesh.Peers["oldpbx"].Trunk));
        Assert.Equal(new VoiceTrunkConfig(true, 1340), site.Mesh.SiteTrunk);
        Assert.True(site.Mesh.Sealed);
        Assert.Equal(40, site.Law.LegsPerCall);
        Assert.Equal(TimeSpan.FromHours(1), site.Registrar.MaxExpires);
    }

    [Fact]
    public void How_audio_shares_datagrams_is_said_for_the_sites_and_for_each_peer()
    {
        using var bundle = new BundleFolder(BundleFolder.TwoSites.Replace("trunk: false", "trunk: yes, trunk_timestamps: no, trunk_mtu: 1400") + "\nmesh_trunk: off\n");
        var site = Read(bundle, "london");
        Assert.Equal(new VoiceTrunkConfig(false, 1400), site.Mesh.Peers["oldpbx"].Trunk);
        Assert.Null(site.Mesh.SiteTrunk);
    }

    [Fact]
    public void Leaving_the_middle_and_jitter_buffers_are_said_where_they_belong()
    {
        using var usual = new BundleFolder();
        Assert.True(Read(usual, "london").Transfers);
        Assert.False(Read(usual, "london").Mesh.Phones["fax-modem"].JitterBuffer);

        using var bundle = new BundleFolder(BundleFolder.TwoSites
            .Replace("trunk: false", "jitter_buffer: on").Replace("iax2: true", "iax2: true, jitter_buffer: on").Replace("secret: correct-horse", "secret: correct-horse, jitter_buffer: on") + "\nmesh_transfer: off\n");
        var result = BundleReader.Read(new BundleRequest(bundle.Path, "london"));
        Assert.False(result.HasErrors, string.Join('\n', result.Problems));
        var site = result.Sites["london"];
        Assert.Equal((false, true, true), (site.Transfers, site.Mesh.Peers["oldpbx"].JitterBuffer, site.Mesh.Phones["fax-modem"].JitterBuffer));
        // A SIP phone's RTP is not evened out here: said, not refused.
        Assert.Contains(result.Problems, p => p.IsWarning && p.Message.Contains("phones.mbloch-desk: jitter_buffer"));
    }

    [Fact]
    public void A_carrier_is_known_by_where_it_calls_from()
    {
        using var bundle = new BundleFolder();
        var mesh = Read(bundle, "london").Mesh;
        Assert.Equal("magrathea", mesh.TrunkOf(NetAddress.Parse("127.77.0.9:5061"))!.Name);
        Assert.Equal("magrathea", mesh.TrunkOf(NetAddress.Parse("87.238.72.191:5060"))!.Name);
        Assert.Null(mesh.TrunkOf(NetAddress.Parse("87.238.72.192:5060")));
        Assert.Equal(("sipipgw.example.net", 10), (mesh.Trunks["magrathea"].To!.Value.Host, mesh.Trunks["magrathea"].MaxCalls!.Value));
    }

    [Fact]
    public void The_example_resolves_for_each_of_its_sites()
    {
        var result = BundleReader.Read(new BundleRequest(Checkout.Example, null));
        Assert.False(result.HasErrors, string.Join('\n', result.Problems));
        Assert.Equal(["london", "manchester", "office", "offsite"], result.Sites.Keys);
        Assert.Equal(["lo", "ma", "of", "os"], result.Sites["london"].Mesh.Sites.Select(s => s.Id));
        Assert.Equal(IPAddress.Parse("127.0.0.4"), result.Sites["offsite"].Site.Host);
        Assert.Equal(new PortRange(20000, 20999), result.Sites["offsite"].Site.Listen.Rtp);
        Assert.Contains(result.Problems, p => p.IsWarning && p.Message.Contains("published example key"));
    }

    [Fact]
    public void A_secret_is_shown_by_nothing()
    {
        using var bundle = new BundleFolder();
        var site = Read(bundle, "london");
        string printed = site + string.Join("", site.Mesh.Phones.Values) + site.Mesh.Peers["oldpbx"] + System.Text.Json.JsonSerializer.Serialize(site.Mesh.Phones["mbloch-desk"]);
        Assert.DoesNotContain("correct-horse", printed);
        Assert.DoesNotContain("shared-secret", printed);
        Assert.DoesNotContain(BundleFolder.Key, printed);
    }

    [Fact]
    public void Secrets_come_from_files_and_the_environment()
    {
        using var bundle = new BundleFolder(BundleFolder.TwoSites
            .Replace("correct-horse", "{ env: DESK_SECRET }").Replace("mesh_key: " + BundleFolder.Key, "mesh_key: { file: secrets/mesh.key }"));
        bundle.Write("secrets/mesh.key", "from-a-file-of-its-own\n", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var result = BundleReader.Read(new BundleRequest(bundle.Path, "london") { Environment = new Dictionary<string, string> { ["DESK_SECRET"] = "from outside" } });
        Assert.Empty(result.Problems);
        Assert.Equal("from-a-file-of-its-own", result.Sites["london"].Mesh.Key!.Reveal());
        Assert.Equal("from outside", result.Sites["london"].Mesh.Phones["mbloch-desk"].Secret.Reveal());
    }

    [Fact]
    public void Scalars_that_yaml_would_bend_stay_text()
    {
        using var bundle = new BundleFolder(BundleFolder.TwoSites.Replace("secret: correct-horse", "secret: 0123").Replace("Matthew Bloch", "no"));
        var site = Read(bundle, "london");
        Assert.Equal("0123", site.Mesh.Phones["mbloch-desk"].Secret.Reveal());
        Assert.Equal("no", site.Mesh.People["301"].Name);
    }

    internal static SiteModel Read(BundleFolder bundle, string site)
    {
        var result = BundleReader.Read(new BundleRequest(bundle.Path, site));
        Assert.False(result.HasErrors, string.Join('\n', result.Problems));
        return result.Sites[site];
    }
}
