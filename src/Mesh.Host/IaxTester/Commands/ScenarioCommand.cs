using System.CommandLine;
using System.Globalization;
using Mesh.Host.Commands;
using Mesh.Host.Config.Text;
using Mesh.Host.IaxTester.Raw;
using Mesh.Host.IaxTester.Report;
using Mesh.Host.IaxTester.Scenario;
using Mesh.Io;

namespace Mesh.Host.IaxTester.Commands;

/// <summary><c>mesh iax scenario</c>: plays files that say frame by frame what to send and what to expect.</summary>
public static class ScenarioCommand
{
    public static Command Create(Terminal terminal, TimeProvider time)
    {
        var options = new TesterOptions(terminal);
        var files = new Argument<string[]>("FILE") { Description = "Scenario files, played one after another.", Arity = ArgumentArity.OneOrMore };
        var var = new Option<string[]>("--var") { Description = "Gives a variable of the scenario a value; may be repeated.", HelpName = "NAME=VALUE" };
        var.Validators.Add(r => { foreach (var t in r.Tokens) if (t.Value.IndexOf('=', StringComparison.Ordinal) < 1) r.AddError($"--var {t.Value}: NAME=VALUE is expected"); });
        var check = new Option<bool>("--check") { Description = "Read the files and play nothing." };
        var ladder = new Option<bool>("--frames") { Description = "Print the frames too." };
        var command = new Command("scenario", "Play a scenario: frames to send, frames to expect.");
        options.AddTo(command);
        command.Add(files);
        foreach (var option in (Option[])[options.Codec, var, check, ladder]) command.Add(option);
        command.SetAction((parsed, cancelled) =>
        {
            var problems = new ConfigProblems();
            var read = (parsed.GetValue(files) ?? []).Select(path => Read(path, problems)).ToList();
            foreach (var problem in problems.Sorted()) terminal.Out.WriteLine(problem);
            if (problems.HasErrors) return Task.FromResult(ExitCode.CheckFoundErrors);
            if (parsed.GetValue(check)) return Task.FromResult(ExitCode.Ok);
            return TesterSession.RunAsync(terminal, options, parsed, time, cancelled, session => PlayAsync(session, [.. read.OfType<ScenarioFile>()], parsed.GetValue(var) ?? [], parsed.GetValue(ladder)));
        });
        return command;
    }

    private static ScenarioFile? Read(string path, ConfigProblems problems)
    {
        try
        {
            using var text = new StreamReader(path);
            return ScenarioReader.Read(text, path, problems);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Error(new ConfigSource(ConfigLayer.Flag, path, 0, 0), e.Message);
            return null;
        }
    }

    private static async Task<int> PlayAsync(TesterSession session, IReadOnlyList<ScenarioFile> scenarios, string[] given, bool showFrames)
    {
        if (await session.ResolveAsync() is not { } server) return ExitCode.NotReachable;
        bool allPassed = true, anythingCame = false;
        var reports = new List<object>();
        foreach (var scenario in scenarios)
        {
            if (!session.IsJson) session.Terminal.Out.WriteLine(scenario.Name);
            var (passed, results, frames) = await LoopWork.Run(session.Loop, () => PlayOneAsync(session, server, scenario, given));
            allPassed &= passed;
            anythingCame |= frames.Any(f => !f.IsSent);
            if (!session.IsJson && showFrames && frames.Count > 0)
                foreach (var frame in frames) session.Terminal.Out.WriteLine("  " + FrameText.TimedLine(frame, frames[0].AtMicros));
            if (!session.IsJson) session.Terminal.Out.WriteLine(passed ? "  passed" : "  FAILED");
            reports.Add(new { scenario.Name, Passed = passed, Steps = results, Frames = FrameView.Of(frames) });
        }
        if (session.IsJson) session.Terminal.WriteJson(reports);
        return allPassed ? ExitCode.Ok : anythingCame ? ExitCode.Failed : ExitCode.NotReachable;
    }

    private static async Task<(bool Passed, IReadOnlyList<StepResult> Results, IReadOnlyList<SeenFrame> Frames)> PlayOneAsync(TesterSession session, NetAddress server, ScenarioFile scenario, string[] given)
    {
        var options = session.Options;
        using var run = new ScenarioRun(session.Loop, server, scenario, () => session.Loop.Bind(session.LocalTowards(server), null, DatagramSocketOptions.Signalling), options.FormatsOf(session.Parsed)[0])
        {
            Impairments = options.ImpairmentsOf(session.Parsed) ?? Impairments.None,
            OnStep = session.IsJson ? null : step => session.Terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {step.AtMs,9:0.0}  {step.Result,-6}  {step.Step}{(step.Detail.Length == 0 ? "" : $" ({step.Place}): {step.Detail}")}")),
        };
        if (options.TargetOf(session.Parsed).Extension is { Length: > 0 } extension) run.Variables["extension"] = extension;
        if (session.Parsed.GetValue(options.User) is { } user) run.Variables["user"] = user;
        if (options.SecretOf(session.Parsed) is { } secret) run.Variables["secret"] = secret;
        foreach (string pair in given) run.Variables[pair[..pair.IndexOf('=', StringComparison.Ordinal)]] = pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..];
        bool passed = await run.RunAsync(session.Stop);
        return (passed, run.Results, [.. run.Ladder]);
    }
}
