using System.Net;
using System.Text.Json;
using Mesh.Host.Admin;
using Mesh.Host.Commands;
using Mesh.Host.Config.Model;
using Mesh.Host.Tests.Admin;
using Mesh.Host.Tests.Config;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mesh.Host.Tests.Commands;

public class CommandLineTests
{
    private readonly StringWriter output = new(), error = new();

    [Theory]
    [InlineData("bogus")]
    [InlineData("check", "--bundel", "x")]
    [InlineData("check", "--set", "nonsense")]
    [InlineData("calls", "--admin", "not a url at all")]
    [InlineData]
    public async Task A_mistyped_command_is_usage(params string[] args)
    {
        Assert.Equal(ExitCode.Usage, await Run(args));
        Assert.Equal("", output.ToString());
        Assert.NotEqual("", error.ToString());
    }

    [Fact]
    public async Task Check_prints_json_on_stdout()
    {
        using var bundle = new BundleFolder(BundleFolder.TwoSites.Replace("auth: md5", "auth: md6"));
        Assert.Equal(ExitCode.CheckFoundErrors, await Run("check", "--bundle", bundle.Path, "--json"));
        using var json = JsonDocument.Parse(output.ToString());
        var problem = json.RootElement.GetProperty("problems")[0];
        Assert.False(json.RootElement.GetProperty("ok").GetBoolean());
        Assert.Equal((12, 79, "error"), (problem.GetProperty("line").GetInt32(), problem.GetProperty("column").GetInt32(), problem.GetProperty("severity").GetString()));
    }

    [Fact]
    public async Task A_sound_bundle_checks()
    {
        using var bundle = new BundleFolder();
        Assert.Equal(ExitCode.Ok, await Run("check", "--bundle", bundle.Path));
        Assert.Equal("two: 2 sites, 1 person, 2 phones, 1 trunk: no errors", error.ToString().Trim());
    }

    [Fact]
    public async Task Explain_names_the_source_and_hides_secrets()
    {
        using var bundle = new BundleFolder(BundleFolder.TwoSites + "\nlog: { level: error }\n");
        bundle.Write("sites/london.yaml", "log:\n  level: warning\n");
        Assert.Equal(ExitCode.Ok, await Run("config", "explain", "log.level", "--bundle", bundle.Path, "--site", "london", "--set", "log.level=debug"));
        string[] lines = output.ToString().Split('\n');
        Assert.Equal("log.level: debug    (flag --set log.level)", lines[0]);
        Assert.Equal($"  over: {bundle.Path}/sites/london.yaml:2:10 says warning", lines[1]);
        Assert.Equal($"  over: {bundle.Path}/mesh.yaml:17:15 says error", lines[2]);
        Assert.Equal("  over: default info", lines[3]);

        Assert.Equal(ExitCode.Ok, await Run("config", "explain", "--bundle", bundle.Path, "--site", "london"));
        Assert.DoesNotContain("correct-horse", output.ToString());
        Assert.DoesNotContain(BundleFolder.Key, output.ToString());
        Assert.Equal(ExitCode.Usage, await Run("config", "explain", "log.levle", "--bundle", bundle.Path, "--site", "london"));
        Assert.Contains("did you mean 'log.level'?", error.ToString());
    }

    [Fact]
    public async Task Provision_key_writes_one_for_its_owner_only_and_never_over_another()
    {
        using var bundle = new BundleFolder(BundleFolder.TwoSites.Replace("mesh_key: " + BundleFolder.Key, "mesh_key: { file: secrets/mesh.key }"));
        Assert.Equal(ExitCode.CheckFoundErrors, await Run("check", "--bundle", bundle.Path));
        Assert.Contains("mesh provision key", output.ToString());
        Assert.Equal(ExitCode.Ok, await Run("provision", "key", "--bundle", bundle.Path));
        string file = Path.Combine(bundle.Path, "secrets/mesh.key"), first = await File.ReadAllTextAsync(file);
        Assert.Equal(43, first.Trim().Length);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(ExitCode.Refused, await Run("provision", "key", "--bundle", bundle.Path));
        Assert.Equal(first, await File.ReadAllTextAsync(file));
        Assert.Equal(ExitCode.Ok, await Run("provision", "key", "--bundle", bundle.Path, "--force"));
        Assert.NotEqual(first, await File.ReadAllTextAsync(file));
        Assert.Equal(ExitCode.Ok, await Run("check", "--bundle", bundle.Path));
    }

    [Fact]
    public async Task A_site_that_is_not_there_is_not_reachable()
    {
        using var bundle = new BundleFolder();
        Assert.Equal(ExitCode.NotReachable, await Run("calls", "--bundle", bundle.Path, "--site", "london"));
        Assert.Equal(ExitCode.Usage, await Run("calls", "--bundle", bundle.Path));
        Assert.Contains("--site london|manchester", error.ToString());
    }

    [Fact]
    public async Task A_running_site_is_asked_over_its_admin_listener()
    {
        var view = new FakeSiteView();
        await using var site = await FakeSiteView.Listen(view, "127.77.3.1", token: null);
        string url = site.Url;
        Assert.Equal(ExitCode.Ok, await Run("calls", "--admin", url));
        Assert.Equal("ID", output.ToString().Split(' ')[0]);
        Assert.Contains("carrier/magrathea", output.ToString());
        Assert.Equal(ExitCode.Ok, await Run("phones", "--admin", url, "--json"));
        Assert.Contains("\"account\": \"mbloch-desk\"", output.ToString());
        Assert.Equal(ExitCode.Ok, await Run("peers", "--admin", url));
        Assert.Contains("12.5ms", output.ToString());
        Assert.Equal(ExitCode.Ok, await Run("trunks", "--admin", url));
        Assert.Contains("+442079460123 (london manchester)", output.ToString());
        Assert.Equal(ExitCode.Ok, await Run("reload", "--admin", url));
        view.AcceptsReload = false;
        Assert.Equal(ExitCode.Refused, await Run("reload", "--admin", url));
        Assert.Contains("mesh.yaml:3:5: wrong", output.ToString());
        view.IsBusy = true;
        Assert.Equal(ExitCode.Refused, await Run("calls", "--admin", url));
    }

    private async Task<int> Run(params string[] args)
    {
        output.GetStringBuilder().Clear();
        return await new MeshCommandLine(new Terminal(output, error, new Dictionary<string, string>()), dialplan: null, runner: null).RunAsync(args);
    }
}
