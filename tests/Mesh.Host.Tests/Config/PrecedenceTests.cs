using Mesh.Host.Config;

namespace Mesh.Host.Tests.Config;

public class PrecedenceTests
{
    [Theory]
    [InlineData(false, false, false, false, "info")]
    [InlineData(true, false, false, false, "error")]
    [InlineData(true, true, false, false, "warning")]
    [InlineData(true, true, true, false, "debug")]
    [InlineData(true, true, true, true, "trace")]
    [InlineData(true, false, true, false, "debug")]
    [InlineData(false, false, false, true, "trace")]
    public void Flag_over_environment_over_site_file_over_mesh_over_default(bool mesh, bool site, bool environment, bool flag, string level)
    {
        using var bundle = new BundleFolder(BundleFolder.TwoSites + (mesh ? "\nlog: { level: error }\n" : "\n"));
        if (site) bundle.Write("sites/london.yaml", "log: { level: warning }\n");
        var request = new BundleRequest(bundle.Path, "london")
        {
            Environment = environment ? new Dictionary<string, string> { ["MESH_LOG_LEVEL"] = "debug" } : [],
            Flags = flag ? [KeyValuePair.Create("log.level", "trace")] : [],
        };
        Assert.Equal(level, BundleReader.Read(request).Sites["london"].LogLevel);
    }

    [Fact]
    public void Overrides_are_for_the_site_that_is_run_only()
    {
        using var bundle = new BundleFolder();
        bundle.Write("sites/manchester.yaml", "listen: { iax2: udp:14569 }\n");
        var request = new BundleRequest(bundle.Path, "london") { Environment = new Dictionary<string, string> { ["MESH_LISTEN_IAX2"] = "udp:14570", ["MESH_LISTEN_SIP"] = "udp:5070, tcp:5071" } };
        var site = BundleReader.Read(request).Sites["london"];
        Assert.Equal(14570, site.Site.Listen.Iax2.Port);
        Assert.Equal([5070, 5071], site.Site.Listen.Sip.Select(s => (int)s.Port));
        Assert.Equal(14569, site.OtherSites.Single().Listen.Iax2.Port);
    }

    [Fact]
    public void The_mesh_key_has_the_short_variable_and_a_bad_value_names_it()
    {
        using var bundle = new BundleFolder();
        var good = new BundleRequest(bundle.Path, "london") { Environment = new Dictionary<string, string> { ["MESH_KEY"] = "another-key-of-good-length" } };
        Assert.Equal("another-key-of-good-length", BundleReader.Read(good).Sites["london"].Mesh.Key!.Reveal());
        var bad = new BundleRequest(bundle.Path, "london") { Environment = new Dictionary<string, string> { ["MESH_LISTEN_RTP"] = "lots" } };
        var error = Assert.Single(BundleReader.Read(bad).Problems);
        Assert.StartsWith("environment MESH_LISTEN_RTP: listen.rtp: 'lots' is not a range of ports", error.ToString());
    }

    [Fact]
    public void A_mistyped_flag_is_an_error_and_a_mistyped_variable_a_warning()
    {
        using var bundle = new BundleFolder();
        var result = BundleReader.Read(new BundleRequest(bundle.Path, "london")
        {
            Environment = new Dictionary<string, string> { ["MESH_LOG_LEVLE"] = "debug", ["MESH_TEST_LONG"] = "1", ["PATH"] = "/bin" },
            Flags = [KeyValuePair.Create("log.levle", "debug")],
        });
        Assert.Equal(["flag --set log.levle: unknown key 'log.levle' (did you mean 'log.level'?)", "environment MESH_LOG_LEVLE: warning: no key has this variable (did you mean MESH_LOG_LEVEL?)"],
            result.Problems.Select(p => p.ToString()).Order(StringComparer.Ordinal).Reverse());
    }
}
