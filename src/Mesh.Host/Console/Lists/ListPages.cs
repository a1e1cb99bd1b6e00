using Mesh.Host.Admin;
using Mesh.Host.Console.Feeds;
using Mesh.Host.Pages;

namespace Mesh.Host.Console.Lists;

/// <summary>The pages that only show: calls, phones, peers, trunks. Each is a feed in its frame.</summary>
public sealed class ListPages(ConsoleScreen screen, IReadOnlyDictionary<string, ConsoleFeed> feeds) : IAdminPages
{
    public void Map(IEndpointRouteBuilder routes)
    {
        // What is at a site's bare address is for people; programs know their own.
        routes.MapGet("/", (HttpContext http) => ConsoleScreen.SendTo(http, "/console/"));
        // Browsers ask for it unasked; there is none.
        routes.MapGet("/favicon.ico", () => TypedResults.NoContent()).WithMetadata(OwnAccess.Instance);
        routes.MapGet("/console/", (HttpContext http, CancellationToken cancelled) => ShowAsync(http, ConsoleSection.Calls, "Live calls", cancelled));
        routes.MapGet("/console/phones", (HttpContext http, CancellationToken cancelled) => ShowAsync(http, ConsoleSection.Phones, "Phones by site", cancelled));
        routes.MapGet("/console/peers", (HttpContext http, CancellationToken cancelled) => ShowAsync(http, ConsoleSection.Peers, "Sites and peers", cancelled));
        routes.MapGet("/console/trunks", (HttpContext http, CancellationToken cancelled) => ShowAsync(http, ConsoleSection.Trunks, "Trunks and numbers", cancelled));
    }

    private async Task ShowAsync(HttpContext http, ConsoleSection section, string title, CancellationToken cancelled)
    {
        var feed = feeds[section.ToString().ToLowerInvariant()];
        await screen.ShowAsync(http, new ConsolePage(section, title, Html.Nothing) { Live = await feed.CurrentAsync(cancelled), Feed = $"/console/feeds/{feed.Name}" });
    }
}
