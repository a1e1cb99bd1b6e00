using System.CommandLine;
using System.Net.Sockets;
using System.Reflection;
using System.Runtime.InteropServices;
using Mesh.Host.Config.Model;
using Mesh.Host.Logging;

namespace Mesh.Host.Commands;

/// <summary><c>mesh run</c>: one site in the foreground, until SIGTERM or SIGINT.</summary>
public static class RunCommand
{
    public static Command Create(Terminal terminal, BundleOptions options, IDialplanCheck? dialplan, ISiteRunner? runner)
    {
        var command = new Command("run", "Run one site in the foreground.");
        options.AddTo(command, overrides: true);
        var only = new Option<string?>("--only") { Description = "Run these parts and no others, of calls,sorry,status: a site may have a second process beside the one with its calls.", HelpName = "PARTS" };
        command.Add(only);
        command.SetAction(async (parsed, cancelled) =>
        {
            var request = options.Request(parsed);
            if (ReadParts(parsed.GetValue(only)) is not { } parts)
            {
                terminal.Error.WriteLine($"--only {parsed.GetValue(only)}: one or more of calls,sorry,status are expected");
                return ExitCode.Usage;
            }
            // Who takes no calls needs no plan.
            var result = BundleCheck.Run(request, parts.HasFlag(SitePart.Calls) ? dialplan : null);
            foreach (var problem in result.Problems.Where(p => result.HasErrors || p.Source.Line == 0)) terminal.Error.WriteLine(problem);
            if (result.HasErrors) return ExitCode.CheckFoundErrors;
            if (request.Site is null && result.Sites.Count > 1)
            {
                terminal.Error.WriteLine($"which site? --site {string.Join('|', result.Sites.Keys)}");
                return ExitCode.Usage;
            }
            if (runner is null)
            {
                terminal.Error.WriteLine("this build has no site to run");
                return ExitCode.Failed;
            }
            var site = result.Sites.Values.First();
            if (!parts.HasFlag(SitePart.Calls) && site.LogFile is { } file) site = site with { LogFile = Path.ChangeExtension(file, ".second" + Path.GetExtension(file)) };
            using var loggers = SiteLogging.Create(site);
            var log = loggers.CreateLogger("mesh");
            foreach (var problem in result.Problems) RunLog.BundleWarning(log, problem.ToString());
            return await RunAsync(runner, site, new SiteSurroundings(request with { Site = site.Site.Name }, loggers, TimeProvider.System) { Parts = parts }, log, cancelled);
        });
        return command;
    }

    /// <summary>The version of the program.</summary>
    public static string Version => typeof(RunCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <summary>Null when a word is none of them.</summary>
    private static SitePart? ReadParts(string? words)
    {
        if (words is null) return SitePart.All;
        SitePart parts = 0;
        foreach (string word in words.Split(',', StringSplitOptions.TrimEntries))
        {
            if (word is not ("calls" or "sorry" or "status")) return null;
            parts |= Enum.Parse<SitePart>(word, ignoreCase: true);
        }
        return parts;
    }

    private static async Task<int> RunAsync(ISiteRunner runner, SiteModel site, SiteSurroundings surroundings, ILogger log, CancellationToken cancelled)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            // A second signal means now: the process ends as it would without us.
            if (stop.IsCancellationRequested) signal.Cancel = false;
            else
            {
                RunLog.Stopping(log, signal.Signal.ToString(), site.StopAfter.TotalSeconds);
                stop.Cancel();
            }
        }
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        RunLog.Starting(log, site.Site.Name, site.Mesh.Name, Version);
        try
        {
            await runner.RunAsync(site, surroundings, stop.Token);
            RunLog.Stopped(log);
            return ExitCode.Ok;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            RunLog.Stopped(log);
            return ExitCode.Ok;
        }
        catch (Exception e) when (e is SiteStartException or SocketException or IOException or UnauthorizedAccessException)
        {
            RunLog.CannotStart(log, e.Message);
            return ExitCode.Failed;
        }
        catch (Exception e)
        {
            RunLog.Failed(log, e);
            return ExitCode.Failed;
        }
    }
}
