using System.Net;
using Mesh.Host.Status.Pages;

namespace Mesh.Host.Tests.Status;

/// <summary>The real listener, on loopback.</summary>
public sealed class StatusListenerTests
{
    [Fact]
    public async Task It_answers_readers_in_their_language_with_a_strict_policy()
    {
        await using var listener = await StatusListening.Listen("127.63.0.1", [StatusScenes.Incident()]);
        using var http = new HttpClient { BaseAddress = new Uri(listener.Url) };
        http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de-DE,en;q=0.5");
        using var page = await http.GetAsync("/");
        Assert.Equal((HttpStatusCode.OK, "text/html; charset=utf-8"), (page.StatusCode, page.Content.Headers.ContentType!.ToString()));
        Assert.Equal("de", Assert.Single(page.Content.Headers.ContentLanguage));
        Assert.Equal("Accept-Language", Assert.Single(page.Headers.Vary));
        Assert.Equal("60", Assert.Single(page.Headers.GetValues("Refresh")));
        Assert.Equal("nosniff", Assert.Single(page.Headers.GetValues("X-Content-Type-Options")));
        Assert.False(page.Headers.Contains("Server"));
        string policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; ", policy);
        Assert.Equal(PageStyle.ContentSecurityPolicy(null), policy);
        Assert.Equal("Aktuelle Störungen", StatusScenes.Parse(await page.Content.ReadAsStringAsync()).All("h2").First().Value);

        using var english = await http.GetAsync("/en/");
        Assert.Empty(english.Headers.Vary);
        using var missing = await http.GetAsync("/incidents/none/");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        using var found = await http.GetAsync("/incidents/i-7");
        Assert.Equal("/incidents/i-7/", found.RequestMessage!.RequestUri!.AbsolutePath);
    }

    [Fact]
    public async Task It_reads_only_and_programs_of_other_pages_may_read_too()
    {
        await using var listener = await StatusListening.Listen("127.63.0.2", []);
        using var http = new HttpClient { BaseAddress = new Uri(listener.Url) };
        foreach (var method in (HttpMethod[])[HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Options, HttpMethod.Trace])
        {
            using var request = new HttpRequestMessage(method, "/");
            using var refused = await http.SendAsync(request);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, refused.StatusCode);
            Assert.Equal(["GET", "HEAD"], refused.Content.Headers.Allow);
        }
        using var head = await http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/"));
        Assert.True(head.Content.Headers.ContentLength > 1000);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        using var json = await http.GetAsync("/api/v2/summary.json");
        Assert.Equal(("*", "application/json; charset=utf-8"), (Assert.Single(json.Headers.GetValues("Access-Control-Allow-Origin")), json.Content.Headers.ContentType!.ToString()));
        using var badge = await http.GetAsync("/badge.svg");
        Assert.Equal("image/svg+xml; charset=utf-8", badge.Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task A_hundred_readers_at_once_are_all_answered()
    {
        await using var listener = await StatusListening.Listen("127.63.0.3", [StatusScenes.Incident()]);
        using var http = new HttpClient { BaseAddress = new Uri(listener.Url) };
        var pages = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => http.GetStringAsync("/en/")));
        Assert.Single(pages.Distinct());
    }
}
