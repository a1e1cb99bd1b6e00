using Mesh.Host.Config.Scalars;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Config.Shapes;

/// <summary>The folder of sorry, and the certificates that come there by themselves.</summary>
public static class AcmeSchema
{
    public static readonly Scalar<Uri> HttpsUrl = new("an https address", "https://acme.example/directory", "^https://",
        static (string text, out Uri value, out string why) =>
        {
            why = "";
            bool reads = Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.UserInfo.Length == 0;
            value = uri!;
            return reads;
        });

    /// <summary>A host that an authority of the public may visit, in its one spelling.</summary>
    public static readonly Scalar<string> PublicHost = new("a host", "www.example.org", "^[^\\s*]+$",
        static (string text, out string value, out string why) =>
        {
            value = SorryTarget.Host(text) ?? "";
            why = text.Contains('*') ? "HTTP-01 cannot show that a wildcard is ours (RFC 8555 section 7.1.3 leaves it to DNS-01); name each host"
                : value.Length == 0 ? "letters, digits, '-' and '.'"
                : System.Net.IPAddress.TryParse(value, out _) ? "certificates are for names, not addresses"
                : !value.Contains('.') ? "no authority visits a name without a dot" : "";
            return why.Length == 0;
        });

    public static readonly SectionShape Acme = new("acme",
    [
        new("directory", new ScalarShape(HttpsUrl), "The authority's directory."),
        new("contact", new ListShape(new ScalarShape(Words.Email)), "Mail addresses the authority may write to."),
        new("hosts", new ListShape(new ScalarShape(PublicHost)), "The hosts certificates are ordered for, and no others."),
        new("agree", new ScalarShape(Words.Switch), "The authority's terms of service are agreed to; nothing is ordered otherwise.") { Default = "no" },
        new("ca", new ScalarShape(Words.FilePath), "A PEM file of who signs the authority's own server, where the system does not know it."),
        new("orders_a_day", new ScalarShape(Numbers.Count(1, 300)), "Orders of this site in 24 hours, failed ones included.") { Default = "20" },
    ]);

    public static readonly SectionShape Sorry = new("sorry",
    [
        new("folder", new ScalarShape(Words.FilePath), "What sorry needs: certificates/NAME.pem with NAME.key.") { Default = "sorry" },
        new("phone", SorrySchema.Phone, "Announcements to callers."),
        new("automatic", new MapShape("site", Words.Name, SorrySchema.Automatic), "For each site, what the others switch to sorry by themselves when it is gone.") { MeshOnly = true },
        new("previews", new ScalarShape(Addresses.Web), "Where browsers reach this site's pages of sorry, for links to previews, when it is not the host and port they have here."),
        new("acme", Acme, "Certificates ordered by ACME (RFC 8555), shown to be ours by HTTP-01."),
    ]) { Shorthand = "folder" };
}
