using Mesh.Host.Config;
using Mesh.Host.Tests.Config;

namespace Mesh.Host.Tests.Sorry.Acme;

public class AcmeConfigTests
{
    private const string Sound = "directory: https://ca.example/dir, contact: ops@example.org, hosts: [ www.example.org, Shop.Example.ORG ], agree: yes";

    [Fact]
    public void What_is_given_is_read_and_a_text_is_still_the_folder()
    {
        using var bundle = Bundle("sorry: { folder: elsewhere, acme: { " + Sound + " } }");
        var model = Read(bundle).Sites["london"];
        Assert.Equal("https://ca.example/dir", model.Acme!.Directory.AbsoluteUri);
        Assert.Equal(["www.example.org", "shop.example.org"], model.Acme.Hosts);
        Assert.Equal((20, null), (model.Acme.OrdersADay, model.Acme.CaFile));
        Assert.Equal(Path.Combine(bundle.Path, "elsewhere"), model.SorryDirectory);

        using var plain = Bundle("sorry: elsewhere");
        Assert.Equal((Path.Combine(plain.Path, "elsewhere"), null), (Read(plain).Sites["london"].SorryDirectory, Read(plain).Sites["london"].Acme));
        // A site says where its folder is and keeps what the mesh says of certificates.
        bundle.Write("sites/london.yaml", "sorry: own\n");
        model = Read(bundle).Sites["london"];
        Assert.Equal((Path.Combine(bundle.Path, "own"), 2), (model.SorryDirectory, model.Acme!.Hosts.Count));
    }

    [Theory]
    [InlineData("agree: yes", "agree: no", "the authority's terms are not agreed to")]
    [InlineData(", agree: yes", "", "the authority's terms are not agreed to")]
    [InlineData("www.example.org", "\"*.example.org\"", "HTTP-01 cannot show that a wildcard is ours")]
    [InlineData("www.example.org", "192.0.2.7", "certificates are for names, not addresses")]
    [InlineData("www.example.org", "localhost", "no authority visits a name without a dot")]
    [InlineData("www.example.org", "shop.example.org", "shop.example.org is here twice")]
    [InlineData("https://ca.example/dir", "http://ca.example/dir", "is not an https address")]
    [InlineData("directory: https://ca.example/dir, ", "", "sorry.acme has no 'directory'")]
    [InlineData("hosts: [ www.example.org, Shop.Example.ORG ], ", "", "sorry.acme has no 'hosts'")]
    [InlineData("agree: yes", "agree: yes, ca: nowhere.pem", "sorry.acme.ca: there is no file")]
    [InlineData("agree: yes", "agree: yes, orders_a_day: 0", "sorry.acme.orders_a_day")]
    public void What_cannot_work_is_said(string from, string to, string says)
    {
        Assert.Contains(from, Sound);
        using var bundle = Bundle("sorry: { acme: { " + Sound.Replace(from, to) + " } }");
        Assert.Contains(Read(bundle).Problems, p => !p.IsWarning && p.ToString().Contains(says));
    }

    [Fact]
    public void Without_the_listener_that_answers_nothing_can_be_ordered()
    {
        using var bundle = new BundleFolder(BundleFolder.TwoSites + "\nsorry: { acme: { " + Sound + " } }\n");
        Assert.Contains(Read(bundle).Problems, p => p.ToString().Contains("sorry.acme needs listen.sorry.http"));
    }

    private static BundleFolder Bundle(string sorry) => new(BundleFolder.TwoSites + "\nlisten: { sorry: { http: 8082, https: 8443 } }\n" + sorry + "\n");

    private static BundleResult Read(BundleFolder bundle) => BundleReader.Read(new BundleRequest(bundle.Path, null));
}
