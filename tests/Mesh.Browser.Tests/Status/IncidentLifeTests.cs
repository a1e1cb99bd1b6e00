using System.Xml.Linq;

namespace Mesh.Browser.Tests.Status;

/// <summary>An incident from its opening to its end: typed by administrators at two sites, read by the public at both.</summary>
[Collection(BrowserCollection.Name)]
public sealed class IncidentLifeTests(Chromium chromium, LiveSites live)
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    [Fact]
    public async Task An_incident_is_opened_updated_and_closed_and_readers_see_each_step()
    {
        const string title = "Calls <to> Manchester fail";
        await using var reader = await chromium.OpenAsync();
        var page = reader.Page;
        string id = await live.MeshAsync("london", "incident", "open", title, "--text", "We **look** into it. <script>alert(1)</script>", "--impact", "critical", "--service", "manchester", "--who", "anna", "--why", "not for the public");

        await reader.GoAsync(live.Status("manchester"));
        await reader.ReloadUntilAsync(title);
        await Expect(page.GetByText("There is a major outage.")).ToBeVisibleAsync();
        await Expect(page.Locator("article strong", new() { HasTextString = "look" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = title }).ClickAsync();
        await Expect(page).ToHaveURLAsync($"{live.Status("manchester")}/incidents/{id}/");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = title, Level = 1 })).ToBeVisibleAsync();
        await Expect(page.GetByText("<script>alert(1)</script>")).ToBeVisibleAsync();
        await reader.FaultlessAsync();

        await live.MeshAsync("manchester", "incident", "update", id, "--state", "identified", "--text", "It is the line.", "--who", "tobias");
        await reader.ReloadUntilAsync("It is the line.");
        await Expect(page.Locator("ol > li").First).ToContainTextAsync("Identified");
        await Expect(page.Locator("ol > li")).ToHaveCountAsync(2);
        string seen = await page.ContentAsync();
        foreach (string internals in (string[])["anna", "tobias", "not for the public"]) Assert.DoesNotContain(internals, seen);

        await live.MeshAsync("london", "incident", "close", id, "--text", "All calls work.", "--who", "anna");
        await reader.ReloadUntilAsync("All calls work.");
        await Expect(page.Locator("ol > li").First).ToContainTextAsync("Resolved");
        // The permalink is the same at the site it was opened at, and the feed tells the same story.
        await reader.GoAsync($"{live.Status("london")}/incidents/{id}/");
        await reader.ReloadUntilAsync("All calls work.");
        await page.GetByRole(AriaRole.Link, new() { Name = "Overview" }).ClickAsync();
        var past = page.GetByRole(AriaRole.Region, new() { Name = "Past incidents" });
        await Expect(past.GetByRole(AriaRole.Link, new() { Name = title })).ToBeVisibleAsync();
        await Expect(page.GetByText("Current incidents")).ToHaveCountAsync(0);

        string? feed = await page.GetByRole(AriaRole.Link, new() { Name = "Atom feed" }).GetAttributeAsync("href");
        var answer = await page.APIRequest.GetAsync(new Uri(new Uri(page.Url), feed!).ToString());
        Assert.Equal("application/atom+xml; charset=utf-8", answer.Headers["content-type"]);
        var entry = Assert.Single(XDocument.Parse(await answer.TextAsync()).Descendants(Atom + "entry"), e => (string?)e.Element(Atom + "title") == title);
        string told = (string?)entry.Element(Atom + "content") ?? "";
        Assert.True(told.IndexOf("All calls work.", StringComparison.Ordinal) < told.IndexOf("It is the line.", StringComparison.Ordinal) && told.Contains("It is the line."), told);
        Assert.Contains(id, (string?)entry.Element(Atom + "link")!.Attribute("href"));
    }

    [Fact]
    public async Task The_permalink_of_an_incident_that_never_was_is_not_found_and_leads_home()
    {
        await using var reader = await chromium.OpenAsync(new() { Width = 390 });
        Assert.Equal(404, await reader.GoAsync($"{live.Status("london")}/incidents/2026-11-23-00000000/"));
        await Expect(reader.Page.GetByRole(AriaRole.Heading, new() { Name = "Not found", Level = 1 })).ToBeVisibleAsync();
        await reader.FitsAsync();
        await reader.FaultlessAsync();
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "Overview" }).ClickAsync();
        await Expect(reader.Page).ToHaveTitleAsync("Example Ltd status");
    }
}
