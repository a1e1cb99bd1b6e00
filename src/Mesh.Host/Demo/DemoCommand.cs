using System.CommandLine;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Mesh.Host.Commands;
using Mesh.Io;

namespace Mesh.Host.Demo;

/// <summary><c>mesh demo</c>: four sites as four processes, a carrier and phones of our own, and what becomes of calls when a site is killed.</summary>
public static partial class DemoCommand
{
    public static Command Create(Terminal terminal, TimeProvider time)
    {
        var once = new Option<bool>("--once") { Description = "End after the story, instead of staying up for a softphone until Ctrl-C." };
        var json = new Option<bool>("--json") { Description = "Print one JSON object about the story; the ladder goes to standard error." };
        var net = new Option<string>("--net") { Description = "The first three octets of every address.", HelpName = "127.x.y", DefaultValueFactory = _ => DemoBundle.ExampleNet };
        var bundle = new Option<string?>("--bundle", "-b") { Description = "A bundle like examples/four-sites, which is the default.", HelpName = "DIR" };
        net.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !Loopback().IsMatch(result.Tokens[0].Value)) result.AddError($"--net {result.Tokens[0].Value}: three octets beginning with 127 are expected");
        });
        var command = new Command("demo", "Four sites, a carrier and phones on this machine: a call, then a site is killed, and another call.") { once, json, net, bundle };
        command.SetAction((parsed, cancelled) => RunAsync(terminal, time, parsed.GetValue(bundle), parsed.GetValue(net)!, parsed.GetValue(once), parsed.GetValue(json), cancelled));
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, TimeProvider time, string? from, string net, bool once, bool json, CancellationToken cancelled)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        var screen = new DemoScreen(terminal, json);
        try
        {
            using var bundle = DemoBundle.Make(from ?? DemoBundle.FindExample() ?? throw new DemoException("examples/four-sites is not beside the program: name a bundle with --bundle"), net);
            return await PlayAsync(terminal, screen, bundle, time, once, json, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            screen.Say("stopped");
            return ExitCode.Failed;
        }
        catch (Exception e) when (e is DemoException or SocketException or IOException or UnauthorizedAccessException)
        {
            screen.Complain($"mesh demo: {e.Message}");
            return ExitCode.Failed;
        }
    }

    private static async Task<int> PlayAsync(Terminal terminal, DemoScreen screen, DemoBundle bundle, TimeProvider time, bool once, bool json, CancellationToken stop)
    {
        var loop = DatagramLoops.Create("phones", new MeshClock(time), new CryptoChance());
        loop.OnFault = (where, failure) => screen.Complain($"the phones' loop, {where}: {failure.Message}");
        var ladder = new DemoLadder(bundle, loop, screen);
        await using var sites = new DemoSites(bundle, loop);
        using var cast = new DemoCast(bundle, loop, ladder.Add);
        try
        {
            loop.Start();
            var story = new DemoStory(bundle, cast, sites, screen, ladder, loop);
            var report = await story.PlayAsync(stop);
            if (json) terminal.WriteJson(report);
            if (!once) await story.StayAsync(stop);
            return report.Passed ? ExitCode.Ok : ExitCode.Failed;
        }
        finally
        {
            // The phones are touched on their loop only: it ends before they do.
            loop.Dispose();
        }
    }

    [GeneratedRegex(@"^127\.\d{1,3}\.\d{1,3}$")]
    private static partial Regex Loopback();
}
