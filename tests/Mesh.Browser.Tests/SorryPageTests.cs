namespace Mesh.Browser.Tests;

/// <summary>The page that says sorry, as somebody sees it who wanted the web site that is down.</summary>
[Collection(BrowserCollection.Name)]
public sealed class SorryPageTests(Chromium chromium, LiveSites live)
{
    private const string Url = $"http://{Chromium.DownHost}:8082/basket?item=7";

    [Theory]
    [Trait(Pictures.Trait, Pictures.Docs)]
    [InlineData("en-GB", false, 1280, "Out of service", "is expected back by")]
    [InlineData("de-DE", true, 390, "Außer Betrieb", "Voraussichtlich wieder da:")]
    [InlineData("fr-FR", true, 1280, "Out of service", "is expected back by")]
    [InlineData("de-AT", false, 390, "Außer Betrieb", "Voraussichtlich wieder da:")]
    public async Task Whoever_wanted_the_site_that_is_down_is_told_so_in_their_language(string language, bool dark, int width, string title, string until)
    {
        await live.MeshAsync("london", "sorry", "on", Chromium.DownHost, "--http", "page", "--until", "2h", "--message", "We move house & are back at four.", "--who", "anna");
        await using var reader = await chromium.OpenAsync(new() { Language = language, Dark = dark, Width = width });
        Assert.Equal(503, await reader.GoAsync(Url));
        await Expect(reader.Page.GetByRole(AriaRole.Heading, new() { Name = title })).ToBeVisibleAsync();
        await Expect(reader.Page.GetByText("We move house & are back at four.")).ToBeVisibleAsync();
        await Expect(reader.Page.GetByText(until)).ToBeVisibleAsync();
        await Expect(reader.Page.Locator("html")).ToHaveAttributeAsync("lang", language[..2] == "de" ? "de" : "en");
        await Expect(reader.Page.Locator("body")).ToHaveCSSAsync("background-color", dark ? "rgb(23, 23, 26)" : "rgb(255, 255, 255)");
        await reader.FitsAsync();
        await reader.FaultlessAsync();
        if (width == 390 && dark) await Pictures.TakeAsync(reader.Page, "sorry", 420);
    }

    [Fact]
    public async Task Without_a_switch_the_page_names_the_host_and_without_JavaScript_it_is_the_same()
    {
        await live.MeshAsync("london", "sorry", "off", Chromium.DownHost, "--http", "--who", "anna");
        await using var reader = await chromium.OpenAsync(new() { Scripts = false });
        Assert.Equal(503, await reader.GoAsync(Url));
        await Expect(reader.Page.GetByText($"{Chromium.DownHost} cannot be reached at the moment. We are sorry.")).ToBeVisibleAsync();
    }
}
