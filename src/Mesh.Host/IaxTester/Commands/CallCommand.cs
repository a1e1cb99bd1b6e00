using System.CommandLine;
using Mesh.Host.Commands;
using Mesh.Host.IaxTester.Calls;
using Mesh.Host.IaxTester.Raw;
using Mesh.Host.IaxTester.Report;
using Mesh.Iax2.Peers;
using Mesh.Iax2.Wire;

namespace Mesh.Host.IaxTester.Commands;

/// <summary><c>mesh iax call</c>: one call, its ladder and its outcome.</summary>
public static class CallCommand
{
    /// <summary>Time for the acknowledgement of our HANGUP to come, milliseconds.</summary>
    private const int LeaveMs = 300;

    public static Command Create(Terminal terminal, TimeProvider time)
    {
        var options = new TesterOptions(terminal);
        var media = new MediaOptions();
        var duration = TesterOptions.Duration("--duration", "From the answer to our HANGUP.", "5s");
        var within = TesterOptions.Duration("--answer-within", "How long it may ring.", "30s");
        var digits = new Option<string?>("--digits") { Description = "Keys to press once it is answered: 0-9 * # A-D.", HelpName = "KEYS" };
        digits.Validators.Add(r => { if (r.Tokens.Any(t => t.Value.Any(c => !"0123456789*#ABCD".Contains(c, StringComparison.Ordinal)))) r.AddError($"{r.Tokens[0].Value}: keys are 0-9, *, # and A-D"); });
        var text = new Option<string?>("--text") { Description = "Text to send once it is answered.", HelpName = "TEXT" };
        var number = new Option<string?>("--from") { Description = "Our number.", HelpName = "NUMBER" };
        var name = new Option<string?>("--name") { Description = "Our name.", HelpName = "TEXT" };
        var context = new Option<string?>("--context") { Description = "CALLED_CONTEXT, where the server wants one.", HelpName = "NAME" };
        var variables = new Option<string[]>("--variable") { Description = "Carried beside the call (IAXVAR); may be repeated.", HelpName = "NAME=VALUE" };
        var command = new Command("call", "Place one call: its frames, its outcome, what was heard.") { options.Codec, duration, within, digits, text, number, name, context, variables };
        options.AddTo(command);
        media.AddTo(command);
        command.SetAction((parsed, cancelled) => TesterSession.RunAsync(terminal, options, parsed, time, cancelled, async session =>
        {
            if (options.TargetOf(parsed).Extension.Length == 0) { terminal.Error.WriteLine("mesh iax call: which extension? HOST/EXTENSION"); return ExitCode.Usage; }
            if (!media.TryRead(parsed, terminal, out var say)) return ExitCode.Usage;
            var order = new CallOrder
            {
                Extension = options.TargetOf(parsed).Extension, CallerNumber = parsed.GetValue(number), CallerName = parsed.GetValue(name), Context = parsed.GetValue(context),
                Say = say, MeasureHz = parsed.GetValue(media.Measure), DurationMs = TesterOptions.Milliseconds(parsed, duration), AnswerWithinMs = TesterOptions.Milliseconds(parsed, within),
                Digits = parsed.GetValue(digits) ?? "", Text = parsed.GetValue(text),
                Variables = [.. (parsed.GetValue(variables) ?? []).SelectMany(v => IaxVariable.Join([], v))],
            };
            return await CallAsync(session, order);
        }));
        return command;
    }

    private static async Task<int> CallAsync(TesterSession session, CallOrder order)
    {
        if (await session.ResolveAsync() is not { } server) return ExitCode.NotReachable;
        Warmup.Run();
        var ladder = new Ladder(session.Loop.Clock, session.IsJson ? null : session.Terminal.Out.WriteLine);
        var outcome = await LoopWork.Run(session.Loop, async () =>
        {
            var ended = new TaskCompletionSource<CallOutcome>();
            using var endpoint = session.Endpoint(session.LocalTowards(server), new CallerOnly(), ladder);
            var peer = endpoint.AddPeer(session.Peer(server, session.Options.FormatsOf(session.Parsed)));
            var call = TestCall.Place(endpoint, peer, order, (_, result) => ended.TrySetResult(result));
            using var stop = session.Stop.Register(() => session.Loop.Post(_ => call.End()));
            var result = await ended.Task;
            await LoopWork.Pause(session.Loop, LeaveMs);
            ladder.Flush();
            return result with { RoundTripMs = ladder.LeastRoundTripMs() ?? result.RoundTripMs };
        });
        if (session.IsJson) session.Terminal.WriteJson(new { Server = server.ToString(), Outcome = outcome, Frames = FrameView.Of(ladder.Frames) });
        else OutcomeText.Write(session.Terminal.Out, outcome);
        return outcome.ExitCode;
    }
}
