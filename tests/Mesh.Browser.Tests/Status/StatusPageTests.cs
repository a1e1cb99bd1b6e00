using System.Text.RegularExpressions;

namespace Mesh.Browser.Tests.Status;

/// <summary>The status page of a running site, as people with different browsers see it.</summary>
[Collection(BrowserCollection.Name)]
public sealed class StatusPageTests(Chromium chromium, LiveSites live)
{
    private const string Stops = "a[href], button, input:not([tabindex='-1'])";

    [Theory]
    [InlineData(1280, false, "en-GB")]
    [InlineData(1280, true, "de-DE")]
    [InlineData(390, false, "de-DE")]
    [InlineData(390, true, "en-GB")]
    [InlineData(320, false, "de-DE")]
    public async Task The_overview_of_a_running_site_fits_and_has_no_fault(int width, bool dark, string language)
    {
        await using var reader = await chromium.OpenAsync(new() { Width = width, Dark = dark, Language = language });
        Assert.Equal(200, await reader.GoAsync(live.Status("london")));
        await reader.ReloadUntilAsync("manchester");
        bool german = language.StartsWith("de", StringComparison.Ordinal);
        await Expect(reader.Page).ToHaveTitleAsync(german ? "Example Ltd: Status" : "Example Ltd status");
        await Expect(reader.Page.Locator("body")).ToHaveCSSAsync("background-color", dark ? "rgb(20, 23, 26)" : "rgb(255, 255, 255)");
        await Expect(reader.Page.GetByRole(AriaRole.Link, new() { Name = german ? "Telefonie in london" : "Telephone calls at london" })).ToBeVisibleAsync();
        await reader.FitsAsync();
        await reader.FaultlessAsync();
    }

