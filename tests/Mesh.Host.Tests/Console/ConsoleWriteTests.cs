using System.Net;
using System.Text.Json;

namespace Mesh.Host.Tests.Console;

/// <summary>Writing: only by who unlocked it, only from our own forms, always into the journal with who and why.</summary>
public sealed class ConsoleWriteTests : IAsyncLifetime
{
    private readonly ManualClock clock = new();
    private ConsoleSite site = null!;
    private Browser browser = null!;

    public async Task InitializeAsync()
    {
        site = await ConsoleSite.StartAsync(ConsoleModels.One("127.64.2.1"), clock);
        browser = new Browser(site.Url);
    }

    public async Task DisposeAsync()
    {
        browser.Dispose();
        await site.DisposeAsync();
    }

    [Fact]
    public async Task Everything_that_is_written_is_in_the_journal_with_who_and_why()
    {
        await browser.UnlockAsync("Miriam <x>", "ticket 7");
        var on = await browser.SubmitAsync("/console/sorry", "/console/sorry", ("target", "www.example.org"), ("web", "page"), ("message", "Back soon"), ("act", "on"), ("why", "disk full"));
        Assert.Equal((HttpStatusCode.RedirectMethod, "/console/sorry?done=1"), (on.Status, on.Location));
        AssertWritten("sorry", "www.example.org", "Miriam <x>", "disk full");
        Assert.Contains("Back soon", (await browser.GetAsync("/console/sorry?done=1")).ById("switches")!.Value);

        await browser.SubmitAsync("/console/sorry", "/console/sorry", ("target", "www.example.org"), ("channel", "http"), ("act", "off"));
        AssertWritten("sorry", "www.example.org", "Miriam <x>", "ticket 7");
        Assert.NotNull((await browser.GetAsync("/console/sorry")).ById("switches-none"));

        var opened = await browser.SubmitAsync("/console/incidents", "/console/incidents", ("title", "No calls"), ("text", "We *look*."), ("state", "draft"), ("impact", "major"), ("services", "calls, mail"), ("act", "open"));
        Assert.Equal(HttpStatusCode.RedirectMethod, opened.Status);
        string place = opened.Location!.Split('?')[0], id = place.Split('/')[^1];
        AssertWritten("incident", id, "Miriam <x>", "ticket 7");
        Assert.Contains("draft", (await browser.GetAsync(place)).ById("standing")!.Value);

        await browser.SubmitAsync(place, place, ("act", "confirm"), ("why", "seen it too"));
        AssertWritten("incident", id, "Miriam <x>", "seen it too");
        Assert.Contains("investigating", (await browser.GetAsync(place)).ById("standing")!.Value);
        await browser.SubmitAsync(place, place, ("act", "update"), ("text", "Found it."), ("state", "identified"), ("services", "calls"));
        AssertWritten("incident", id, "Miriam <x>", "ticket 7");
        await browser.SubmitAsync(place, place, ("act", "close"), ("text", "Over."));
        AssertWritten("incident", id, "Miriam <x>", "ticket 7");
        Assert.Contains("resolved", (await browser.GetAsync(place)).ById("standing")!.Value);

        var reloaded = await browser.SubmitAsync("/console/site", "/console/reload");
        Assert.Equal((HttpStatusCode.OK, 1), (reloaded.Status, site.View.Reloads));
        AssertWritten("reload", "london", "Miriam <x>", "ticket 7");
        Assert.Contains("mesh_console_writes_total 7", site.Metrics());
    }

