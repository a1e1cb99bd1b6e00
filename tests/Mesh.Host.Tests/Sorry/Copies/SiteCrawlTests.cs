using System.Net;
using System.Text;
using Mesh.Host.Sorry.Contents;
using Mesh.Host.Sorry.Copies;

namespace Mesh.Host.Tests.Sorry.Copies;

/// <summary>Copies taken of a real web server, in time that runs twenty times as fast.</summary>
public class SiteCrawlTests
{
    private const double Factor = 20;

    private static readonly CopyLimits Limits = new() { FileOctets = 1_000_000, AnswerWithin = TimeSpan.FromSeconds(60) };

    [Fact]
    public async Task A_site_is_taken_whole_politely_and_what_is_not_to_be_taken_is_not_asked_for()
    {
        await using var site = await WebSite.StartAsync("127.70.5.1");
        site.Pages["/"] = """
            <!doctype html><html lang="en"><head><title>Home</title><link rel="stylesheet" href="style.css"><script src="/app.js"></script></head><body onload="go()">
            <img src="/img/one.png" srcset="/img/one.png 1x, /img/two.png 2x"><img data-src="/img/late.png" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">
            <a href="/help">help</a> <a href="/help?lang=de#top">hilfe</a> <a href="/old">old</a> <a href="/private/secret.html">p</a> <a href="/private/open.html">o</a>
            <a href="/not-followed" rel="nofollow">n</a> <a href="https://elsewhere.test/">e</a> <a href="/kept-away">k</a> <a href="mailto:a@site.test">m</a>
            <img src="https://cdn.test/x.png"><img src="/private/logo.png"><form action="/login"><input name="user"></form></body></html>
            """;
        site.Pages["/help"] = "<title>Help</title><a href='/'>home</a><a href='//www.site.test:8090/deep/page.html'>deep</a>";
        site.Pages["/help?lang=de"] = "<html lang=de><title>Hilfe</title><a href='help'>english</a>";
        site.Pages["/deep/page.html"] = "<base href='/deep/er/'><title>Deep</title><a href='../../help'>help</a><img src='../../img/one.png'>";
        site.Pages["/private/open.html"] = "<title>Open</title>";
        site.Pages["/kept-away"] = "<meta name='robots' content='noarchive'><a href='/behind'>b</a>";
        site.Pages["/behind"] = "<title>Behind</title>";

        var copy = await RunAsync(site, Limits);
        Assert.Null(copy.Fault);
        Assert.Equal(["behind.html", "deep/page.html", "help%3Flang%3Dde.html", "help.html", "img/bg.png", "img/late.png", "img/one.png", "img/two.png", "index.html", "more.css", "private/open.html", "style.css"],
            copy.Files.Select(f => f.Path).Where(p => !p.StartsWith("_copy/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.EndsWith(".png", Assert.Single(copy.Files, f => f.Path.StartsWith("_copy/", StringComparison.Ordinal)).Path);
        Assert.Null(ContentCheck.Fault(new ContentOffer(ContentKind.Copy, copy.Files, "", "x", "x", ""), new ContentLimits()));
        Assert.Equal(6, copy.Pages);
        foreach (string never in (string[])["/app.js", "/private/secret.html", "/private/logo.png", "/not-followed", "/login"]) Assert.Equal(0, site.Times(never));
        Assert.Equal((2, 1, 2, 1), (copy.Left["robots"], copy.Left["nofollow"], copy.Left["elsewhere"], copy.Left["noarchive"]));

        // As the server saw it: one thing at a time, the second between them, our name, no cookie, nothing twice.
        Assert.False(site.WasHurried);
        Assert.True(site.ShortestGap >= 1000 / Factor * 0.9, $"{site.ShortestGap} ms between two requests");
        Assert.All(site.Asked, a => Assert.Matches("^Mesh-Sorry/[0-9]", a.Agent));
        Assert.DoesNotContain(site.Asked, a => a.HadCookie);
        Assert.All(site.Asked.Where(a => a.Path != "/help").GroupBy(a => a.Path), g => Assert.Single(g));

        string home = Text(copy, "index.html");
        foreach (string gone in (string[])["<script", "onload", "action=", "cdn.test", "/private/logo.png", "style.css\" integrity"]) Assert.DoesNotContain(gone, home);
        foreach (string there in (string[])["href=\"style.css\"", "src=\"img/one.png\"", "img/two.png 2x", "src=\"img/late.png\"", "href=\"help?lang=de#top\"", "disabled", "This is a copy of www.site.test", "noindex", "mailto:a@site.test"])
            Assert.Contains(there, home);
        // What moved is referred to where it is now.
        Assert.DoesNotContain("href=\"old\"", home);
        Assert.Contains("Dies ist eine Kopie von www.site.test", Text(copy, "help%3Flang%3Dde.html"));
        Assert.Contains("href=\"../help\"", Text(copy, "deep/page.html"));
        Assert.Contains("src=\"../img/one.png\"", Text(copy, "deep/page.html"));
        Assert.Contains("url(\"_copy/", Text(copy, "style.css"));
        Assert.Contains("@import \"more.css\"", Text(copy, "style.css"));
    }

    [Fact]
    public async Task A_longer_crawl_delay_is_kept_to()
    {
        await using var site = await WebSite.StartAsync("127.70.5.2");
        site.Robots = "User-agent: *\nCrawl-delay: 3\nDisallow:\n";
        site.Pages["/"] = "<a href='/a'>a</a><a href='/b'>b</a>";
        site.Pages["/a"] = site.Pages["/b"] = "<p>x</p>";
        Assert.Equal(3, (await RunAsync(site, Limits)).Pages);
        Assert.True(site.ShortestGap >= 3000 / Factor * 0.9, $"{site.ShortestGap} ms");
    }

    [Fact]
    public async Task No_trap_holds_it_and_each_is_counted()
    {
        await using var site = await WebSite.StartAsync("127.70.5.3");
        await using var inner = await WebSite.StartAsync("127.70.5.9");
        string[] traps = ["/drip", "/huge", "/huge-chunked", "/bomb", "/out", "/metadata", "/round", "/doc.exe", "/gone", "/filter?n=1", "/maze/maze/", "/calendar/1", "/" + new string('x', 2_000)];
        site.Pages["/"] = string.Concat(traps.Select(t => $"<a href='{t}'>x</a>")) + "<img src='/fake.png'>";
        long before = GC.GetTotalAllocatedBytes();
        var copy = await RunAsync(site, Limits with { Depth = 6, Queries = 4, AnswerWithin = TimeSpan.FromSeconds(120) });
        Assert.Null(copy.Fault);
        var expected = new Dictionary<string, int>
        {
            // Of fake.png and doc.exe; of drip; the two huge ones and the bomb; out and metadata; and so on.
            ["kind"] = 2, ["time"] = 1, ["size"] = 3, ["elsewhere"] = 2, ["redirects"] = 1, ["status"] = 1, ["queries"] = 1, ["depth"] = 1,
            // The long one, and the maze at its third turn.
            ["address"] = 2,
        };
        Assert.Equal(expected.OrderBy(e => e.Key), copy.Left.OrderBy(e => e.Key));
        Assert.Equal(6, site.Asked.Count(a => a.Path.StartsWith("/calendar/", StringComparison.Ordinal)));
        Assert.Equal(4, site.Asked.Count(a => a.Path.StartsWith("/filter", StringComparison.Ordinal)));
        Assert.Empty(inner.Asked);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 2_000_000_000L);
        Assert.All(copy.Files, f => Assert.True(f.Octets.Length < Limits.FileOctets));
    }

    [Theory]
    [InlineData("pages", 3, 400, 50_000_000L)]
    [InlineData("files", 200, 4, 50_000_000L)]
    [InlineData("octets", 200, 400, 1_000L)]
    public async Task Each_bound_ends_it_with_what_there_is(string bound, int pages, int files, long octets)
    {
        await using var site = await WebSite.StartAsync("127.70.5.4");
        site.Pages["/"] = string.Concat(Enumerable.Range(0, 8).Select(i => $"<a href='/p{i}'>x</a>"));
        for (int i = 0; i < 8; i++) site.Pages[$"/p{i}"] = $"<p>{i} {new string('x', 300)}</p>";
        var copy = await RunAsync(site, Limits with { Pages = pages, Files = files, Octets = octets, Delay = TimeSpan.FromMilliseconds(100) });
        Assert.Null(copy.Fault);
        Assert.InRange(copy.Pages, 2, 4);
        Assert.True(copy.Left[bound] > 0);
        Assert.Single(copy.Left);
    }

    [Fact]
    public async Task Time_ends_it_and_a_site_that_fails_is_left_alone()
    {
        await using var site = await WebSite.StartAsync("127.70.5.5");
        site.Pages["/"] = "<a href='/calendar/1'>x</a>";
        var copy = await RunAsync(site, Limits with { Depth = 10_000, Within = TimeSpan.FromSeconds(30) });
        Assert.Null(copy.Fault);
        Assert.InRange(copy.Pages, 1, 31);

        site.Pages["/"] = string.Concat(Enumerable.Range(0, 20).Select(i => $"<a href='/p{i}'>x</a>"));
        site.Asked.Clear();
        site.Robots = "";
        site.DiesAfter = "/";
        Assert.Contains("stopped answering", (await RunAsync(site, Limits)).Fault);
        Assert.Equal(2 + SiteCrawl.Patience, site.Asked.Count);
    }

    [Fact]
    public async Task Private_addresses_are_refused_when_connected_to_whatever_a_name_said_before()
    {
        await using var site = await WebSite.StartAsync("127.70.5.6");
        await using var inner = await WebSite.StartAsync("127.70.5.7");
        site.Pages["/"] = "<a href='/a'>a</a><a href='/b'>b</a>";
        site.Pages["/a"] = inner.Pages["/a"] = inner.Pages["/b"] = "<p>x</p>";
        using (var guarded = new CopySource(Limits, PrivateAddress.Is, TimeProvider.System, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(site.Address)])))
            Assert.Contains("has a private address; --allow-private", (await new SiteCrawl(guarded, Limits, new ContentLimits(), new FastTime(Factor)).RunAsync(site.Url, CancellationToken.None)).Fault);
        using (var literal = new CopySource(Limits, PrivateAddress.Is, TimeProvider.System))
            Assert.Contains("has a private address", (await new SiteCrawl(literal, Limits, new ContentLimits(), new FastTime(Factor)).RunAsync(new Uri($"http://{site.Address}:{WebSite.Port}/"), CancellationToken.None)).Fault);
        Assert.Empty(site.Asked);

        // Public at first, then within: as if 127.70.5.6 were out there. Each connection asks the name again.
        site.Closes = true;
        int looked = 0;
        using var rebound = new CopySource(Limits, a => !a.Equals(IPAddress.Parse(site.Address)), TimeProvider.System,
            (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(Interlocked.Increment(ref looked) <= 3 ? site.Address : inner.Address)]));
        var copy = await new SiteCrawl(rebound, Limits, new ContentLimits(), new FastTime(Factor)).RunAsync(site.Url, CancellationToken.None);
        Assert.Equal(1, copy.Left["private"]);
        Assert.Equal(4, looked);
        Assert.Empty(inner.Asked);
    }

    [Theory]
    [InlineData("User-agent: *\nDisallow: /\n", "its robots.txt asks that this page not be taken")]
    [InlineData(null, "its robots.txt answers 500")]
    public async Task What_may_not_be_taken_is_said(string? robots, string says)
    {
        await using var site = await WebSite.StartAsync("127.70.5.8");
        site.Robots = robots ?? "";
        site.IsDown = robots is null;
        site.Pages["/"] = "<p>x</p>";
        Assert.Contains(says, (await RunAsync(site, Limits)).Fault);
        Assert.Equal("/robots.txt", Assert.Single(site.Asked).Path);
    }

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("169.254.169.254", true)]
    [InlineData("192.168.1.1", true)]
    [InlineData("100.64.0.1", true)]
    [InlineData("0.0.0.0", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:10.0.0.1", true)]
    [InlineData("fe80::1", true)]
    [InlineData("fd00::1", true)]
    [InlineData("2002:7f00:1::", true)]
    [InlineData("64:ff9b::7f00:1", true)]
    [InlineData("8.8.8.8", false)]
    [InlineData("172.32.0.1", false)]
    [InlineData("2a00:1450:4009::1", false)]
    public void Private_is(string address, bool isPrivate) => Assert.Equal(isPrivate, PrivateAddress.Is(IPAddress.Parse(address)));

    internal static CopySource Source(WebSite site, CopyLimits limits) =>
        new(limits, static _ => false, new FastTime(Factor), (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(site.Address)]));

    private static async Task<CopyResult> RunAsync(WebSite site, CopyLimits limits)
    {
        using var source = Source(site, limits);
        return await new SiteCrawl(source, limits, new ContentLimits(), new FastTime(Factor)).RunAsync(site.Url, CancellationToken.None);
    }

    private static string Text(CopyResult copy, string path) => Encoding.UTF8.GetString(copy.Files.Single(f => f.Path == path).Octets.Span);
}
