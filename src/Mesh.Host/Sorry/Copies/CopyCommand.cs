using System.CommandLine;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Mesh.Host.Admin;
using Mesh.Host.Commands;
using Mesh.Host.Config.Scalars;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Sorry.Copies;

/// <summary><c>mesh sorry copy</c> and <c>mesh sorry copies</c>: copies of sites, to be shown while they are down.</summary>
public static class CopyCommand
{
    private static readonly Scalar<TimeSpan> Every = Numbers.Duration(TimeSpan.FromHours(1), TimeSpan.FromDays(365));

    public static Command Copy(Terminal terminal, BundleOptions options, AdminClient client, TimeProvider time)
    {
        var url = new Argument<string>("url") { Description = "The site's first page." };
        var refresh = new Option<string?>("--refresh") { Description = "Take another when this one is so old: daily, weekly, 12h; never (the default) ends an earlier order.", HelpName = "TIME" };
        var pages = new Option<int>("--max-pages") { Description = "Pages at most." };
        var allow = new Option<bool>("--allow-private") { Description = "The site may have a private address." };
        var noWait = new Option<bool>("--no-wait") { Description = "Do not wait until it is taken." };
        var who = new Option<string?>("--who") { Description = "Who orders it; the user of this shell when absent." };
        var why = new Option<string?>("--why") { Description = "Why, for colleagues." };
        var command = new Command("copy", "Take a copy of a web site while it is up, to be shown while it is down (mesh sorry on HOST --http copy).") { url, refresh, pages, allow, noWait, who, why };
        client.AddTo(command);
        command.SetAction(async (parsed, cancelled) =>
        {
            string given = parsed.GetValue(url)!;
            if (!Uri.TryCreate(given.Contains("://", StringComparison.Ordinal) ? given : "https://" + given, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || Seconds(parsed.GetValue(refresh)) is not { } seconds)
            {
                terminal.Error.WriteLine(uri is null || uri.Scheme is not ("http" or "https") ? $"mesh sorry copy: {given}: an address is expected, https://www.example.org/" : "mesh sorry copy: --refresh daily, weekly, never or a duration like 12h");
                return ExitCode.Usage;
            }
            var request = new CopyRequest(new CopyOrder { Url = uri, Refresh = seconds, Pages = parsed.GetValue(pages), AllowPrivate = parsed.GetValue(allow) },
                parsed.GetValue(who) ?? terminal.Environment.GetValueOrDefault("SUDO_USER") ?? terminal.Environment.GetValueOrDefault("USER") ?? "operator", parsed.GetValue(why) ?? "");
            bool json = parsed.GetValue(options.Json), waits = !parsed.GetValue(noWait);
            int sent = await client.Ask(parsed, HttpMethod.Post, CopyPages.Path, (body, _) => waits ? ExitCode.Ok : Show(terminal, body, json), cancelled, content: JsonContent.Create(request, options: AdminListener.Json));
            return sent == ExitCode.Ok && waits ? await WaitAsync(terminal, client, parsed, uri, json, time, cancelled) : sent;
        });
        return command;
    }

    public static Command Copies(Terminal terminal, BundleOptions options, AdminClient client)
    {
        var command = new Command("copies", "The copies of web sites: how old they are, what was left out, when the next is taken.");
        client.AddTo(command);
        command.SetAction((parsed, cancelled) => client.Ask(parsed, HttpMethod.Get, CopyPages.Path, (body, _) => Show(terminal, body, parsed.GetValue(options.Json)), cancelled));
        return command;
    }

    private static async Task<int> WaitAsync(Terminal terminal, AdminClient client, ParseResult parsed, Uri uri, bool json, TimeProvider time, CancellationToken cancelled)
    {
        string host = SorryTarget.Host(uri.IdnHost) ?? "", said = "";
        while (true)
        {
            CopyView? view = null;
            int asked = await client.Ask(parsed, HttpMethod.Get, CopyPages.Path, (body, _) =>
            {
                view = JsonSerializer.Deserialize<IReadOnlyList<CopyView>>(body, AdminListener.Json)!.FirstOrDefault(v => v.Host == host);
                return view is { State: not ("running" or "waiting") } ? Show(terminal, body, json) : ExitCode.Ok;
            }, cancelled);
            if (asked != ExitCode.Ok || view is null) return asked != ExitCode.Ok ? asked : ExitCode.Failed;
            if (view.State is not ("running" or "waiting")) return view.Fault is null ? ExitCode.Ok : ExitCode.Failed;
            string now = view.Progress is { } p ? $"{p.Files} files, {p.Octets / 1024} KiB, {p.Waiting} addresses to go" : view.State;
            if (now != said) terminal.Error.WriteLine(said = now);
            await Task.Delay(TimeSpan.FromSeconds(1), time, cancelled);
        }
    }

    private static int Show(Terminal terminal, string body, bool json)
    {
        var views = JsonSerializer.Deserialize<IReadOnlyList<CopyView>>(body, AdminListener.Json)!;
        if (json)
        {
            terminal.WriteJson(views);
            return ExitCode.Ok;
        }
        TextTable.Write(terminal.Out, ["HOST", "STATE", "TAKEN", "FILES", "OCTETS", "VERSION", "BY", "NEXT", "LEFT OUT"], views.Select(v => (IReadOnlyList<string>)
        [
            v.Host, v.State, v.TakenAt is { } at ? SorryText.Time(at) : "-", v.Files.ToString(CultureInfo.InvariantCulture), v.Octets.ToString(CultureInfo.InvariantCulture), v.Version ?? "-", v.Site,
            v.Due is { } due ? SorryText.Time(due) : "-", v.Left.Count == 0 ? "-" : string.Join(' ', v.Left.Select(static l => $"{l.Key}:{l.Value}")),
        ]));
        foreach (var view in views.Where(static v => v.Fault is not null))
            terminal.Error.WriteLine($"warning: {view.Host}: {string.Concat(view.Fault!.Select(static c => char.IsControl(c) ? '?' : c))}{(view.TakenAt is null ? "" : "; the copy there was stays")}");
        return ExitCode.Ok;
    }

    private static long? Seconds(string? refresh) => refresh switch
    {
        null or "never" => 0,
        "daily" => 86_400,
        "weekly" => 7 * 86_400,
        _ => Every.TryRead(refresh, out var span) ? (long)span.TotalSeconds : null,
    };
}
