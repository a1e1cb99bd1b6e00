using System.CommandLine;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Mesh.Host.Admin;
using Mesh.Host.Commands;
using Mesh.Host.Sorry.Acme;
using Mesh.Host.Sorry.Copies;
using Mesh.Host.Sorry.Phone;
using Mesh.Host.Sorry.Smtp;

namespace Mesh.Host.Sorry.Switches;

/// <summary><c>mesh sorry</c>: the switches, at whichever site answers; the others hear of it.</summary>
public static class SorryCommand
{
    public static Command Create(Terminal terminal, BundleOptions options, AdminClient client, TimeProvider time) => new("sorry", "What is answered in place of hosts, domains and telephone numbers that are down.")
    {
        On(terminal, options, client, time), Off(terminal, options, client), List(terminal, options, client), Mail(terminal, options, client),
        Customers.Accounts.CustomerCommand.Create(terminal, options, client), CertificatesCommand.Create(terminal, options, client), CopyCommand.Copy(terminal, options, client, time), CopyCommand.Copies(terminal, options, client),
    };

    private static Command On(Terminal terminal, BundleOptions options, AdminClient client, TimeProvider time)
    {
        var target = Target();
        var http = new Option<string?>("--http") { Description = "Answer HTTP: page (the default), copy (of its site), close, reset, or the address of a redirect.", Arity = ArgumentArity.ZeroOrOne, HelpName = "ANSWER" };
        var smtp = new Option<string?>("--smtp") { Description = "Answer mail: 450 (the default), 421, 550, 556 or 521. 4xx need --until.", Arity = ArgumentArity.ZeroOrOne, HelpName = "CODE" };
        var content = new Option<string?>("--content") { Description = "The stored pages to show, by the beginning of their id.", HelpName = "ID" };
        var phone = new Option<string?>("--phone") { Description = "Answer calls from outside with an announcement: --message spoken, or a recording.", Arity = ArgumentArity.ZeroOrOne, HelpName = "sounds/NAME.wav" };
        var early = new Option<bool>("--phone-early") { Description = "The announcement is heard before the answer: the caller pays nothing, but not every carrier passes it on." };
        var permanent = new Option<bool>("--permanent") { Description = "The redirect is 301: browsers remember it." };
        var keep = new Option<bool>("--keep-method") { Description = "The redirect is 307, not 302." };
        var message = new Option<string?>("--message") { Description = "What is told to whoever asks, instead of the usual sentence." };
        var from = new Option<string?>("--from") { Description = "Begins then: 2026-03-02T12:00Z, or 2h from now.", HelpName = "TIME" };
        var until = new Option<string?>("--until") { Description = "Ends then: 2026-03-02T14:00Z, or 2h from now.", HelpName = "TIME" };
        var (who, why) = (Who(), Why());
        var command = new Command("on", "Answer in place of a host, *.DOMAIN, a telephone number, a trunk, or * for everything.") { target, http, smtp, content, phone, early, permanent, keep, message, from, until, who, why };
        client.AddTo(command);
        command.SetAction((parsed, cancelled) =>
        {
            string page = parsed.GetResult(http) is null ? "" : parsed.GetValue(http) ?? "page", code = parsed.GetResult(smtp) is null ? "" : parsed.GetValue(smtp) ?? "450";
            var web = Web(page, parsed.GetValue(permanent), parsed.GetValue(keep));
            var mail = Code(code);
            bool isCalls = parsed.GetResult(phone) is not null || parsed.GetValue(early);
            string recording = parsed.GetValue(phone) ?? "";
            string? fault = page.Length == 0 && code.Length == 0 && !isCalls ? "what is to be answered? --http, --smtp, --phone"
                : recording.Length > 0 && SorryRecording.Parse(recording) is null ? $"--phone {recording}: a file of the bundle's sounds is expected, sounds/closed.wav"
                : page.Length > 0 && web is null ? $"--http {page}: page, copy, close, reset or an address is expected"
                : code.Length > 0 && mail is null ? $"--smtp {code}: 450, 421, 550, 556 or 521 is expected"
                : !SorryTime.TryRead(parsed.GetValue(from), time, out _) ? "--from: a time like 2026-03-02T12:00Z or a duration like 2h is expected"
                : !SorryTime.TryRead(parsed.GetValue(until), time, out _) ? "--until: a time like 2026-03-02T14:00Z or a duration like 2h is expected" : null;
            if (fault is not null)
            {
                terminal.Error.WriteLine($"mesh sorry on: {fault}");
                return Task.FromResult(ExitCode.Usage);
            }
            SorryTime.TryRead(parsed.GetValue(from), time, out var start);
            SorryTime.TryRead(parsed.GetValue(until), time, out var end);
            var order = new SorryOrder
            {
                On = true,
                Answers = [.. new[] { web, mail, isCalls ? parsed.GetValue(early) ? SorryAnswer.AnnounceEarly : SorryAnswer.Announce : null }.OfType<SorryAnswer>()],
                Recording = recording.Length > 0 ? SorryRecording.Parse(recording)! : "",
                Location = web?.IsRedirect() == true ? page : "",
                Message = parsed.GetValue(message) ?? "",
                Content = page == NewestCopy.Word ? page : parsed.GetValue(content) ?? "",
                From = start,
                Until = end,
            };
            return Send(terminal, options, client, parsed, new SorryRequest(parsed.GetValue(target)!, order, parsed.GetValue(who) ?? Person(terminal), parsed.GetValue(why) ?? ""), cancelled);
        });
        return command;
    }

