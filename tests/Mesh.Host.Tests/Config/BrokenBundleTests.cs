using Mesh.Host.Config;

namespace Mesh.Host.Tests.Config;

public class BrokenBundleTests
{
    public static TheoryData<string> Names => [.. BrokenBundle.All.Select(b => b.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void One_fault_gives_one_error_at_its_line_and_column(string name)
    {
        var broken = BrokenBundle.All.Single(b => b.Name == name);
        using var bundle = new BundleFolder();
        broken.Break(bundle);

        var result = BundleReader.Read(new BundleRequest(bundle.Path, null));

        var errors = result.Problems.Where(p => !p.IsWarning).ToList();
        Assert.True(errors.Count == 1 + broken.Also, string.Join('\n', result.Problems));
        var error = errors.First(e => e.Message.Contains(broken.Says));
        Assert.Equal(Path.Combine(bundle.Path, broken.File), error.Source.Name);
        Assert.True(error.Source.Line >= 1 && error.Source.Column >= 1);
        if (!broken.AnyPlace) Assert.Equal((broken.Line, broken.Column), (error.Source.Line, error.Source.Column));
        Assert.Contains(broken.Hint, error.Hint);
        Assert.Empty(result.Sites);
        Assert.DoesNotContain("correct-horse", error.ToString());
    }

    [Fact]
    public void All_errors_are_told_at_once_in_order()
    {
        using var bundle = new BundleFolder(BundleFolder.TwoSites
            .Replace("127.77.0.1 }", "nowhere }").Replace("iax2: true", "iax3: true").Replace("auth: md5", "auth: md6").Replace("[ mbloch-desk ]", "[ nobody ]"));
        var errors = BundleReader.Read(new BundleRequest(bundle.Path, "londno")).Problems.Where(p => !p.IsWarning).ToList();
        Assert.Equal([3, 3, 7, 10, 12], errors.Select(e => e.Source.Line));
        Assert.Contains("no site is called 'londno'", string.Join('\n', errors));
    }

    [Fact]
    public void What_this_version_does_not_serve_is_a_warning_once()
    {
        using var bundle = new BundleFolder(BundleFolder.TwoSites.Replace("phones: [ mbloch-desk ] }", "phones: [ mbloch-desk ], voicemail: { email: a@example.org } }")
            + "\nlisten: { sip: [ udp:5060, tls:5061, \"ws:8088/sip\" ], status: http:8081, sorry: { http: 8082, https: 8443, smtp: 2525 } }\n");
        var result = BundleReader.Read(new BundleRequest(bundle.Path, null));
        Assert.False(result.HasErrors, string.Join('\n', result.Problems));
        Assert.Equal(
            ["people.301.voicemail", "listen.sip tls", "listen.sip ws"],
            result.Problems.Select(p => p.Message.Replace(" is not served by this version", "")));
        Assert.Equal("smtp:127.77.0.1:2525", result.Sites["london"].Site.Listen.Sorry.Smtp!.ToString());
        Assert.Equal(["udp"], result.Sites["london"].Site.Listen.Sip.Select(s => s.Transport));
    }
}