    [Fact]
    public async Task Without_JavaScript_nothing_is_missing_but_the_readers_own_time()
    {
        await using var example = await ExampleStatus.StartAsync();
        await using var with = await chromium.OpenAsync(new() { TimeZone = "Asia/Tokyo" });
        await using var without = await chromium.OpenAsync(new() { Scripts = false, TimeZone = "Asia/Tokyo" });
        await with.GoAsync(example.Url);
        await without.GoAsync(example.Url);
        string plain = await without.Page.Locator("body").InnerTextAsync(), more = await with.Page.Locator("body").InnerTextAsync();
        Assert.Contains("Telephone calls at london", plain);
        Assert.Contains("23 November 2026, 07:59 UTC (23 Nov 2026, 16:59)", more);
        Assert.Equal(plain, Regex.Replace(more, @" \([^()]*\d:\d\d[^()]*\)", ""));

        await without.GoAsync(live.Status("london"));
        await without.Page.GetByRole(AriaRole.Link, new() { Name = "Deutsch" }).ClickAsync();
        await Expect(without.Page.GetByRole(AriaRole.Heading, new() { Name = "Dienste" })).ToBeVisibleAsync();
        await without.Page.GetByRole(AriaRole.Link, new() { Name = "Telefonie in london" }).ClickAsync();
        await Expect(without.Page.GetByRole(AriaRole.Table)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Times_are_UTC_and_the_readers_own_is_added()
    {
        await using var example = await ExampleStatus.StartAsync();
        await using var reader = await chromium.OpenAsync(new() { Language = "de-DE", TimeZone = "Asia/Tokyo" });
        await reader.GoAsync(example.Url);
        await Expect(reader.Page.Locator("time.at").First).ToHaveTextAsync("23. November 2026, 07:59 UTC (23.11.2026, 16:59)");
    }

    [Fact]
    public async Task Old_figures_are_said_to_be_old_in_red()
    {
        await using var example = await ExampleStatus.StartAsync(age: TimeSpan.FromMinutes(10));
        await using var reader = await chromium.OpenAsync();
        await reader.GoAsync(example.Url);
        var stale = reader.Page.Locator(".stale");
        await Expect(stale).ToContainTextAsync("Last updated: 23 November 2026, 07:50 UTC");
        await Expect(stale).ToContainTextAsync("These figures are old");
        await Expect(stale).ToHaveCSSAsync("color", "rgb(163, 20, 30)");
        await reader.FaultlessAsync();
    }

    [Fact]
    public async Task A_page_left_open_says_so_in_red_after_five_minutes()
    {
        await using var example = await ExampleStatus.StartAsync();
        await using var reader = await chromium.OpenAsync();
        await reader.GoAsync(example.Url);
        var old = reader.Page.GetByText("This page has been open for more than five minutes");
        await Expect(old).ToBeHiddenAsync();
        async Task OpenForAsync(int seconds) => Assert.Equal(1, await reader.Page.EvaluateAsync<int>("ms => { const all = document.getAnimations(); for (const a of all) a.currentTime = ms; return all.length }", seconds * 1000));
        await OpenForAsync(290);
        await Expect(old).ToBeHiddenAsync();
        await OpenForAsync(301);
        await Expect(old).ToBeVisibleAsync();
        await Expect(old).ToHaveCSSAsync("color", "rgb(163, 20, 30)");
        await reader.FaultlessAsync();
    }

    [Fact]
    public async Task The_keyboard_alone_reaches_everything_and_shows_where_it_is()
    {
        await using var example = await ExampleStatus.StartAsync();
        await using var reader = await chromium.OpenAsync();
        await reader.GoAsync(example.Url);
        var page = reader.Page;
        await page.Keyboard.PressAsync("Tab");
        var skip = page.GetByRole(AriaRole.Link, new() { Name = "Skip to content" });
        await Expect(skip).ToBeFocusedAsync();
        await Expect(skip).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("main")).ToBeFocusedAsync();

        await reader.GoAsync(example.Url);
        int stops = await page.Locator(Stops).CountAsync();
        var reached = new List<int>();
        for (int i = 0; i < stops; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            var focused = page.Locator(":focus");
            await Expect(focused).ToBeInViewportAsync();
            await Expect(focused).ToHaveCSSAsync("outline", new Regex("solid 3px"));
            reached.Add(await focused.EvaluateAsync<int>($"e => [...document.querySelectorAll(\"{Stops}\")].indexOf(e)"));
        }
        Assert.Equal(Enumerable.Range(0, stops), reached);
    }

    [Theory]
    [InlineData("en", false)]
    [InlineData("de", true)]
    public async Task Every_page_there_is_has_no_fault(string language, bool dark)
    {
        await using var example = await ExampleStatus.StartAsync();
        await using var reader = await chromium.OpenAsync(new() { Dark = dark, Width = 390 });
        using var http = new HttpClient();
        var pages = (await http.GetStringAsync($"{example.Url}/paths.txt")).Split('\n').Where(p => p.StartsWith($"{language}/", StringComparison.Ordinal) && p.EndsWith('/')).ToList();
        Assert.True(pages.Count >= 10, string.Join(' ', pages));
        foreach (string path in pages.Append($"{language}/incidents/none/"))
        {
            Assert.Equal(path.Contains("none", StringComparison.Ordinal) ? 404 : 200, await reader.GoAsync($"{example.Url}/{path}"));
            await reader.FitsAsync();
            await reader.FaultlessAsync();
        }
    }

    [Theory]
    [Trait(Pictures.Trait, Pictures.Docs)]
    [InlineData("status-light", false, 900, 900)]
    [InlineData("status-dark", true, 900, 900)]
    [InlineData("status-phone", false, 390, 760)]
    public async Task Pictures_of_it_are_taken(string name, bool dark, int width, int height)
    {
        await using var example = await ExampleStatus.StartAsync();
        await using var reader = await chromium.OpenAsync(new() { Dark = dark, Width = width });
        await reader.GoAsync(example.Url);
        await Pictures.TakeAsync(reader.Page, name, height);
    }
}
