using System.Net.Sockets;
using Mesh.Host.Commands;
using Mesh.Host.Config.Model;
using Mesh.Host.Tests.Config;

namespace Mesh.Host.Tests.Commands;

public class RunCommandTests
{
    [Fact]
    public async Task The_site_asked_for_is_run_with_its_model()
    {
        using var bundle = new BundleFolder();
        var runner = new FakeRunner(_ => Task.CompletedTask);
        Assert.Equal(ExitCode.Ok, await Run(runner, "run", "--bundle", bundle.Path, "--site", "manchester", "--set", "log.level=error"));
        Assert.Equal("manchester", runner.Ran!.Site.Name);
        Assert.Equal("error", runner.Ran.LogLevel);
    }

    [Fact]
    public async Task What_keeps_a_site_from_starting_is_one_line_and_exit_code_1()
    {
        using var bundle = new BundleFolder();
        Assert.Equal(ExitCode.Failed, await Run(new FakeRunner(_ => throw new SocketException((int)SocketError.AddressAlreadyInUse)), "run", "--bundle", bundle.Path, "--site", "london"));
        Assert.Equal(ExitCode.Failed, await Run(new FakeRunner(_ => throw new InvalidOperationException("a fault of ours")), "run", "--bundle", bundle.Path, "--site", "london"));
    }

    [Fact]
    public async Task Without_a_site_to_run_nothing_runs()
    {
        using var bundle = new BundleFolder();
        var runner = new FakeRunner(_ => Task.CompletedTask);
        Assert.Equal(ExitCode.Usage, await Run(runner, "run", "--bundle", bundle.Path));
        Assert.Equal(ExitCode.CheckFoundErrors, await Run(runner, "run", "--bundle", bundle.Path, "--site", "lodnon"));
        Assert.Null(runner.Ran);
    }

    private static Task<int> Run(ISiteRunner runner, params string[] args) =>
        new MeshCommandLine(new Terminal(TextWriter.Null, TextWriter.Null, new Dictionary<string, string>()), dialplan: null, runner).RunAsync(args);

    private sealed class FakeRunner(Func<CancellationToken, Task> run) : ISiteRunner
    {
        public SiteModel? Ran { get; private set; }

        public Task RunAsync(SiteModel site, SiteSurroundings surroundings, CancellationToken stop)
        {
            Ran = site;
            return run(stop);
        }
    }
}
