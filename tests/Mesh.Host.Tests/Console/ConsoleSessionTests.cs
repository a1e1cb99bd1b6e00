using System.Net;

namespace Mesh.Host.Tests.Console;

/// <summary>Somebody from elsewhere signs in with the token.</summary>
public sealed class ConsoleSessionTests : IAsyncLifetime
{
    private static readonly IPAddress Elsewhere = IPAddress.Parse("192.0.2.9");
    private readonly ManualClock clock = new();
    private ConsoleSite site = null!;
    private Browser browser = null!;

    public async Task InitializeAsync()
    {
        site = await ConsoleSite.StartAsync(ConsoleModels.One("127.64.3.1"), clock, Elsewhere);
        browser = new Browser(site.Url);
    }

    public async Task DisposeAsync()
    {
        browser.Dispose();
        await site.DisposeAsync();
    }

    [Fact]
    public async Task A_stranger_is_led_to_sign_in_then_to_where_they_wanted_and_out_again()
    {
        var away = await browser.GetAsync("/console/phones?x=1");
        Assert.Equal((HttpStatusCode.Redirect, "/console/sign-in?to=%2Fconsole%2Fphones%3Fx%3D1"), (away.Status, away.Location));
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/calls")).Status);
        var wrong = await browser.SubmitAsync(away.Location!, "/console/sign-in", ("token", "guess"));
        Assert.Equal((HttpStatusCode.Forbidden, true), (wrong.Status, wrong.Page.Value.Contains("not the token")));
        var right = await browser.SubmitAsync(away.Location!, "/console/sign-in", ("token", ConsoleModels.Token));
        Assert.Equal((HttpStatusCode.RedirectMethod, "/console/phones?x=1"), (right.Status, right.Location));
        Assert.Equal(["httponly", "path=/console", "samesite=strict"], browser.SetCookie.Split("; ").Skip(1).Order());
        Assert.Contains("signed in, read only", (await browser.GetAsync("/console/phones")).ById("reader")!.Value);
        // A cookie opens the console only.
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/calls")).Status);

        string kept = browser.Cookie;
        await browser.SubmitAsync("/console/site", "/console/sign-out");
        Assert.Equal("", browser.Cookie);
        browser.Cookie = kept;
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/console/")).Status);
    }

    [Fact]
    public async Task An_id_from_before_signing_in_or_before_writing_is_worth_nothing_after()
    {
        await browser.GetAsync("/console/sign-in");
        string before = browser.Cookie;
        Assert.NotEqual("", before);
        await browser.SignInAsync();
        string signedIn = browser.Cookie;
        Assert.NotEqual(before, signedIn);
        await browser.UnlockAsync();
        string writing = browser.Cookie;
        Assert.NotEqual(signedIn, writing);
        foreach (string old in (string[])[before, signedIn, "mesh_console=" + new string('x', 43)])
        {
            browser.Cookie = old;
            Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/console/")).Status);
        }
        // An id that somebody planted is not taken over.
        browser.Cookie = "mesh_console=planted";
        await browser.SignInAsync();
        Assert.NotEqual("mesh_console=planted", browser.Cookie);
        browser.Cookie = writing;
        Assert.Contains("may write", (await browser.GetAsync("/console/")).ById("reader")!.Value);
    }

