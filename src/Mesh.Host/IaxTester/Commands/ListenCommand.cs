using System.CommandLine;
using System.Globalization;
using Mesh.Host.Commands;
using Mesh.Host.IaxTester.Calls;
using Mesh.Host.IaxTester.Raw;
using Mesh.Iax2.Peers;
using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Host.IaxTester.Commands;

/// <summary><c>mesh iax listen</c>: the far end of calls, until Ctrl-C.</summary>
public static class ListenCommand
{
    public static Command Create(Terminal terminal, TimeProvider time)
    {
        var options = new TesterOptions(terminal);
        var media = new MediaOptions();
        var bind = new Argument<string>("ADDRESS") { Description = "Where to listen, ADDR[:port]; every address, port 4569, by default.", DefaultValueFactory = _ => "0.0.0.0:4569" };
        bind.Validators.Add(r => { foreach (var t in r.Tokens) if (!NetAddress.TryParse(t.Value, ServerTarget.DefaultPort, out _)) r.AddError($"{t.Value}: an IP address is expected"); });
        var users = new Option<string[]>("--user", "-u") { Description = "Who may call and register, NAME:SECRET; may be repeated. Nobody named: everybody may call.", HelpName = "NAME:SECRET" };
        users.Validators.Add(r => { foreach (var t in r.Tokens) if (t.Value.IndexOf(':', StringComparison.Ordinal) < 1) r.AddError("--user: NAME:SECRET is expected"); });
        var noTokens = new Option<bool>("--no-tokens") { Description = "Named users need no call token, as old clients and iaxmodem know none; they call from where they registered." };
        var answerAfter = TesterOptions.Duration("--answer-after", "How long it rings.", "0s");
        var hangupAfter = TesterOptions.Duration("--hangup-after", "Ends each call after this; 0s leaves that to the caller.", "0s");
        var reject = new Option<int?>("--reject") { Description = "Refuse every call with this cause (Q.850).", HelpName = "CAUSE" };
        reject.Validators.Add(r => { if (r.Tokens.Count > 0 && !byte.TryParse(r.Tokens[0].Value, out _)) r.AddError($"--reject {r.Tokens[0].Value}: a cause is 1 to 127"); });
        var busy = new Option<bool>("--busy") { Description = "Say busy, then hang up with cause 17." };
        var never = new Option<bool>("--never-answer") { Description = "Ring and never answer." };
        var extensions = new Option<string[]>("--extension") { Description = "A number that exists; may be repeated. None named: every number does.", HelpName = "NUMBER" };
        var record = new Option<string?>("--record") { Description = "A folder for one WAV file a call.", HelpName = "DIR" };
        var most = new Option<int>("--calls") { Description = "Calls at once.", HelpName = "N", DefaultValueFactory = _ => 1_000 };
        var command = new Command("listen", "Be the far end: answer, echo, say a tone, record, or refuse. Echoes unless told otherwise.")
        { bind, users, noTokens, options.Codec, answerAfter, hangupAfter, reject, busy, never, extensions, record, most };
        options.AddNetworkTo(command);
        command.Add(media.Tone);
        command.Add(media.Play);
        command.SetAction((parsed, cancelled) => TesterSession.RunAsync(terminal, options, parsed, time, cancelled, async session =>
        {
            if (!media.TryRead(parsed, terminal, out var say)) return ExitCode.Usage;
            if (parsed.GetValue(record) is { } folder) Directory.CreateDirectory(folder);
            var listening = new ListenOptions
            {
                AnswerAfterMs = TesterOptions.Milliseconds(parsed, answerAfter), HangupAfterMs = TesterOptions.Milliseconds(parsed, hangupAfter),
                Reject = (CauseCode?)parsed.GetValue(reject), IsBusy = parsed.GetValue(busy), NeverAnswers = parsed.GetValue(never),
                Say = say.Kind == SpokenKind.Nothing ? Spoken.Echo : say, Extensions = parsed.GetValue(extensions) ?? [], MaxCalls = parsed.GetValue(most), RecordFolder = parsed.GetValue(record),
            };
            NetAddress.TryParse(parsed.GetValue(bind)!, ServerTarget.DefaultPort, out var address);
            return await ListenAsync(session, address, listening, Peers(parsed.GetValue(users) ?? [], options.FormatsOf(parsed), parsed.GetValue(noTokens)));
        }));
        return command;
    }

    private static async Task<int> ListenAsync(TesterSession session, NetAddress address, ListenOptions listening, IReadOnlyList<PeerOptions> peers)
    {
        var clock = session.Loop.Clock;
        var listener = new Listener(session.Loop, listening, Tell);
        var endpoint = await LoopWork.Run(session.Loop, () =>
        {
            var made = session.Endpoint(address, listener, registrations: listener);
            foreach (var peer in peers) made.AddPeer(peer);
            return Task.FromResult(made);
        });
        session.Terminal.Error.WriteLine($"listening on {endpoint.Local}; Ctrl-C ends");
        await session.Stopped();
        long total = await LoopWork.Run(session.Loop, async () =>
        {
            listener.EndAll();
            await LoopWork.Pause(session.Loop, 300);
            endpoint.Dispose();
            return listener.Total;
        });
        session.Terminal.Error.WriteLine($"{total} calls");
        return ExitCode.Ok;

        void Tell(ListenEvent happened)
        {
            if (session.IsJson) session.Terminal.Out.WriteLine(System.Text.Json.JsonSerializer.Serialize(new { At = clock.UtcNow, happened.What, happened.From, happened.Caller, happened.Called, happened.Detail }, Admin.AdminListener.Json));
            else session.Terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.UtcNow:HH:mm:ss.fff}  {happened.What,-10} {happened.From,-21} {(happened.Called.Length == 0 ? "" : $"{happened.Caller} > {happened.Called}  ")}{happened.Detail}").TrimEnd());
            session.Terminal.Out.Flush();
        }
    }

    private static List<PeerOptions> Peers(string[] users, IReadOnlyList<VoiceFormat> formats, bool noTokens)
    {
        if (users.Length == 0) return [new PeerOptions { Name = "anybody", IsGuest = true, Formats = formats, MaxCalls = 30_000 }];
        return [.. users.Select(u => new PeerOptions
        {
            Name = u[..u.IndexOf(':', StringComparison.Ordinal)], Secret = u[(u.IndexOf(':', StringComparison.Ordinal) + 1)..], Formats = formats, MaxCalls = 30_000,
            CallToken = noTokens ? CallTokenPolicy.Optional : CallTokenPolicy.Required,
        })];
    }
}