    [Fact]
    public async Task Nothing_is_written_until_writing_is_unlocked_with_who_and_why_nor_after_it_is_locked_or_over()
    {
        Assert.Contains("read only", (await browser.GetAsync("/console/")).ById("reader")!.Value);
        Assert.Empty((await browser.GetAsync("/console/sorry")).All("form"));
        Assert.Empty((await browser.GetAsync("/console/incidents")).All("form"));
        // The page of the site has a form, whose key would do for others too.
        await AssertReadOnly();
        foreach (var (who, why) in new[] { ("", "ticket"), ("Miriam", ""), ("Miriam", "two\nlines"), (new string('x', 101), "ticket") })
            Assert.Equal(HttpStatusCode.BadRequest, (await browser.SubmitAsync("/console/site", "/console/unlock", ("who", who), ("why", why))).Status);
        await AssertReadOnly();

        await browser.UnlockAsync();
        Assert.Contains("Miriam may write", (await browser.GetAsync("/console/")).ById("reader")!.Value);
        Assert.Equal(HttpStatusCode.OK, (await browser.SubmitAsync("/console/site", "/console/reload")).Status);
        await browser.SubmitAsync("/console/site", "/console/lock");
        await AssertReadOnly();

        await browser.UnlockAsync();
        clock.Advance(TimeSpan.FromMinutes(30));
        await AssertReadOnly();
        Assert.Equal(1, site.View.Reloads);

        async Task AssertReadOnly()
        {
            string key = (await browser.GetAsync("/console/site")).Hidden("/console/unlock").Single().Item2;
            int before = Entries();
            foreach (var (path, fields) in Writes)
                Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync(path, [.. fields, ("form", key)])).Status);
            Assert.Equal(before, Entries());
        }
    }

    [Theory]
    [InlineData("no key", 403)]
    [InlineData("another's key", 403)]
    [InlineData("no cookie", 403)]
    [InlineData("old key", 403)]
    [InlineData("another origin", 403)]
    [InlineData("an opaque origin", 403)]
    [InlineData("another port", 403)]
    [InlineData("said to be cross-site", 403)]
    [InlineData("said to be same-site", 403)]
    [InlineData("json", 400)]
    [InlineData("too large", 400)]
    public async Task A_form_that_is_not_ours_does_nothing(string how, int status)
    {
        await browser.GetAsync("/console/site");
        string old = (await browser.GetAsync("/console/site")).Hidden("/console/unlock").Single().Item2;
        await browser.UnlockAsync();
        string key = (await browser.GetAsync("/console/site")).Hidden("/console/reload").Single().Item2;
        using var other = new Browser(site.Url);
        await other.UnlockAsync("Mallory", "because");
        string theirs = (await other.GetAsync("/console/site")).Hidden("/console/reload").Single().Item2;
        if (how == "no cookie") browser.Cookie = "";
        (string, string)[] fields = [("form", how switch { "no key" => "", "another's key" => theirs, "old key" => old, _ => key })];
        string? origin = how switch { "another origin" => "https://evil.example", "an opaque origin" => "null", "another port" => "http://127.64.2.1:1", _ => null };
        var answer = how switch
        {
            "json" => await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/console/reload") { Content = new StringContent(JsonSerializer.Serialize(new { form = key }), null, "application/json") }, null),
            "too large" => await browser.PostAsync("/console/reload", [.. fields, ("why", new string('x', 100_000))]),
            _ => await browser.PostAsync("/console/reload", fields, origin, how switch { "said to be cross-site" => "cross-site", "said to be same-site" => "same-site", _ when origin is not null => null, _ => "same-origin" }),
        };
        Assert.Equal(status, (int)answer.Status);
        Assert.Equal((0, 0), (site.View.Reloads, Entries()));
        // Counted: at the door when a browser says where it is from, else at the form.
        Assert.True(site.Door.Access.Refused > 0 || !site.Metrics().Contains("mesh_console_forms_refused_total{reason=\"NotOurs\"} 0\n") || !site.Metrics().Contains("mesh_console_forms_refused_total{reason=\"Unreadable\"} 0\n"));
    }

    [Fact]
    public async Task Asking_for_a_page_never_writes()
    {
        await browser.UnlockAsync();
        string key = (await browser.GetAsync("/console/site")).Hidden("/console/reload").Single().Item2;
        foreach (var (path, fields) in Writes)
            await browser.GetAsync($"{path}?form={key}&{string.Join('&', fields.Select(f => $"{f.Item1}={Uri.EscapeDataString(f.Item2)}"))}");
        foreach (string path in (string[])["/console/unlock", "/console/lock", "/console/reload", "/console/sign-out"]) Assert.Equal(HttpStatusCode.MethodNotAllowed, (await browser.GetAsync(path)).Status);
        Assert.Equal((0, 0), (site.View.Reloads, Entries()));
        Assert.Contains("may write", (await browser.GetAsync("/console/")).ById("reader")!.Value);
    }

    [Fact]
    public async Task What_cannot_be_done_is_said_and_what_was_typed_is_still_there()
    {
        await browser.UnlockAsync();
        var sorry = await browser.SubmitAsync("/console/sorry", "/console/sorry", ("target", "mail.example.org"), ("mail", "defer"), ("message", "Kept \"words\""), ("act", "on"));
        Assert.Equal(HttpStatusCode.BadRequest, sorry.Status);
        Assert.Contains("needs an end", sorry.All("p").Single(p => (string?)p.Attribute("role") == "alert").Value);
        Assert.Equal(("mail.example.org", "Kept \"words\""), ((string?)sorry.ById("target")!.Attribute("value"), (string?)sorry.ById("message")!.Attribute("value")));
        Assert.Equal("defer", (string?)sorry.ById("mail")!.Elements("option").Single(o => o.Attribute("selected") is not null).Attribute("value"));
        foreach (var (field, value) in new[] { ("web", "defer"), ("web", "7"), ("mail", "certainly"), ("until", "soon"), ("recording", "../../etc/passwd") })
            Assert.Equal(HttpStatusCode.BadRequest, (await browser.SubmitAsync("/console/sorry", "/console/sorry", ("target", "www.example.org"), (field, value), ("act", "on"))).Status);

        var incident = await browser.SubmitAsync("/console/incidents", "/console/incidents", ("title", "Work"), ("text", "Typed."), ("from", "2026-11-24T10:00Z"), ("act", "open"));
        Assert.Equal(HttpStatusCode.BadRequest, incident.Status);
        Assert.Equal("Typed.", incident.ById("text")!.Value.Trim());
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/console/incidents/none")).Status);
        Assert.Equal(0, Entries());
    }

    [Fact]
    public async Task A_dialplan_that_does_not_check_is_said_and_journalled_as_tried()
    {
        site.View.AcceptsReload = false;
        await browser.UnlockAsync();
        var answer = await browser.SubmitAsync("/console/site", "/console/reload");
        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Contains("plan.csx:1:1: <wrong>", answer.Page.Value);
        AssertWritten("reload", "london", "Miriam", "ticket 7");
    }

    [Fact]
    public async Task The_api_takes_no_order_from_a_page_elsewhere_and_none_for_a_cookie()
    {
        await browser.UnlockAsync();
        using var api = new HttpRequestMessage(HttpMethod.Post, "/api/reload");
        api.Headers.Add("Origin", "https://evil.example");
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.SendAsync(api, null)).Status);
        using var fetched = new HttpRequestMessage(HttpMethod.Post, "/api/reload");
        fetched.Headers.Add("Sec-Fetch-Site", "cross-site");
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.SendAsync(fetched, null)).Status);
        Assert.Equal(0, site.View.Reloads);
        using var plain = new HttpRequestMessage(HttpMethod.Post, "/api/reload");
        Assert.Equal(HttpStatusCode.OK, (await browser.SendAsync(plain, null)).Status);
    }

    private static IEnumerable<(string Path, (string, string)[] Fields)> Writes =>
    [
        ("/console/sorry", [("target", "www.example.org"), ("web", "page"), ("act", "on")]),
        ("/console/sorry", [("target", "www.example.org"), ("channel", "http"), ("act", "off")]),
        ("/console/incidents", [("title", "No calls"), ("act", "open")]),
        ("/console/incidents/i-1", [("text", "x"), ("act", "update")]),
        ("/console/reload", []),
    ];

    private int Entries() => new[] { "sorry", "incident", "reload" }.Sum(kind => site.Journal.Read(kind).Count);

    private void AssertWritten(string kind, string subject, string who, string why)
    {
        var last = site.Journal.Read(kind)[^1];
        Assert.Equal((subject, who, why), (last.Subject, last.Who, last.Why));
    }
}
