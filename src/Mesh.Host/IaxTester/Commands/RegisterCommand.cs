using System.CommandLine;
using System.Globalization;
using Mesh.Host.Commands;
using Mesh.Host.IaxTester.Calls;
using Mesh.Host.IaxTester.Raw;
using Mesh.Host.IaxTester.Report;
using Mesh.Iax2.Peers;

namespace Mesh.Host.IaxTester.Commands;

/// <summary><c>mesh iax register</c>: registers once, or keeps it until Ctrl-C.</summary>
public static class RegisterCommand
{
    private const int LeaveMs = 1_000;

    public static Command Create(Terminal terminal, TimeProvider time)
    {
        var options = new TesterOptions(terminal);
        var keep = new Option<bool>("--keep") { Description = "Keep the registration until Ctrl-C, then take it back." };
        var refresh = new Option<int>("--refresh") { Description = "Seconds to ask for.", HelpName = "SECONDS", DefaultValueFactory = _ => 60 };
        var timeout = TesterOptions.Duration("--timeout", "How long the server may take.", "10s");
        var command = new Command("register", "Register: what the server says of it.") { keep, refresh, timeout };
        options.AddTo(command);
        command.SetAction((parsed, cancelled) => TesterSession.RunAsync(terminal, options, parsed, time, cancelled, async session =>
        {
            if (parsed.GetValue(options.User) is not { } user || options.SecretOf(parsed) is not { } secret)
            {
                terminal.Error.WriteLine($"mesh iax register: --user and --secret (or {TesterOptions.SecretVariable}) are needed");
                return ExitCode.Usage;
            }
            if (await session.ResolveAsync() is not { } server) return ExitCode.NotReachable;
            var wanted = new RegistrationClientOptions { Server = server, Username = user, Secret = secret, RefreshSeconds = parsed.GetValue(refresh) };
            return await RegisterAsync(session, wanted, parsed.GetValue(keep), TesterOptions.Milliseconds(parsed, timeout));
        }));
        return command;
    }

    private static async Task<int> RegisterAsync(TesterSession session, RegistrationClientOptions wanted, bool keep, int timeoutMs)
    {
        Warmup.Run();
        var ladder = new Ladder(session.Loop.Clock, session.IsJson ? null : session.Terminal.Out.WriteLine);
        var facts = await LoopWork.Run(session.Loop, async () =>
        {
            var settled = new TaskCompletionSource();
            RegistrationFacts? first = null;
            using var endpoint = session.Endpoint(session.LocalTowards(wanted.Server), new CallerOnly(Changed), ladder);
            var client = endpoint.AddRegistration(wanted);
            client.Start();
            await Task.WhenAny(settled.Task, LoopWork.Pause(session.Loop, timeoutMs));
            first ??= Facts(client);
            if (client.State == RegistrationState.Registered)
            {
                if (keep)
                {
                    session.Terminal.Error.WriteLine("registered; Ctrl-C takes it back");
                    await OnLoop(session, session.Stopped());
                }
                settled = new TaskCompletionSource();
                client.Stop();
                await Task.WhenAny(settled.Task, LoopWork.Pause(session.Loop, LeaveMs));
            }
            return first;

            void Changed(RegistrationClient changed)
            {
                first ??= Facts(changed);
                if (keep) session.Terminal.Error.WriteLine(changed.State.ToString().ToLowerInvariant());
                settled.TrySetResult();
            }
        });
        if (session.IsJson) session.Terminal.WriteJson(new { Server = wanted.Server.ToString(), Registration = facts, Frames = FrameView.Of(ladder.Frames) });
        else facts.Write(session.Terminal.Out);
        return facts.ExitCode;

        RegistrationFacts Facts(RegistrationClient client) => new(
            client.State == RegistrationState.Requested && ladder.Frames.All(f => f.IsSent) ? "nothing came back" : client.State.ToString().ToLowerInvariant(),
            ladder.Frames.Count == 0 ? 0 : (ladder.Frames[^1].AtMicros - ladder.Frames[0].AtMicros) / 1000.0, client.GrantedSeconds, client.ApparentAddress?.ToString(), client.ServerTime, client.MessageCount & 0xFF, client.MessageCount >> 8, client.RefusalText);
    }

    /// <summary>Waits for something that happens off the loop, and goes on on it.</summary>
    private static Task OnLoop(TesterSession session, Task what)
    {
        var here = new TaskCompletionSource();
        _ = what.ContinueWith(_ => session.Loop.Post(_ => here.TrySetResult()), TaskScheduler.Default);
        return here.Task;
    }
}

/// <summary>What a registration brought.</summary>
/// <param name="TookMs">From the first REGREQ to the answer.</param>
internal sealed record RegistrationFacts(string State, double TookMs, int GrantedSeconds, string? ApparentAddress, DateTimeOffset? ServerTime, int? NewMessages, int? OldMessages, string? Refusal)
{
    public int ExitCode => State switch
    {
        "registered" => Mesh.Host.Commands.ExitCode.Ok,
        "rejected" => Mesh.Host.Commands.ExitCode.Refused,
        _ => Mesh.Host.Commands.ExitCode.NotReachable,
    };

    public void Write(TextWriter to)
    {
        to.WriteLine($"{"result",-12} {State}{(Refusal is null ? "" : $" \"{Refusal}\"")}");
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"took",-12} {TookMs:0.0} ms"));
        if (GrantedSeconds > 0) to.WriteLine($"{"granted",-12} {GrantedSeconds} s");
        if (ApparentAddress is not null) to.WriteLine($"{"seen as",-12} {ApparentAddress}");
        if (ServerTime is { } time) to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"its clock",-12} {time:yyyy-MM-dd HH:mm:ss}"));
        if (NewMessages is not null) to.WriteLine($"{"messages",-12} {NewMessages} new, {OldMessages} old");
    }
}
