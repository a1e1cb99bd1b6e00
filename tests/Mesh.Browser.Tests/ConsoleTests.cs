using System.Text.RegularExpressions;

namespace Mesh.Browser.Tests;

/// <summary>The operators' console of two running sites, in a browser, while a real call passes both.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ConsoleTests(Chromium chromium, LiveSites live)
{
    [Theory]
    [InlineData(false, 1280)]
    [InlineData(true, 390)]
    public async Task Every_page_has_no_fault(bool dark, int width)
    {
        await using var reader = await chromium.OpenAsync(new() { Dark = dark, Width = width });
        foreach (string path in (string[])["", "phones", "peers", "trunks", "sorry", "incidents", "site"])
        {
            Assert.Equal(200, await reader.GoAsync(live.Console("manchester") + path));
            await reader.FitsAsync();
            await reader.FaultlessAsync();
        }
        Assert.Equal(404, await reader.GoAsync(live.Console("manchester") + "calls/none"));
        await reader.FaultlessAsync();
    }

    [Fact]
    [Trait(Pictures.Trait, Pictures.Docs)]
    public async Task A_call_appears_by_itself_its_ladder_shows_both_protocols_and_the_plan_and_follows_it_to_the_end()
    {
        // It enters at london and is answered at manchester; this operator looks at manchester's console.
        await using var reader = await chromium.OpenAsync(new() { Width = 1100 });
        var page = reader.Page;
        await reader.GoAsync(live.Console("manchester"));
        await Expect(page.GetByText("Live", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByText("No calls.")).ToBeVisibleAsync();
        await page.EvaluateAsync("() => { window.neverReloaded = true }");

        using var call = await live.CallAsync();
        var row = page.Locator("#calls tbody tr[id^=call-]");
        await Expect(row).ToHaveCountAsync(1);
        await Expect(row).ToContainTextAsync("301");
        await Expect(row).ToContainTextAsync("answered");
        await Expect(row.Locator("li strong", new() { HasTextString = "london" })).ToBeVisibleAsync();
        await Expect(row.Locator("li strong", new() { HasTextString = "manchester" })).ToBeVisibleAsync();
        Assert.True(await page.EvaluateAsync<bool>("() => window.neverReloaded === true"));
        await reader.FaultlessAsync();
        await Pictures.TakeAsync(page, "console", 480);

        await row.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.GetByText("is live")).ToBeVisibleAsync();
        await page.EvaluateAsync("() => { window.neverReloaded = true }");
        var ladder = page.Locator("table.ladder");
        await Expect(ladder.Locator("td.sip", new() { HasTextString = "INVITE" }).First).ToBeVisibleAsync();
        await Expect(ladder.Locator("td.iax2", new() { HasTextString = "NEW" }).First).ToBeVisibleAsync();
        await Expect(ladder.Locator("td.step", new() { HasTextString = "plan.csx" }).First).ToBeVisibleAsync();
        // A message opens to its text, by keyboard too.
        var invite = ladder.Locator("td.sip summary", new() { HasTextString = "INVITE" }).First;
        await invite.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(ladder.Locator("td.sip pre").First).ToContainTextAsync("a=rtpmap:8 PCMA/8000");
        await page.Keyboard.PressAsync("Enter");
        await reader.FaultlessAsync();
        await invite.BlurAsync();
        await Pictures.TakeAsync(page, "ladder", 760);

        await call.EndAsync();
        await Expect(page.GetByText("is over")).ToBeVisibleAsync(new() { Timeout = 90_000 });
        await Expect(ladder.Locator("td.sip", new() { HasTextString = "BYE" }).First).ToBeVisibleAsync();
        Assert.True(await page.EvaluateAsync<bool>("() => window.neverReloaded === true"));
        await call.EndedWellAsync();
        string text = await (await page.APIRequest.GetAsync(page.Url + ".txt")).TextAsync();
        Assert.Matches("INVITE", text);
        Assert.Matches("(?m)NEW.*$", text);
        // The same permalink at the other site tells the same.
        Assert.Equal(200, await reader.GoAsync(page.Url.Replace(live.Console("manchester"), live.Console("london"), StringComparison.Ordinal)));
        await Expect(ladder.Locator("td.iax2", new() { HasTextString = "NEW" }).First).ToBeVisibleAsync();
        await page.SetViewportSizeAsync(390, 844);
        await reader.FitsAsync();
        await reader.FaultlessAsync();
    }

    [Fact]
    public async Task Writing_is_unlocked_and_an_incident_goes_from_the_console_to_the_public()
    {
        await using var operatorsWindow = await chromium.OpenAsync();
        var page = operatorsWindow.Page;
        await operatorsWindow.GoAsync(live.Console("london") + "incidents");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Open the incident" })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Link, new() { Name = "unlock writing" }).ClickAsync();
        await page.GetByLabel("Who are you?").FillAsync("miriam");
        await page.GetByLabel("Why do you write?").FillAsync("ticket 7");
        await page.GetByRole(AriaRole.Button, new() { Name = "Unlock writing" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Main).GetByText(new Regex("miriam may write until"))).ToBeVisibleAsync();
        await operatorsWindow.FaultlessAsync();

        const string title = "The office is cut off";
        await page.GetByRole(AriaRole.Link, new() { Name = "Incidents" }).ClickAsync();
        await operatorsWindow.FaultlessAsync();
        await page.GetByLabel("Title", new() { Exact = true }).FillAsync(title);
        await page.GetByLabel("What is known").FillAsync("A digger **met** a cable.");
        await page.GetByLabel("Impact").SelectOptionAsync("critical");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open the incident" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = title, Level = 1 })).ToBeVisibleAsync();
        await Expect(page.GetByText("miriam at london: ticket 7")).ToBeVisibleAsync();
        await operatorsWindow.FaultlessAsync();

        await using var reader = await chromium.OpenAsync();
        await reader.GoAsync(live.Status("manchester"));
        await reader.ReloadUntilAsync(title);
        await Expect(reader.Page.Locator("article strong", new() { HasTextString = "met" })).ToBeVisibleAsync();
        Assert.DoesNotContain("miriam", await reader.Page.ContentAsync());

        await page.GetByLabel("What is new").FillAsync("The cable is mended.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Close the incident" }).ClickAsync();
        await Expect(page.Locator("#standing")).ToContainTextAsync("resolved");
        await reader.ReloadUntilAsync("The cable is mended.");
    }
}
