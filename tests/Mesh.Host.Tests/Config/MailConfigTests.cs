using Mesh.Host.Config;
using Mesh.Host.Config.Model;

namespace Mesh.Host.Tests.Config;

public class MailConfigTests
{
    private const string Sound = BundleFolder.TwoSites + "\nstatus: { url: \"https://status.example.org/x\" }\nmail: { relay: \"smtp://mail.example.org:587\", from: status@Example.org, user: mesh, password: correct-horse }\n";

    [Fact]
    public void How_mail_goes_out_is_read_with_TLS_required_unless_said_otherwise()
    {
        using var bundle = new BundleFolder(Sound);
        var site = Read(bundle).Sites["london"];
        Assert.Equal(new Uri("https://status.example.org/x/"), site.StatusUrl);
        Assert.Equal((new HostPort("mail.example.org", 587), "status@example.org", StartTls.Required, "mesh", "correct-horse"),
            (site.Mail!.Relay, site.Mail.From.ToString(), site.Mail.StartTls, site.Mail.User, site.Mail.Password!.Reveal()));
        using var without = new BundleFolder();
        Assert.Null(Read(without).Sites["london"].Mail);
    }

    [Theory]
    [InlineData("smtp://mail.example.org:587", "http://mail.example.org", "it begins with smtp://")]
    [InlineData("smtp://mail.example.org:587", "smtp://mail.example.org:0", "the port is from 1 to 65535")]
    [InlineData("status@Example.org", "Status <status@example.org>", "is not a mail address")]
    [InlineData("https://status.example.org/x", "https://status.example.org/?x", "is not an address of the web")]
    [InlineData("https://status.example.org/x", "ftp://status.example.org/", "is not an address of the web")]
    [InlineData("status: { url: \"https://status.example.org/x\" }\n", "", "not status.url")]
    [InlineData(", password: correct-horse", "", "a user but no password")]
    [InlineData("user: mesh, ", "", "a password but no user")]
    [InlineData("user: mesh", "starttls: offered, user: mesh", "a password is sent over TLS that is required")]
    [InlineData("user: mesh", "starttls: perhaps, user: mesh", "not one of required, offered, off")]
    [InlineData(", from: status@Example.org", "", "no 'from'")]
    public void What_cannot_work_is_said_where_it_is_written(string what, string instead, string says)
    {
        Assert.Contains(what, Sound);
        using var bundle = new BundleFolder(Sound.Replace(what, instead));
        var errors = Read(bundle).Problems.Where(p => !p.IsWarning).ToList();
        Assert.Contains(errors, p => p.Message.Contains(says, StringComparison.Ordinal) && p.Source.Line >= 17);
        Assert.All(errors, e => Assert.DoesNotContain("correct-horse", e.ToString()));
    }

    [Fact]
    public void A_page_without_TLS_is_warned_of()
    {
        using var bundle = new BundleFolder(Sound.Replace("https:", "http:"));
        var result = Read(bundle);
        Assert.False(result.HasErrors);
        Assert.Contains(result.Problems, p => p.IsWarning && p.Message.Contains("RFC 8058", StringComparison.Ordinal));
    }

    private static BundleResult Read(BundleFolder bundle) => BundleReader.Read(new BundleRequest(bundle.Path, "london"));
}
