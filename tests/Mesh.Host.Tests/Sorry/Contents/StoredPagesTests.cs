using System.Net;
using System.Text;
using Mesh.Host.Sorry.Contents;
using Mesh.Host.Sorry.Http;
using Mesh.Host.Sorry.Switches;
using Mesh.Host.Tests.Sorry.Customers;

namespace Mesh.Host.Tests.Sorry.Contents;

/// <summary>Stored pages as visitors, search engines and programs get them.</summary>
public class StoredPagesTests
{
    private const string Host = CustomerWorld.AnnasHost, First = "<!doctype html><link rel=stylesheet href=style.css><h1>Moving house</h1>";
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 1];

    [Fact]
    public async Task Pages_are_503_and_what_they_are_made_of_is_200_and_nothing_is_stored_indexed_or_run()
    {
        await using var world = await CustomerWorld.StartAsync("127.68.2.1");
        var version = await KeepAsync(world, Host, ("index.html", First), ("more/about.html", "<p>about</p>"), ("style.css", "h1{color:red}"), ("img/logo.png", null), ("readme.txt", "hello"));
        Assert.Null(await OnAsync(world, Host, version, o => o with { Message = "we move", Until = world.Clock.Now.AddMinutes(20) }));
        foreach (var (path, status, type, text) in ((string, int, string, string)[])
            [("/", 503, "text/html", First), ("/anything/at/all?x=y", 503, "text/html", First), ("/more/about.html", 503, "text/html", "<p>about</p>"), ("/more/about", 503, "text/html", "<p>about</p>"), ("/INDEX.HTML", 503, "text/html", First),
             ("/readme.txt", 503, "text/plain", "hello"), ("/style.css", 200, "text/css", "h1{color:red}"), ("/deep/page/style.css", 200, "text/css", "h1{color:red}"), ("/img/logo.png", 200, "image/png", null!), ("/a/img/logo.png", 200, "image/png", null!), ("/..%2f..%2fetc/passwd", 503, "text/html", First)])
        {
            using var answer = await world.VisitAsync(Host, path);
            Assert.True((int)answer.StatusCode == status, $"{path}: {answer.StatusCode}");
            Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
            if (text is not null) Assert.Equal(text, await answer.Content.ReadAsStringAsync());
            else Assert.Equal(Png, await answer.Content.ReadAsByteArrayAsync());
            Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
            Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
            Assert.Equal(["noindex"], answer.Headers.GetValues("X-Robots-Tag"));
            Assert.Equal(["we move"], answer.Headers.GetValues("X-Sorry"));
            string policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            Assert.StartsWith("default-src 'none'; ", policy);
            Assert.Contains("; sandbox ", policy);
            Assert.DoesNotContain("script", policy);
            Assert.DoesNotContain("allow-same-origin", policy);
            Assert.Equal(status == 503 ? 1200 : null, answer.Headers.RetryAfter?.Delta?.TotalSeconds);
        }
        // What is not stored, robots.txt, other methods and programs are answered as without stored pages.
        foreach (var (path, method, accept, starts) in ((string, HttpMethod, string, string)[])
            [("/missing.png", HttpMethod.Get, "*/*", "<!doctype html>"), ("/robots.txt", HttpMethod.Get, "*/*", "Out of service"), ("/", HttpMethod.Post, "text/html", "<!doctype html>"), ("/", HttpMethod.Get, "application/json", "{")])
        {
            using var answer = await world.VisitAsync(Host, path, accept, method);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            string body = await answer.Content.ReadAsStringAsync();
            Assert.StartsWith(starts, body);
            Assert.DoesNotContain("Moving house", body);
        }
        using (var head = await world.VisitAsync(Host, "/style.css", method: HttpMethod.Head))
        {
            Assert.Equal(13, head.Content.Headers.ContentLength);
            Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        }
        Assert.Equal((7, 5), (world.Responder.Counters.Of(HttpOutcome.Stored), world.Responder.Counters.Of(HttpOutcome.Asset)));
    }

    [Fact]
    public async Task Only_the_host_that_is_switched_shows_them_and_only_while_it_is()
    {
        await using var world = await CustomerWorld.StartAsync("127.68.2.2");
        var version = await KeepAsync(world, Host, ("index.html", First));
        Assert.Null(await OnAsync(world, Host, version, o => o with { From = world.Clock.Now.AddHours(1), Until = world.Clock.Now.AddHours(2) }));
        Assert.DoesNotContain("Moving", await TextAsync(world, Host));
        world.Clock.Now += TimeSpan.FromMinutes(61);
        Assert.Contains("Moving", await TextAsync(world, Host));
        Assert.DoesNotContain("Moving", await TextAsync(world, "other.example.org"));
        world.Clock.Now += TimeSpan.FromHours(1);
        Assert.DoesNotContain("Moving", await TextAsync(world, Host));
    }

    [Fact]
    public async Task Until_the_pages_have_come_to_a_site_it_shows_the_usual_one()
    {
        await using var world = await CustomerWorld.StartAsync("127.68.2.3");
        var version = await KeepAsync(world, Host, ("index.html", First));
        Assert.Null(await OnAsync(world, Host, version));
        File.Move(world.Store.PathOf(version.Id), world.Store.PathOf(version.Id) + ".away");
        Assert.Contains("cannot be reached", await TextAsync(world, Host));
        File.Move(world.Store.PathOf(version.Id) + ".away", world.Store.PathOf(version.Id));
        Assert.Contains("Moving", await TextAsync(world, Host));
    }

    [Fact]
    public async Task A_preview_is_at_an_address_that_cannot_be_guessed_and_ends_with_the_version()
    {
        await using var world = await CustomerWorld.StartAsync("127.68.2.4");
        var version = await KeepAsync(world, Host, ("index.html", First), ("style.css", "h1{}"));
        var other = await KeepAsync(world, "www.tom.example", ("index.html", First), ("style.css", "h1{}"));
        string path = world.Contents.PreviewPath(version);
        Assert.Matches("^/\\.preview/[0-9a-f]{32}/$", path);
        Assert.NotEqual(path, world.Contents.PreviewPath(other));
        // Of any host, as no name of the customer's leads here yet.
        using (var shown = await world.VisitAsync("127.68.2.4", path))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, shown.StatusCode);
            Assert.Equal(["preview"], shown.Headers.GetValues("X-Sorry"));
            Assert.Contains("; sandbox ", shown.Headers.GetValues("Content-Security-Policy").Single());
            Assert.Equal("no-referrer", shown.Headers.GetValues("Referrer-Policy").Single());
            Assert.Equal(First, await shown.Content.ReadAsStringAsync());
        }
        using (var style = await world.VisitAsync("127.68.2.4", path + "style.css")) Assert.Equal("h1{}", await style.Content.ReadAsStringAsync());
        using (var bare = await world.VisitAsync("127.68.2.4", path.TrimEnd('/'))) Assert.Equal(path, bare.Headers.Location!.ToString());
        using (var named = await world.VisitAsync(path.Split('/')[2] + ".preview.example", "/style.css")) Assert.Equal("h1{}", await named.Content.ReadAsStringAsync());
        foreach (string wrong in (string[])[path.ToUpperInvariant(), path.Replace(path[12], path[12] == '0' ? '1' : '0'), "/.preview/", "/.preview/" + version.Id + "/", path[..^3] + "/", "/.preview/../.preview/"])
            using (var nothing = await world.VisitAsync("127.68.2.4", wrong)) Assert.Equal(["unlisted"], nothing.Headers.GetValues("X-Sorry"));
        Assert.Null(await world.Contents.DropAsync(version, "operator"));
        using (var gone = await world.VisitAsync("127.68.2.4", path)) Assert.Equal(["unlisted"], gone.Headers.GetValues("X-Sorry"));
    }

    private static async Task<string> TextAsync(CustomerWorld world, string host)
    {
        using var answer = await world.VisitAsync(host);
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task<ContentVersion> KeepAsync(CustomerWorld world, string host, params (string Path, string? Text)[] files)
    {
        var outcome = await world.Contents.KeepAsync(host, new ContentOffer(ContentKind.Upload, [.. files.Select(f => new ContentFile(f.Path, f.Text is null ? Png : Encoding.UTF8.GetBytes(f.Text)))], "", "anna", "anna", ""));
        Assert.Null(outcome.Fault);
        return outcome.Version!;
    }

    private static Task<string?> OnAsync(CustomerWorld world, string host, ContentVersion version, Func<SorryOrder, SorryOrder>? more = null) =>
        world.Switches.OrderAsync(host, (more ?? (o => o))(new SorryOrder { On = true, Answers = [SorryAnswer.Page], Content = version.Id }), "anna", "");
}