    private static Command Off(Terminal terminal, BundleOptions options, AdminClient client)
    {
        var target = Target();
        var http = new Option<bool>("--http") { Description = "Only HTTP." };
        var smtp = new Option<bool>("--smtp") { Description = "Only mail." };
        var phone = new Option<bool>("--phone") { Description = "Only calls." };
        var (who, why) = (Who(), Why());
        var command = new Command("off", "Answer no more in its place.") { target, http, smtp, phone, who, why };
        client.AddTo(command);
        command.SetAction((parsed, cancelled) =>
        {
            (SorryChannel Channel, bool Given)[] each = [(SorryChannel.Http, parsed.GetValue(http)), (SorryChannel.Smtp, parsed.GetValue(smtp)), (SorryChannel.Phone, parsed.GetValue(phone))];
            SorryChannel[] channels = [.. each.Where(c => c.Given || !each.Any(e => e.Given)).Select(c => c.Channel)];
            return Send(terminal, options, client, parsed, new SorryRequest(parsed.GetValue(target)!, new SorryOrder { On = false, Channels = channels }, parsed.GetValue(who) ?? Person(terminal), parsed.GetValue(why) ?? ""), cancelled);
        });
        return command;
    }

    private static Command List(Terminal terminal, BundleOptions options, AdminClient client)
    {
        var command = new Command("list", "The switches, and what to look at.");
        client.AddTo(command);
        command.SetAction((parsed, cancelled) => client.Ask(parsed, HttpMethod.Get, "/api/sorry", (body, _) => SorryText.Show(terminal, body, parsed.GetValue(options.Json)), cancelled));
        return command;
    }

    private static Command Mail(Terminal terminal, BundleOptions options, AdminClient client)
    {
        var domain = new Argument<string?>("domain") { Arity = ArgumentArity.ZeroOrOne, Description = "Only this one." };
        var command = new Command("mail", "Who tried to write to domains that are down, since this site started.") { domain };
        client.AddTo(command);
        command.SetAction((parsed, cancelled) => client.Ask(parsed, HttpMethod.Get, parsed.GetValue(domain) is { } only ? $"/api/sorry/mail?domain={Uri.EscapeDataString(only.ToLowerInvariant())}" : "/api/sorry/mail",
            (body, _) =>
            {
                var reports = JsonSerializer.Deserialize<IReadOnlyList<DomainReport>>(body, AdminListener.Json)!;
                if (parsed.GetValue(options.Json)) terminal.WriteJson(reports);
                else
                    TextTable.Write(terminal.Out, ["DOMAIN", "FROM", "TO", "TOLD", "TRIES", "FIRST", "LAST"], reports.SelectMany(d => d.Rows.Select(r => (IReadOnlyList<string>)
                        [d.Domain, $"<{r.From}>", $"<{r.To}>", r.Code, r.Tries.ToString(CultureInfo.InvariantCulture), SorryText.Time(r.First), SorryText.Time(r.Last)])));
                return ExitCode.Ok;
            }, cancelled));
        return command;
    }

    private static Task<int> Send(Terminal terminal, BundleOptions options, AdminClient client, ParseResult parsed, SorryRequest request, CancellationToken cancelled) =>
        client.Ask(parsed, HttpMethod.Post, "/api/sorry", (body, _) => SorryText.Show(terminal, body, parsed.GetValue(options.Json)), cancelled, content: JsonContent.Create(request, options: AdminListener.Json));

    private static SorryAnswer? Web(string page, bool permanent, bool keepMethod) => page switch
    {
        "page" or NewestCopy.Word => SorryAnswer.Page,
        "close" => SorryAnswer.Close,
        "reset" => SorryAnswer.Reset,
        _ when page.Contains("://", StringComparison.Ordinal) => permanent ? SorryAnswer.MovedPermanently : keepMethod ? SorryAnswer.TemporaryRedirect : SorryAnswer.Found,
        _ => null,
    };

    private static SorryAnswer? Code(string code) => code switch
    {
        "450" => SorryAnswer.Defer,
        "421" => SorryAnswer.Closing,
        "550" => SorryAnswer.Reject,
        "556" => SorryAnswer.NoMail,
        "521" => SorryAnswer.NeverMail,
        _ => null,
    };

    public static string Person(Terminal terminal) => terminal.Environment.GetValueOrDefault("SUDO_USER") ?? terminal.Environment.GetValueOrDefault("USER") ?? "operator";

    private static Argument<string> Target() => new("target") { Description = "A host or domain, *.DOMAIN, a telephone number, a trunk, or *." };

    private static Option<string?> Who() => new("--who") { Description = "Who orders it; the user of this shell when absent." };

    private static Option<string?> Why() => new("--why") { Description = "Why, for colleagues; not told to the public." };
}
