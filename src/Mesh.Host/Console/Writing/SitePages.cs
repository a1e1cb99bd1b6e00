using System.Text.Json;
using Mesh.Host.Admin;
using Mesh.Host.Admin.Access;
using Mesh.Host.Console.Forms;
using Mesh.Host.Journal;
using Mesh.Host.Pages;

namespace Mesh.Host.Console.Writing;

/// <summary>What concerns this site and this session: unlocking writing, reading the dialplan again, signing out.</summary>
public sealed class SitePages(ConsoleScreen screen, FormReader forms, AdminSessions sessions, ISharedJournal journal, Func<ISiteView> site, ConsoleCounters counters) : IAdminPages
{
    /// <summary>The kind of journal entries that say that a site was told to read its dialplan again.</summary>
    public const string ReloadKind = "reload";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/console/site", (HttpContext http, CancellationToken cancelled) => ShowAsync(http, 200, Html.Nothing, cancelled));
        routes.MapPost("/console/unlock", (RequestDelegate)UnlockAsync);
        routes.MapPost("/console/lock", (RequestDelegate)LockAsync);
        routes.MapPost("/console/reload", (RequestDelegate)ReloadAsync);
    }

    private async Task ShowAsync(HttpContext http, int status, Html notice, CancellationToken cancelled)
    {
        var reader = screen.ReaderOf(http);
        string key = screen.FormKey(http);
        var facts = await site().FactsAsync(cancelled);
        await screen.ShowAsync(http, new ConsolePage(ConsoleSection.Site, "This site and session", Html.Of($"""
            {notice}
            <section aria-labelledby="writing"><h2 id="writing">Writing</h2>
            {(reader.Writer is { } writer ? Writing(writer, key) : Unlock(reader, key))}
            </section>
            <section aria-labelledby="dialplan"><h2 id="dialplan">Dialplan of {reader.Site}</h2>
            <p>In force: <code>{facts.PlanHash}</code>. The site is {facts.State.ToString().ToLowerInvariant()}.</p>
            {(reader.Writer is null ? Html.Of($"<p>Unlock writing to read it again.</p>") : FormHtml.Form("/console/reload", key, Html.Of($"""<p>Reads the dialplan again. One that does not compile changes nothing.</p>{FormHtml.Button("Reload the dialplan")}""")))}
            </section>
            {(reader.Entry?.Session is null ? Html.Nothing : Html.Of($"""<section aria-labelledby="session"><h2 id="session">Session</h2>{FormHtml.Form("/console/sign-out", key, FormHtml.Button("Sign out"))}</section>"""))}
            """)) { Status = status });
    }

    private static Html Writing(AdminWriter writer, string key) => Html.Of($"""
        <p>{writer.Who} may write until {ConsoleFrame.Time(writer.Until)}, because: {writer.Why}</p>
        {FormHtml.Form("/console/lock", key, FormHtml.Button("Lock writing"))}
        """);

    private Html Unlock(ConsoleReader reader, string key) => Html.Of($"""
        <p>The console is read only. Whatever is written goes into the journal of all sites with who did it and why.</p>
        {FormHtml.Form("/console/unlock", key, Html.Of($"""
            {(reader.Entry is { Name.Length: > 0 } entry ? Html.Of($"<p>You are {entry.Name}, by your certificate.</p>") : FormHtml.Input("who", "Who are you?", required: true, most: sessions.Limits.NameLength))}
            {FormHtml.Input("why", "Why do you write?", hint: "An incident, a ticket, a colleague who asked.", required: true, most: sessions.Limits.WhyLength)}
            {FormHtml.Button("Unlock writing")}
            """))}
        """);

    private async Task UnlockAsync(HttpContext http)
    {
        if (await forms.ReadAsync(http) is not { } form) return;
        var entry = http.Features.Get<AdminEntry>()!;
        string who = entry.Name.Length > 0 ? entry.Name : form["who"].ToString().Trim(), why = form["why"].ToString().Trim();
        var limits = sessions.Limits;
        if ((Fault("who you are", who, limits.NameLength) ?? Fault("why", why, limits.WhyLength)) is { } fault)
        {
            await ShowAsync(http, 400, ConsoleWords.Bad(fault), http.RequestAborted);
            return;
        }
        // Who needs no session to read, being at this machine or having a certificate, needs one to write.
        var session = entry.Session ?? sessions.Begin(entry.Pass, entry.Name);
        if (session is null || sessions.Write(session, who, why) is not { } writing)
        {
            await ShowAsync(http, 503, ConsoleWords.Bad("There are too many sessions. Try again later."), http.RequestAborted);
            return;
        }
        ConsoleScreen.GiveCookie(http, writing.Id);
        ConsoleScreen.SendTo(http, "/console/site");
    }

    private async Task LockAsync(HttpContext http)
    {
        if (await forms.ReadAsync(http) is null) return;
        if (http.Features.Get<AdminEntry>()?.Session is { } session && sessions.Write(session, null, "") is { } locked) ConsoleScreen.GiveCookie(http, locked.Id);
        ConsoleScreen.SendTo(http, "/console/site");
    }

    private async Task ReloadAsync(HttpContext http)
    {
        if (await forms.ReadToWriteAsync(http) is not { } form) return;
        Html notice;
        int status = 200;
        try
        {
            // Before it is done, so that nothing is done that nobody can read of.
            await journal.AppendAsync(ReloadKind, screen.ReaderOf(http).Site, form.Who, form.Why, JsonSerializer.SerializeToElement(new { of = "dialplan" }), http.RequestAborted);
            var done = await site().ReloadAsync(http.RequestAborted);
            counters.Written();
            var problems = Html.Of($"<ul>{done.Problems.Select(static p => Html.Of($"<li>{p}</li>"))}</ul>");
            notice = Html.Of($"{(done.Accepted ? ConsoleWords.Good($"The dialplan {done.DialplanHash} is in force.") : ConsoleWords.Bad("The dialplan does not check: what ran goes on running."))}{(done.Problems.Count > 0 ? problems : Html.Nothing)}");
            status = done.Accepted ? 200 : 409;
        }
        catch (JournalException e) { (notice, status) = (ConsoleWords.Bad(e.Message), 503); }
        await ShowAsync(http, status, notice, http.RequestAborted);
    }

    private static string? Fault(string what, string given, int most) =>
        given.Length == 0 ? $"Say {what}." : given.Length > most || given.Any(char.IsControl) ? $"Say {what} in one line of at most {most} characters." : null;
}
