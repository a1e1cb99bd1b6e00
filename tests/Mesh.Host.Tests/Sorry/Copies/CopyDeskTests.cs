using System.Text;
using AngleSharp.Html.Parser;
using Mesh.Host.Commands;
using Mesh.Host.Sorry.Contents;
using Mesh.Host.Sorry.Copies;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Tests.Sorry.Copies;

/// <summary>Copies ordered, refreshed, shown.</summary>
public class CopyDeskTests
{
    [Fact]
    public async Task A_walk_over_the_copy_finds_every_page_and_asset_in_the_place_of_the_site()
    {
        await using var world = await CopyWorld.StartAsync("127.70.6.1", "127.70.6.2");
        string[] paths = ["/", "/help", "/help/", "/help/faq.html", "/products.php?id=1", "/products.php?id=2", "/a%20b/page"];
        string menu = string.Concat(paths.Select(p => $"<a href='{p}'>x</a>")) + "<a href='https://elsewhere.test/'>e</a>";
        foreach (string path in paths) world.Web.Pages[path] = $"<!doctype html><html><head><title>{path}</title><link rel=stylesheet href=/style.css></head><body>{menu}<img src='/img/one.png'><img src='/img.php?id=7'></body></html>";
        // As a server sees it.
        world.Web.Pages["/a b/page"] = world.Web.Pages["/a%20b/page"];
        await world.TakeAsync();
        Assert.Null(world.View.Fault);
        await world.Web.DisposeAsync();
        Assert.Null(await world.OnAsync());

        var found = new HashSet<string>();
        var assets = new HashSet<string>();
        var waiting = new Queue<Uri>([new Uri("http://walk/")]);
        var seen = new HashSet<string>();
        while (waiting.TryDequeue(out var at))
        {
            if (!seen.Add(at.PathAndQuery)) continue;
            var (status, type, body, answer) = await world.GetAsync(at.PathAndQuery);
            if (type == "text/html")
            {
                Assert.Equal(503, status);
                Assert.NotNull(answer.Headers.RetryAfter);
                Assert.Contains("noindex", string.Join(',', answer.Headers.GetValues("X-Robots-Tag")));
                Assert.DoesNotContain("script-src", answer.Headers.GetValues("Content-Security-Policy").Single());
                var page = new HtmlParser().ParseDocument(Encoding.UTF8.GetString(body));
                Assert.Contains("This is a copy of www.site.test", page.Body!.TextContent);
                // The page that was asked for, not the one that stands in for what is missing.
                Assert.Equal(Uri.UnescapeDataString(at.PathAndQuery), Uri.UnescapeDataString(page.Title!));
                found.Add(page.Title!);
                foreach (string reference in page.QuerySelectorAll("a[href]").Select(a => a.GetAttribute("href")!).Concat(page.QuerySelectorAll("img[src]").Select(i => i.GetAttribute("src")!)).Concat(page.QuerySelectorAll("link[href]").Select(l => l.GetAttribute("href")!)))
                    if (new Uri(at, reference) is { Host: "walk" } next) waiting.Enqueue(next);
            }
            else
            {
                Assert.Equal(200, status);
                assets.Add($"{at.AbsolutePath} {type}");
                if (type == "image/png") Assert.Equal(WebSite.Pixel, body);
                if (type == "text/css") CssReferences.Rewrite(Encoding.UTF8.GetString(body), reference => { waiting.Enqueue(new Uri(at, reference)); return reference; });
            }
        }
        Assert.Equal(paths.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        Assert.Equal(["/img/bg.png image/png", "/img/one.png image/png", "/more.css text/css", "/style.css text/css"], assets.Where(a => !a.StartsWith("/_copy", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Single(assets, a => a.StartsWith("/_copy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_refreshed_by_its_age_and_a_worse_one_is_not_believed()
    {
        await using var world = await CopyWorld.StartAsync("127.70.6.3", "127.70.6.4");
        world.Web.Pages["/"] = "<title>first</title>" + string.Concat(Enumerable.Range(0, 5).Select(i => $"<a href='/p{i}'>x</a>"));
        for (int i = 0; i < 5; i++) world.Web.Pages[$"/p{i}"] = "<p>x</p>";
        await world.TakeAsync();
        string first = world.View.Version!;
        int asked = world.Web.Asked.Count;
        await world.Desk.RefreshAsync(CancellationToken.None);
        Assert.Equal(asked, world.Web.Asked.Count);

        // Tonight's switch was ordered with today's copy; it shows the one there is tonight.
        Assert.Null(await world.OnAsync(o => o with { From = world.Time.GetUtcNow().AddDays(30), Message = "moving" }));
        world.Web.Pages["/"] = world.Web.Pages["/"].Replace("first", "second");
        world.Time.Skipped += TimeSpan.FromDays(1.1);
        await world.Desk.RefreshAsync(CancellationToken.None);
        string second = world.View.Version!;
        Assert.NotEqual(first, second);
        var notice = world.Switches.Board.Notices.Single();
        Assert.Equal((second, "moving"), (notice.Content[..12], notice.Message));
        Assert.Contains("second", Encoding.UTF8.GetString(world.Contents.Open(notice.Content)!.Read("index.html")!));

        // A site half gone, then one that fails.
        for (int i = 0; i < 5; i++) world.Web.Pages.TryRemove($"/p{i}", out _);
        world.Time.Skipped += TimeSpan.FromDays(1.1);
        await world.Desk.RefreshAsync(CancellationToken.None);
        Assert.Contains("not believed", world.View.Fault);
        Assert.Equal(second, world.View.Version);
        asked = world.Web.Asked.Count;
        await world.Desk.RefreshAsync(CancellationToken.None);
        Assert.Equal(asked, world.Web.Asked.Count);
        world.Web.IsDown = true;
        world.Time.Skipped += TimeSpan.FromHours(1.1);
        await world.Desk.RefreshAsync(CancellationToken.None);
        Assert.Contains("robots.txt answers 500", world.View.Fault);
        Assert.Equal(second, world.View.Version);

        // Well again; copies do not add up.
        world.Web.IsDown = false;
        for (int i = 0; i < 5; i++) world.Web.Pages[$"/p{i}"] = "<p>x</p>";
        for (int day = 0; day < 3; day++)
        {
            world.Time.Skipped += TimeSpan.FromDays(1.1);
            await world.Desk.RefreshAsync(CancellationToken.None);
            Assert.Null(world.View.Fault);
        }
        Assert.InRange(world.Contents.Versions(WebSite.Name).Count, 1, CopyDesk.Kept);
    }

    [Fact]
    public async Task What_is_switched_on_is_not_copied_nor_is_sorry_itself()
    {
        await using var world = await CopyWorld.StartAsync("127.70.6.5", "127.70.6.6");
        world.Web.Pages["/"] = "<title>x</title>";
        await world.TakeAsync();
        Assert.Null(await world.OnAsync());
        Assert.Contains("is switched on", await world.Desk.OrderAsync(new CopyOrder { Url = world.Web.Url }, "anna", ""));
        int asked = world.Web.Asked.Count;
        world.Time.Skipped += TimeSpan.FromDays(2);
        await world.Desk.RefreshAsync(CancellationToken.None);
        Assert.Equal(asked, world.Web.Asked.Count);

        Assert.Contains("an http or https address", await world.Desk.OrderAsync(new CopyOrder { Url = new Uri("ftp://x.test/") }, "anna", ""));
        Assert.Contains("at most 200 pages", await world.Desk.OrderAsync(new CopyOrder { Url = new Uri("http://x.test/"), Pages = 10_000 }, "anna", ""));
        Assert.Contains("at most every 1 hours", await world.Desk.OrderAsync(new CopyOrder { Url = new Uri("http://x.test/"), Refresh = 60 }, "anna", ""));
    }

    [Fact]
    public async Task The_commands_take_show_and_switch_on_a_copy()
    {
        await using var world = await CopyWorld.StartAsync("127.70.6.7", "127.70.6.8");
        world.Web.Pages["/"] = "<title>home</title><a href='/private/x'>p</a>";
        var (refused, _, why) = await Run(world, "on", WebSite.Name, "--http", "copy");
        Assert.Equal(ExitCode.Refused, refused);
        Assert.Contains("there is no copy of www.site.test", why);

        (int failed, _, why) = await Run(world, "copy", world.Web.Url.AbsoluteUri);
        Assert.Equal(ExitCode.Failed, failed);
        Assert.Contains("--allow-private", why);
        var (taken, said, _) = await Run(world, "copy", world.Web.Url.AbsoluteUri, "--allow-private", "--refresh", "daily", "--max-pages", "50", "--who", "anna");
        Assert.Equal(ExitCode.Ok, taken);
        Assert.Contains("robots:1", said);
        var entry = world.Journal.Read(CopyOrder.Kind).Last();
        Assert.Equal(("www.site.test", "anna", 86_400, 50, true), (entry.Subject, entry.Who, CopyOrder.Read(entry.Body)!.Refresh, CopyOrder.Read(entry.Body)!.Pages, CopyOrder.Read(entry.Body)!.AllowPrivate));
        var (listed, list, _) = await Run(world, "copies");
        Assert.Equal((ExitCode.Ok, true), (listed, list.Contains("www.site.test") && list.Contains("idle")));

        Assert.Equal(ExitCode.Ok, (await Run(world, "on", WebSite.Name, "--http", "copy")).ExitCode);
        Assert.Contains("<title>home</title>", await world.TextAsync("/"));
        Assert.Equal(ExitCode.Usage, (await Run(world, "copy", "ftp://x.test/")).ExitCode);
        Assert.Equal(ExitCode.Usage, (await Run(world, "copy", "https://x.test/", "--refresh", "often")).ExitCode);
    }

    private static async Task<(int ExitCode, string Output, string Error)> Run(CopyWorld world, params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        int code = await new MeshCommandLine(new Terminal(output, error, new Dictionary<string, string>()), null, null).RunAsync(["sorry", .. arguments, "--admin", world.AdminUrl]);
        return (code, output.ToString(), error.ToString());
    }
}
