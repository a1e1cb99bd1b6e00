using Mesh.Host.Admin;
using Mesh.Host.Console.Feeds;
using Mesh.Host.Console.Forms;
using Mesh.Host.Console.Lists;
using Mesh.Host.Incidents;
using Mesh.Host.Journal;
using Mesh.Host.Pages;
using Mesh.Host.Status.Incidents;
using IncidentUpdate = Mesh.Host.Incidents.IncidentUpdate;

namespace Mesh.Host.Console.Writing;

/// <summary>Incidents: all of them, one of them with its timeline, and, for who may write, the forms. Changes go through <see cref="IncidentDesk"/>, into the journal of all sites.</summary>
public sealed class IncidentConsole(ConsoleScreen screen, FormReader forms, ConsoleFeed feed, IncidentDesk desk, ConsoleCounters counters) : IAdminPages
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/console/incidents", (HttpContext http) => ShowAllAsync(http, 200, Html.Nothing, null));
        routes.MapGet("/console/incidents/{id}", (HttpContext http, string id, string? done) => ShowAsync(http, id, 200, done is null ? Html.Nothing : ConsoleWords.Good("Done; all sites that can be reached know it."), null));
        routes.MapPost("/console/incidents", (HttpContext http) => WriteAsync(http, null));
        routes.MapPost("/console/incidents/{id}", (HttpContext http, string id) => WriteAsync(http, id));
    }

    private async Task ShowAllAsync(HttpContext http, int status, Html notice, WriteForm? typed)
    {
        var writer = screen.ReaderOf(http).Writer;
        var writing = writer is null ? Locked : Html.Of($"""<section aria-labelledby="new"><h2 id="new">Open an incident</h2>{IncidentForms.Open(screen.FormKey(http), typed, writer.Why)}</section>""");
        await screen.ShowAsync(http, new ConsolePage(ConsoleSection.Incidents, "Incidents", notice) { Live = await feed.CurrentAsync(http.RequestAborted), Feed = $"/console/feeds/{feed.Name}", After = writing, Status = status });
    }

    private async Task ShowAsync(HttpContext http, string id, int status, Html notice, WriteForm? typed)
    {
        if (desk.Find(id) is not { } incident)
        {
            await screen.ShowAsync(http, new ConsolePage(ConsoleSection.Incidents, "No such incident", Html.Of($"""<p>There is none of that id. <a href="/console/incidents">All incidents</a></p>""")) { Status = 404 });
            return;
        }
        var writer = screen.ReaderOf(http).Writer;
        await screen.ShowAsync(http, new ConsolePage(ConsoleSection.Incidents, incident.Title, Html.Of($"""
            {notice}
            <p id="standing">{IncidentList.Word(incident.State)}, impact {IncidentList.Word(incident.Impact)}, {(incident.IsPublic ? "on the status page" : "not public")}. Concerns: {(incident.Services.Count > 0 ? string.Join(", ", incident.Services) : "nothing named")}.</p>
            {(incident is { PlannedFrom: { } from, PlannedTo: { } to } ? Html.Of($"<p>Planned from {ConsoleFrame.Time(from)} to {ConsoleFrame.Time(to)}.</p>") : Html.Nothing)}
            {(incident.Estimate is { } over ? Html.Of($"<p>Thought to be over at {ConsoleFrame.Time(over)}.</p>") : Html.Nothing)}
            <section aria-labelledby="timeline"><h2 id="timeline">Timeline</h2><ol reversed="reversed">{incident.Updates.Reverse().Select(Line)}</ol></section>
            {(writer is null ? Locked : Html.Of($"""<section aria-labelledby="change"><h2 id="change">Say more, or change it</h2>{IncidentForms.Change(screen.FormKey(http), incident, typed, writer.Why)}</section>"""))}
            """)) { Status = status });
    }

    private static Html Locked => Html.Of($"""<p class="notice">To open or change an incident, <a href="/console/site">unlock writing</a>.</p>""");

    private static Html Line(IncidentUpdate update) => Html.Of($"""
        <li><p><strong>{(update.State is { } state ? IncidentList.Word(state) : "said")}</strong> {ConsoleFrame.Time(update.At)} <span class="quiet">{update.Who} at {update.Site}{(update.Why.Length > 0 ? $": {update.Why}" : "")}</span></p>{IncidentText.Render(update.Text)}</li>
        """);

    private async Task WriteAsync(HttpContext http, string? id)
    {
        if (await forms.ReadToWriteAsync(http) is not { } form) return;
        string fault;
        int status = 400;
        try
        {
            var incident = id is null ? null : desk.Find(id);
            if (id is not null && incident is null) { await ShowAsync(http, id, 404, Html.Nothing, null); return; }
            var done = await DoAsync(form, incident, http.RequestAborted);
            counters.Written();
            ConsoleScreen.SendTo(http, $"{IncidentList.AddressOf(done.Id)}?done=1");
            return;
        }
        catch (IncidentException e) { fault = e.Message; }
        catch (JournalException e) { (fault, status) = (e.Message, e.Fault == JournalFault.None ? 503 : 400); }
        var notice = ConsoleWords.Bad($"Nothing was done: {fault}.");
        if (id is null) await ShowAllAsync(http, status, notice, form);
        else await ShowAsync(http, id, status, notice, form);
    }

    private Task<Incident> DoAsync(WriteForm form, Incident? incident, CancellationToken cancelled)
    {
        var request = IncidentForms.Request(form);
        if (incident is null) return desk.OpenAsync(request, cancelled);
        return form.Text("act") switch
        {
            // A state that closes is chosen in the form; any other would not.
            "close" => desk.CloseAsync(incident, request with { State = request.State is "resolved" or "post-mortem" or "completed" ? request.State : null }, cancelled),
            "confirm" => desk.UpdateAsync(incident, request with { State = request.State ?? IncidentList.Word(incident.IsPlanned ? IncidentState.Scheduled : IncidentState.Investigating) }, cancelled),
            _ => desk.UpdateAsync(incident, request, cancelled),
        };
    }
}
