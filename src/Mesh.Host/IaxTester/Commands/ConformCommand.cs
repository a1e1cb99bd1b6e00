using System.CommandLine;
using Mesh.Host.Commands;
using Mesh.Host.IaxTester.Conform;
using Mesh.Host.IaxTester.Report;
using Mesh.Io;

namespace Mesh.Host.IaxTester.Commands;

/// <summary><c>mesh iax conform</c>: what a server does of RFC 5456, row by row.</summary>
public static class ConformCommand
{
    public static Command Create(Terminal terminal, TimeProvider time)
    {
        var options = new TesterOptions(terminal);
        var unknown = new Option<string>("--unknown-extension") { Description = "A number nobody has there.", HelpName = "NUMBER", DefaultValueFactory = _ => "0000000000" };
        var noEcho = new Option<bool>("--no-echo") { Description = "The extension answers but does not echo: rows about voice are skipped." };
        var noRegistration = new Option<bool>("--no-registration") { Description = "The user may not register: those rows are skipped." };
        var guest = new Option<bool>("--guest") { Description = "Calls need no secret there: without --user and --secret only the rows about secrets are skipped." };
        var noTokens = new Option<bool>("--no-tokens") { Description = "The server demands no call tokens: those rows are skipped." };
        var quick = new Option<bool>("--quick") { Description = "Skip the rows that take longer than ten seconds." };
        var rows = new Option<string[]>("--row") { Description = "Only this row, or section (6.7, 6.7.*); may be repeated.", HelpName = "ID" };
        var parallel = new Option<int>("--parallel") { Description = "Rows at once.", HelpName = "N", DefaultValueFactory = _ => 8 };
        var within = TesterOptions.Duration("--answer-within", "How long the server may take for an answer.", "3s");
        var junit = new Option<string?>("--junit") { Description = "Write a JUnit report too.", HelpName = "FILE" };
        var frames = new Option<bool>("--frames") { Description = "Print the frames of rows that failed." };
        var list = new Option<bool>("--list") { Description = "Print the rows and test nothing." };
        var command = new Command("conform", "Test a server against RFC 5456, row by row. The extension answers and echoes; 600 when none is given.")
        { options.Codec, unknown, noEcho, guest, noRegistration, noTokens, quick, rows, parallel, within, junit, frames, list };
        options.AddTo(command);
        // A list of rows needs no server.
        options.Target.Arity = ArgumentArity.ZeroOrOne;
        command.SetAction((parsed, cancelled) =>
        {
            var chosen = Choose(parsed.GetValue(rows) ?? []);
            if (chosen.Count == 0) { terminal.Error.WriteLine($"mesh iax conform: no row is called {string.Join(" or ", parsed.GetValue(rows)!)}; --list says what there is"); return Task.FromResult(ExitCode.Usage); }
            if (parsed.GetValue(list)) { ConformText.WriteList(terminal, chosen, parsed.GetValue(options.Json)); return Task.FromResult(ExitCode.Ok); }
            if (parsed.GetValue(options.Target) is null) { terminal.Error.WriteLine("mesh iax conform: which server? HOST[:port][/EXTENSION]"); return Task.FromResult(ExitCode.Usage); }
            return TesterSession.RunAsync(terminal, options, parsed, time, cancelled, async session =>
            {
                if (await session.ResolveAsync() is not { } server) return ExitCode.NotReachable;
                string extension = options.TargetOf(parsed).Extension;
                var target = new ConformTarget
                {
                    Server = server, User = parsed.GetValue(options.User), Secret = options.SecretOf(parsed), Format = options.FormatsOf(parsed)[0],
                    Extension = extension.Length > 0 ? extension : "600", UnknownExtension = parsed.GetValue(unknown)!, AnswerMs = TesterOptions.Milliseconds(parsed, within),
                    Lacks = Lacks(parsed),
                };
                return await TestAsync(session, target, chosen, parsed.GetValue(parallel), parsed.GetValue(junit), parsed.GetValue(frames));
            });
        });
        return command;

        Dictionary<RowNeeds, string> Lacks(ParseResult parsed)
        {
            var lacks = new Dictionary<RowNeeds, string>();
            bool hasSecret = parsed.GetValue(options.User) is not null && options.SecretOf(parsed) is not null;
            if (!hasSecret) lacks[RowNeeds.Secret] = "needs --user and --secret";
            if (!hasSecret && !parsed.GetValue(guest)) lacks[RowNeeds.Call] = "needs --user and --secret, or --guest";
            if (parsed.GetValue(noEcho)) lacks[RowNeeds.Echo] = "needs an extension that echoes (--no-echo)";
            if (parsed.GetValue(noRegistration)) lacks[RowNeeds.Registration] = "needs a user that registers (--no-registration)";
            if (parsed.GetValue(noTokens)) lacks[RowNeeds.CallTokens] = "needs a server that demands tokens (--no-tokens)";
            if (parsed.GetValue(quick)) lacks[RowNeeds.Patience] = "takes more than ten seconds (--quick)";
            return lacks;
        }
    }

    /// <summary>Rows by id, or by section; <c>6.7</c> and <c>6.7.*</c> are everything below it.</summary>
    public static IReadOnlyList<ConformRow> Choose(IReadOnlyList<string> names)
    {
        if (names.Count == 0) return ConformRows.All;
        return [.. ConformRows.All.Where(row => names.Any(name => row.Id == name || row.Section == name || row.Section.StartsWith(name.TrimEnd('*').TrimEnd('.') + ".", StringComparison.Ordinal)))];
    }

    private static async Task<int> TestAsync(TesterSession session, ConformTarget target, IReadOnlyList<ConformRow> rows, int parallel, string? junit, bool frames)
    {
        int done = 0;
        var run = new ConformRun(session.Loop, target, session.Bind)
        {
            Parallel = parallel,
            OnRow = result => session.Terminal.Error.WriteLine($"{++done}/{rows.Count} {result.Row.Id}: {result.Verdict.ToString().ToLowerInvariant()}{(result.Reason.Length > 0 ? $", {result.Reason}" : "")}"),
        };
        if (!await run.AnswersAsync())
        {
            session.Terminal.Error.WriteLine($"mesh iax conform: nothing at {target.Server} answers a POKE");
            return ExitCode.NotReachable;
        }
        var results = await run.RunAsync(rows, session.Stop);
        var report = ConformReport.Of(target, results);
        if (session.IsJson) session.Terminal.WriteJson(report);
        else ConformText.Write(session.Terminal.Out, results, frames);
        if (junit is not null) await File.WriteAllTextAsync(junit, JunitReport.Write(target, results, session.Loop.Clock.UtcNow), CancellationToken.None);
        session.Terminal.Error.WriteLine(report.Summary);
        return session.Stop.IsCancellationRequested ? ExitCode.PartlyDone : report.ExitCode;
    }
}