    [Fact]
    public async Task A_session_ends_when_idle_and_at_its_end_and_event_streams_do_not_keep_it()
    {
        await browser.SignInAsync();
        for (int i = 0; i < 5; i++)
        {
            clock.Advance(TimeSpan.FromMinutes(119));
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/console/")).Status);
        }
        clock.Advance(TimeSpan.FromMinutes(60));
        await ReadStreamAsync();
        clock.Advance(TimeSpan.FromMinutes(60));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/console/")).Status);

        await browser.SignInAsync();
        for (int i = 0; i < 11; i++)
        {
            clock.Advance(TimeSpan.FromHours(1));
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/console/")).Status);
        }
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/console/")).Status);

        async Task ReadStreamAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/console/feeds/calls");
            request.Headers.TryAddWithoutValidation("Cookie", browser.Cookie);
            using var response = await browser.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact]
    public async Task Tokens_cannot_be_tried_out()
    {
        for (int i = 0; i < 5; i++) Assert.Equal(HttpStatusCode.Forbidden, (await browser.SubmitAsync("/console/sign-in", "/console/sign-in", ("token", $"guess-{i}"))).Status);
        var locked = await browser.SubmitAsync("/console/sign-in", "/console/sign-in", ("token", ConsoleModels.Token));
        Assert.Equal((HttpStatusCode.TooManyRequests, "60"), (locked.Status, locked.Headers["Retry-After"]));
        clock.Advance(TimeSpan.FromMinutes(1));
        await browser.SignInAsync();
    }

    [Fact]
    public async Task There_are_so_many_sessions_and_no_more()
    {
        await using var small = await ConsoleSite.StartAsync(ConsoleModels.One("127.64.3.2"), clock, Elsewhere, p => p with { AdminLimits = p.AdminLimits with { Sessions = 2 } });
        for (int i = 0; i < 2; i++)
        {
            using var one = new Browser(small.Url);
            await one.SignInAsync();
        }
        using var third = new Browser(small.Url);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await third.SubmitAsync("/console/sign-in", "/console/sign-in", ("token", ConsoleModels.Token))).Status);
        Assert.Contains("mesh_admin_sessions_total{what=\"full\"} 1\n", small.Metrics());
        // Those that are over make room.
        clock.Advance(TimeSpan.FromHours(2));
        await third.SignInAsync();
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/console/../../evil")]
    [InlineData("/console/%2e%2e/evil")]
    [InlineData("/\\evil.example")]
    [InlineData("/console/\\..\\evil")]
    [InlineData("/console/sign-in")]
    [InlineData("javascript:alert(1)")]
    public async Task Signing_in_leads_nowhere_but_into_the_console(string to)
    {
        var answer = await browser.SubmitAsync($"/console/sign-in?to={Uri.EscapeDataString(to)}", "/console/sign-in", ("token", ConsoleModels.Token));
        Assert.StartsWith("http://127.64.3.1:1/console/", new Uri(new Uri("http://127.64.3.1:1"), answer.Location).ToString());
    }

    [Fact]
    public async Task A_name_that_points_here_is_not_this_machine()
    {
        await using var here = await ConsoleSite.StartAsync(ConsoleModels.One("127.64.3.3"), clock);
        using var rebound = new Browser(here.Url);
        Assert.Equal(HttpStatusCode.OK, (await rebound.GetAsync("/console/")).Status);
        foreach (string path in (string[])["/console/", "/api/calls", "/metrics", "/console/feeds/calls"])
            Assert.Equal(HttpStatusCode.MisdirectedRequest, (await rebound.GetAsync(path, host: "evil.example")).Status);
        using var reload = new HttpRequestMessage(HttpMethod.Post, "/api/reload");
        Assert.Equal(HttpStatusCode.MisdirectedRequest, (await rebound.SendAsync(reload, "evil.example:8080")).Status);
        Assert.Equal(0, here.View.Reloads);
        Assert.Equal(5, here.Door.Access.Of(Mesh.Host.Admin.Access.AdminRefusal.ForeignName));
    }

    [Fact]
    public async Task Without_a_token_in_the_bundle_nobody_signs_in_and_the_page_says_what_helps()
    {
        await using var bare = await ConsoleSite.StartAsync(ConsoleModels.One("127.64.3.4", token: null), clock, Elsewhere);
        using var stranger = new Browser(bare.Url);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync("/console/")).Status);
        var page = await stranger.GetAsync("/console/sign-in");
        Assert.Empty(page.All("form"));
        Assert.Contains("client certificate", page.Page.Value);
    }
}
