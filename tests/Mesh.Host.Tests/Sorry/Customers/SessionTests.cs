using System.Net;
using Mesh.Host.Sorry.Customers;

namespace Mesh.Host.Tests.Sorry.Customers;

/// <summary>Sessions that others would like to have, and forms that others would like to send.</summary>
public class SessionTests
{
    private const string OnPath = "/hosts/" + CustomerWorld.AnnasHost + "/on";

    [Fact]
    public async Task An_id_planted_before_the_login_is_worth_nothing_after_it()
    {
        await using var world = await CustomerWorld.StartAsync("127.68.4.1");
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(world.Url) };
        browser.DefaultRequestHeaders.Add("Origin", world.Url);
        string planted = new('a', 64);
        string first = await LogInAsync(browser, planted), second = await LogInAsync(browser, first);
        Assert.Equal(3, new[] { planted, first, second }.Distinct().Count());
        Assert.Equal(64, first.Length);
        // The session there was before the second login has ended with it.
        foreach (var (id, status) in ((string, HttpStatusCode)[])[(planted, HttpStatusCode.SeeOther), (first, HttpStatusCode.SeeOther), (second, HttpStatusCode.OK)])
        {
            using var answer = await SendAsync(browser, HttpMethod.Get, "/", id);
            Assert.Equal(status, answer.StatusCode);
        }
        Assert.Equal(1, world.Office.Sessions.Count);
    }

    [Theory]
    [InlineData("http", "mesh-customer=", false)]
    [InlineData("https", "__Host-mesh-customer=", true)]
    public async Task The_cookie_is_out_of_reach_of_scripts_other_sites_and_over_TLS_of_plain_connections(string transport, string name, bool isSecure)
    {
        await using var world = await CustomerWorld.StartAsync("127.68.4.2", transport: transport);
        using var browser = world.Browser();
        using var answer = await browser.PostAsync("/login", CustomerWorld.Form(("name", CustomerWorld.Anna), ("password", CustomerWorld.Password)));
        string cookie = answer.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith(name, cookie);
        Assert.Contains("; httponly", cookie);
        Assert.Contains("; samesite=strict", cookie);
        Assert.Contains("; path=/", cookie);
        Assert.DoesNotContain("domain", cookie);
        Assert.Equal(isSecure, cookie.Contains("; secure"));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/")).StatusCode);
    }

    public static TheoryData<string, string?, string?, bool> Origins => new()
    {
        { "no origin at all", null, null, false }, { "another site", "https://evil.example", "cross-site", false }, { "a sandboxed page, as all uploaded ones are", "null", "cross-site", false },
        { "another port of this host, where uploaded pages are", "SORRY", "same-site", false }, { "a name like ours", "SELF.evil.example", null, false }, { "no origin, but same site only", null, "same-site", false },
        { "our own", "SELF", "same-origin", true }, { "a browser that says so in one header only", null, "same-origin", true },
    };

    [Theory]
    [MemberData(nameof(Origins))]
    public async Task A_form_counts_only_when_the_browser_says_that_it_is_ours(string which, string? origin, string? site, bool counts)
    {
        await using var world = await CustomerWorld.StartAsync("127.68.4.3");
        var (browser, csrf) = await world.LogInAsync();
        browser.DefaultRequestHeaders.Remove("Origin");
        if (origin is not null) browser.DefaultRequestHeaders.Add("Origin", origin.Replace("SORRY", $"http://{world.SorryHttp.Bind}").Replace("SELF", world.Url));
        if (site is not null) browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", site);
        foreach (string path in (string[])[OnPath, "/hosts/" + CustomerWorld.AnnasHost + "/upload", "/account/token", "/account/password", "/logout", "/login"])
        {
            using var answer = await browser.PostAsync(path, CustomerWorld.Form(("csrf", csrf), ("version", "none"), ("name", CustomerWorld.Anna), ("password", CustomerWorld.Password)));
            Assert.True(counts == (answer.StatusCode != HttpStatusCode.Forbidden), $"{which}: {path}: {answer.StatusCode}");
            if (!counts) Assert.DoesNotContain(answer.Headers, h => h.Key == "Set-Cookie");
        }
        Assert.Equal(counts ? 1 : 0, world.Switches.Board.Count);
        Assert.Equal(counts ? 0 : 6, world.Office.Counters.Of(CustomerOutcome.ForeignForm));
    }

    [Fact]
    public async Task A_form_without_the_token_of_this_very_session_changes_nothing()
    {
        await using var world = await CustomerWorld.StartAsync("127.68.4.4");
        var (browser, csrf) = await world.LogInAsync();
        var (_, another) = await world.LogInAsync();
        var (_, toms) = await world.LogInAsync("tom", CustomerWorld.Password + "-of-another");
        Assert.Equal(3, new[] { csrf, another, toms }.Distinct().Count());
        foreach (string wrong in (string[])["", another, toms, csrf.ToUpperInvariant(), csrf[..^1], csrf + "0", "0"])
        {
            using var order = await browser.PostAsync(OnPath, CustomerWorld.Form(("csrf", wrong), ("version", "none")));
            Assert.Equal(HttpStatusCode.Forbidden, order.StatusCode);
            using var upload = await browser.PostAsync("/hosts/" + CustomerWorld.AnnasHost + "/upload", new MultipartFormDataContent { { new StringContent(wrong), "csrf" }, { new ByteArrayContent("x"u8.ToArray()), "file", "index.html" } });
            Assert.Equal(HttpStatusCode.Forbidden, upload.StatusCode);
        }
        using (var none = await browser.PostAsync(OnPath, CustomerWorld.Form(("version", "none")))) Assert.Equal(HttpStatusCode.Forbidden, none.StatusCode);
        Assert.Empty(world.Switches.Board.Notices);
        Assert.Empty(world.Contents.Board.All);
        using (var right = await browser.PostAsync(OnPath, CustomerWorld.Form(("csrf", csrf), ("version", "none")))) Assert.Equal(HttpStatusCode.OK, right.StatusCode);
    }

    [Fact]
    public async Task A_link_changes_nothing_and_a_cookie_opens_no_program_interface()
    {
        await using var world = await CustomerWorld.StartAsync("127.68.4.5");
        var (browser, _) = await world.LogInAsync();
        foreach (string path in (string[])[OnPath, "/logout", "/account/token", "/hosts/" + CustomerWorld.AnnasHost + "/off"])
        {
            using var answer = await browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        }
        using var api = await browser.PostAsync($"/api/{CustomerWorld.AnnasHost}/on", CustomerWorld.Form(("version", "none")));
        Assert.Equal(HttpStatusCode.Unauthorized, api.StatusCode);
        Assert.DoesNotContain(api.Headers.WwwAuthenticate, a => a.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase));
        using var program = world.Program();
        program.DefaultRequestHeaders.Add("Origin", "https://evil.example");
        using var foreign = await program.PostAsync($"/api/{CustomerWorld.AnnasHost}/on", CustomerWorld.Form(("version", "none")));
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        Assert.Empty(world.Switches.Board.Notices);
    }

    [Fact]
    public async Task Sessions_end_when_idle_when_old_at_logout_and_with_the_password_and_are_bounded()
    {
        await using var world = await CustomerWorld.StartAsync("127.68.4.6", limits: CustomerWorld.Limits with { SessionsPerAccount = 2 });
        var (idle, _) = await world.LogInAsync();
        world.Clock.Now += TimeSpan.FromMinutes(31);
        await EndedAsync(idle);

        var (old, _) = await world.LogInAsync();
        for (int i = 0; i < 24; i++)
        {
            world.Clock.Now += TimeSpan.FromMinutes(29);
            Assert.Equal(HttpStatusCode.OK, (await old.GetAsync("/")).StatusCode);
        }
        world.Clock.Now += TimeSpan.FromMinutes(29);
        await EndedAsync(old);

        var (left, csrf) = await world.LogInAsync();
        using (var done = await left.PostAsync("/logout", CustomerWorld.Form(("csrf", csrf)))) Assert.Equal("/login", done.Headers.Location!.ToString());
        await EndedAsync(left);

        var (first, _) = await world.LogInAsync();
        world.Clock.Now += TimeSpan.FromSeconds(1);
        var (second, _) = await world.LogInAsync();
        world.Clock.Now += TimeSpan.FromSeconds(1);
        var (third, _) = await world.LogInAsync();
        await EndedAsync(first);
        Assert.Equal(HttpStatusCode.OK, (await second.GetAsync("/")).StatusCode);

        Assert.Null(await world.Office.Book.PasswordAsync(CustomerWorld.Anna, "another-password-entirely", "operator", "", default));
        await EndedAsync(second);
        await EndedAsync(third);
        var (last, _) = await world.LogInAsync(password: "another-password-entirely");
        Assert.Null(await world.Office.Book.RemoveAsync(CustomerWorld.Anna, "operator", "", default));
        await EndedAsync(last);
    }

    [Fact]
    public async Task Whoever_knows_the_old_password_changes_it()
    {
        await using var world = await CustomerWorld.StartAsync("127.68.4.7");
        var (browser, csrf) = await world.LogInAsync();
        const string Fresh = "entirely-new-and-long";
        foreach (var (old, fresh, again, why) in ((string, string, string, string)[])
            [("wrong", Fresh, Fresh, "do not belong together"), (CustomerWorld.Password, Fresh, Fresh + "x", "not the same"), (CustomerWorld.Password, "short", "short", "12 to 128"), (CustomerWorld.Password, "anna-anna-anna", "anna-anna-anna", "name of the account"), (CustomerWorld.Password, "aaaaaaaaaaaaaa", "aaaaaaaaaaaaaa", "five different")])
        {
            using var refused = await browser.PostAsync("/account/password", CustomerWorld.Form(("csrf", csrf), ("old", old), ("new", fresh), ("again", again)));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains(why, await refused.Content.ReadAsStringAsync());
        }
        using (var done = await browser.PostAsync("/account/password", CustomerWorld.Form(("csrf", csrf), ("old", CustomerWorld.Password), ("new", Fresh), ("again", Fresh)))) Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        await EndedAsync(browser);
        using var with = world.Browser();
        using (var wrong = await with.PostAsync("/login", CustomerWorld.Form(("name", CustomerWorld.Anna), ("password", CustomerWorld.Password)))) Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        await world.LogInAsync(password: Fresh);
    }

    private static async Task EndedAsync(HttpClient browser)
    {
        using var answer = await browser.GetAsync("/");
        Assert.Equal((HttpStatusCode.SeeOther, "/login"), (answer.StatusCode, answer.Headers.Location?.ToString()));
    }

    private static async Task<string> LogInAsync(HttpClient browser, string cookie)
    {
        using var answer = await SendAsync(browser, HttpMethod.Post, "/login", cookie, CustomerWorld.Form(("name", CustomerWorld.Anna), ("password", CustomerWorld.Password)));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return answer.Headers.GetValues("Set-Cookie").Single().Split('=', ';')[1];
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient browser, HttpMethod method, string path, string cookie, HttpContent? content = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Add("Cookie", $"mesh-customer={cookie}");
        return browser.SendAsync(request);
    }
}
