using Mesh.Host.Admin;
using Mesh.Host.Console.Feeds;
using Mesh.Host.Console.Forms;
using Mesh.Host.Journal;
using Mesh.Host.Pages;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Console.Writing;

/// <summary>Sorry switches: what is on, and, for who may write, the forms that change it. Orders go the way of the command's, into the journal of all sites.</summary>
public sealed class SorryConsole(ConsoleScreen screen, FormReader forms, ConsoleFeed feed, SorrySwitches switches, TimeProvider time, ConsoleCounters counters) : IAdminPages
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/console/sorry", (HttpContext http, string? target, string? done) => ShowAsync(http, 200, done is null ? Html.Nothing : ConsoleWords.Good("Done; all sites that can be reached know it."), target ?? "", null));
        routes.MapPost("/console/sorry", (RequestDelegate)OrderAsync);
    }

    private async Task ShowAsync(HttpContext http, int status, Html notice, string target, WriteForm? typed)
    {
        var writer = screen.ReaderOf(http).Writer;
        string key = writer is null ? "" : screen.FormKey(http);
        var live = await feed.CurrentAsync(http.RequestAborted);
        var writing = writer is null ? Html.Of($"""<p class="notice">To switch something on or off, <a href="/console/site">unlock writing</a>.</p>""") : Html.Of($"""
            <section aria-labelledby="on"><h2 id="on">Switch on</h2>{SorryForms.On(key, typed?.Text("act") == "off" ? null : typed, writer.Why)}</section>
            <section aria-labelledby="off"><h2 id="off">Switch off</h2>{SorryForms.Off(key, target, writer.Why)}</section>
            """);
        await screen.ShowAsync(http, new ConsolePage(ConsoleSection.Sorry, "Sorry switches", notice) { Live = live, Feed = $"/console/feeds/{feed.Name}", After = writing, Status = status });
    }

    private async Task OrderAsync(HttpContext http)
    {
        if (await forms.ReadToWriteAsync(http) is not { } form) return;
        int status = 400;
        string? fault;
        try
        {
            fault = SorryForms.Order(form, time, out string unreadable) is { } order ? await switches.OrderAsync(form.Text("target"), order, form.Who, form.Why, http.RequestAborted) : unreadable;
        }
        catch (JournalException e) { (fault, status) = (e.Message, 503); }
        if (fault is not null)
        {
            await ShowAsync(http, status, ConsoleWords.Bad($"Nothing was done: {fault}."), form.Text("target"), form);
            return;
        }
        counters.Written();
        ConsoleScreen.SendTo(http, "/console/sorry?done=1");
    }
}
