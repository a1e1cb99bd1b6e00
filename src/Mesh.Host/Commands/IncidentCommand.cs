using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Mesh.Host.Admin;
using Mesh.Host.Incidents;

namespace Mesh.Host.Commands;

/// <summary><c>mesh incident</c>: opens, updates, closes and lists incidents and planned work, at whichever site answers; the others hear of it.</summary>
public static class IncidentCommand
{
    public static Command Create(Terminal terminal, BundleOptions options, AdminClient client, TimeProvider time) => new("incident", "Incidents and planned work, as the status page shows them.")
    {
        Open(terminal, options, client, time), Confirm(terminal, options, client, time), Update(terminal, options, client, time), Close(terminal, options, client, time), Show(terminal, options, client), List(terminal, options, client),
    };

    private static Command Open(Terminal terminal, BundleOptions options, AdminClient client, TimeProvider time)
    {
        var title = new Argument<string>("title") { Description = "One line, as the public will read it." };
        var write = new IncidentOptions(terminal, time);
        var from = IncidentOptions.Time("--from", "When planned work begins; with --to.");
        var to = IncidentOptions.Time("--to", "When planned work ends.");
        var command = new Command("open", "Open an incident, or announce planned work; prints its id.") { title, from, to };
        write.AddTo(command, hasTitle: false);
        client.AddTo(command);
        command.SetAction((parsed, cancelled) => write.Request(parsed) is { } request
            ? Send(terminal, options, client, parsed, "/api/incidents", request with { Title = parsed.GetValue(title), PlannedFrom = parsed.GetValue(from), PlannedTo = parsed.GetValue(to) }, cancelled)
            : Task.FromResult(ExitCode.Usage));
        return command;
    }

    private static Command Update(Terminal terminal, BundleOptions options, AdminClient client, TimeProvider time)
    {
        var from = IncidentOptions.Time("--from", "When planned work begins.");
        var to = IncidentOptions.Time("--to", "When planned work ends.");
        var command = Change(terminal, options, client, time, "update", "Say more of an incident, or change it.", "updates",
            (parsed, request) => request with { PlannedFrom = parsed.GetValue(from), PlannedTo = parsed.GetValue(to) });
        command.Add(from);
        command.Add(to);
        return command;
    }

    private static Command Confirm(Terminal terminal, BundleOptions options, AdminClient client, TimeProvider time) =>
        Change(terminal, options, client, time, "confirm", "Make a draft of an alarm public: investigating, unless --state says otherwise.", "confirm");

    private static Command Close(Terminal terminal, BundleOptions options, AdminClient client, TimeProvider time) =>
        Change(terminal, options, client, time, "close", "Close an incident: resolved, or completed when it is planned work; --state post-mortem when what was learnt is written.", "close");

    // What is written to an incident there is.
    private static Command Change(
        Terminal terminal, BundleOptions options, AdminClient client, TimeProvider time, string name, string description, string below, Func<ParseResult, IncidentRequest, IncidentRequest>? more = null)
    {
        var id = Id();
        var write = new IncidentOptions(terminal, time);
        var command = new Command(name, description) { id };
        write.AddTo(command, hasTitle: true);
        client.AddTo(command);
        command.SetAction((parsed, cancelled) => write.Request(parsed) is { } request
            ? Send(terminal, options, client, parsed, $"/api/incidents/{Uri.EscapeDataString(parsed.GetValue(id)!)}/{below}", more?.Invoke(parsed, request) ?? request, cancelled)
            : Task.FromResult(ExitCode.Usage));
        return command;
    }

    private static Command Show(Terminal terminal, BundleOptions options, AdminClient client)
    {
        var id = Id();
        var command = new Command("show", "Print an incident's timeline.") { id };
        client.AddTo(command);
        command.SetAction((parsed, cancelled) => client.Ask(parsed, HttpMethod.Get, $"/api/incidents/{Uri.EscapeDataString(parsed.GetValue(id)!)}", (body, _) =>
        {
            if (parsed.GetValue(options.Json)) WriteAsIs(terminal, body);
            else
            {
                var incident = JsonSerializer.Deserialize<Incident>(body, AdminListener.Json)!;
                terminal.Out.WriteLine(Plain($"{incident.Id}  {Word(incident.State)}  {incident.Title}"));
                foreach (var update in incident.Updates)
                    terminal.Out.WriteLine(Plain($"{Time(update.At)}  {(update.State is { } state ? Word(state) : "-")}  {update.Who}@{update.Site}: {update.Text}{(update.Why.Length > 0 ? $" (why: {update.Why})" : "")}"));
            }
            return ExitCode.Ok;
        }, cancelled));
        return command;
    }

    private static Command List(Terminal terminal, BundleOptions options, AdminClient client)
    {
        var all = new Option<bool>("--all") { Description = "The closed ones too." };
        var command = new Command("list", "Incidents and planned work that are open.") { all };
        client.AddTo(command);
        command.SetAction((parsed, cancelled) => client.Ask(parsed, HttpMethod.Get, parsed.GetValue(all) ? "/api/incidents?all=true" : "/api/incidents", (body, _) =>
        {
            if (parsed.GetValue(options.Json)) WriteAsIs(terminal, body);
            else
            {
                var incidents = JsonSerializer.Deserialize<IReadOnlyList<Incident>>(body, AdminListener.Json)!;
                TextTable.Write(terminal.Out, ["ID", "STATE", "IMPACT", "OPENED", "SERVICES", "TITLE"],
                    incidents.Select(i => (IReadOnlyList<string>)[i.Id, Word(i.State), Word(i.Impact), Time(i.OpenedAt), Plain(string.Join(", ", i.Services)), Plain(i.Title)]));
            }
            return ExitCode.Ok;
        }, cancelled));
        return command;
    }

    private static Task<int> Send(Terminal terminal, BundleOptions options, AdminClient client, ParseResult parsed, string path, IncidentRequest request, CancellationToken cancelled) =>
        client.Ask(parsed, HttpMethod.Post, path, (body, _) =>
        {
            var incident = JsonSerializer.Deserialize<Incident>(body, AdminListener.Json)!;
            if (parsed.GetValue(options.Json)) WriteAsIs(terminal, body);
            else
            {
                terminal.Out.WriteLine(incident.Id);
                terminal.Error.WriteLine(Plain($"{Word(incident.State)}: {incident.Title}"));
            }
            return ExitCode.Ok;
        }, cancelled, HttpStatusCode.Created, JsonContent.Create(request, options: AdminListener.Json));

    private static Argument<string> Id() => new("id") { Description = "As 'mesh incident list' prints it." };

    private static void WriteAsIs(Terminal terminal, string body)
    {
        using var json = JsonDocument.Parse(body);
        terminal.WriteJson(json.RootElement);
    }

    // What another administrator wrote must not steer this one's terminal.
    private static string Plain(string text) => string.Concat(text.Select(static c => c is '\n' or '\r' or '\t' ? ' ' : char.IsControl(c) ? '?' : c));

    private static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
