using System.CommandLine;
using System.Globalization;
using Mesh.Host.Commands;
using Mesh.Host.IaxTester.Calls;
using Mesh.Host.IaxTester.Load;
using Mesh.Host.IaxTester.Raw;

namespace Mesh.Host.IaxTester.Commands;

/// <summary><c>mesh iax load</c>: many calls, figures while they run and at the end.</summary>
public static class LoadCommand
{
    private const int FiguresEveryMs = 1_000, LeaveMs = 500, DefaultToneHz = 1_000;

    public static Command Create(Terminal terminal, TimeProvider time)
    {
        var options = new TesterOptions(terminal);
        var rate = new Option<double>("--rate") { Description = "Calls begun a second.", HelpName = "N", DefaultValueFactory = _ => 10 };
        var calls = new Option<int>("--calls") { Description = "Calls in all.", HelpName = "N", DefaultValueFactory = _ => 100 };
        var concurrent = new Option<int>("--concurrent") { Description = "Calls at once at most.", HelpName = "N", DefaultValueFactory = _ => 1_000 };
        var duration = TesterOptions.Duration("--duration", "Of each call, from its answer.", "5s");
        var within = TesterOptions.Duration("--answer-within", "How long each may ring.", "30s");
        var media = new Option<string>("--media") { Description = "What each call says: none, tone, echo.", HelpName = "KIND", DefaultValueFactory = _ => "tone" };
        media.AcceptOnlyFromAmong("none", "tone", "echo");
        var trunk = new Option<bool>("--trunk") { Description = "Send voice in trunk frames." };
        var least = new Option<double>("--least") { Description = "The least share of calls that must complete, percent; fewer is exit code 1.", HelpName = "PERCENT", DefaultValueFactory = _ => 100 };
        foreach (var number in (Option[])[rate, calls, concurrent])
            number.Validators.Add(r => { if (r.Tokens.Count > 0 && double.TryParse(r.Tokens[0].Value, CultureInfo.InvariantCulture, out double n) && n <= 0) r.AddError($"{number.Name} {r.Tokens[0].Value}: more than 0 is expected"); });
        var command = new Command("load", "Place many calls: calls a second, setup times, failures by cause, loss, jitter.") { options.Codec, rate, calls, concurrent, duration, within, media, trunk, least };
        options.AddTo(command);
        command.SetAction((parsed, cancelled) => TesterSession.RunAsync(terminal, options, parsed, time, cancelled, async session =>
        {
            if (options.TargetOf(parsed).Extension.Length == 0) { terminal.Error.WriteLine("mesh iax load: which extension? HOST/EXTENSION"); return ExitCode.Usage; }
            var load = new LoadOptions
            {
                Rate = parsed.GetValue(rate), Calls = parsed.GetValue(calls), Concurrent = parsed.GetValue(concurrent),
                Call = new CallOrder
                {
                    Extension = options.TargetOf(parsed).Extension, CallerNumber = "5456", CallerName = "mesh iax load",
                    DurationMs = TesterOptions.Milliseconds(parsed, duration), AnswerWithinMs = TesterOptions.Milliseconds(parsed, within),
                    Say = parsed.GetValue(media) switch { "tone" => Spoken.Tone(DefaultToneHz), "echo" => Spoken.Echo, _ => Spoken.Nothing },
                },
            };
            return await LoadAsync(session, load, parsed.GetValue(trunk), parsed.GetValue(least));
        }));
        return command;
    }

    private static async Task<int> LoadAsync(TesterSession session, LoadOptions load, bool trunk, double leastPercent)
    {
        if (await session.ResolveAsync() is not { } server) return ExitCode.NotReachable;
        Warmup.Run();
        var figures = await LoopWork.Run(session.Loop, async () =>
        {
            using var endpoint = session.Endpoint(session.LocalTowards(server), new CallerOnly());
            var peer = endpoint.AddPeer(session.Peer(server, session.Options.FormatsOf(session.Parsed), trunk));
            var run = new LoadRun(endpoint, peer, load);
            using var stop = session.Stop.Register(() => session.Loop.Post(_ => run.Stop()));
            var all = run.RunAsync();
            while (await Task.WhenAny(all, LoopWork.Pause(session.Loop, FiguresEveryMs)) != all) session.Terminal.Error.WriteLine(run.Figures().Line);
            var end = run.Figures();
            await LoopWork.Pause(session.Loop, LeaveMs);
            return end;
        });
        if (session.IsJson) session.Terminal.WriteJson(figures);
        else LoadText.Write(session.Terminal.Out, figures);
        if (figures.Answered == 0 && figures.Failures.Keys.All(k => k == "unreachable")) return ExitCode.NotReachable;
        if (session.Stop.IsCancellationRequested) return ExitCode.PartlyDone;
        return figures.Completed >= figures.Placed * leastPercent / 100 ? ExitCode.Ok : ExitCode.Failed;
    }
}
