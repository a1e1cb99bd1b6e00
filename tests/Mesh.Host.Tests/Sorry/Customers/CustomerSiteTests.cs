using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Mesh.Host.Sorry.Contents;
using Mesh.Host.Sorry.Customers;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Tests.Sorry.Customers;

/// <summary>The pages for browsers, form by form.</summary>
public partial class CustomerSiteTests
{
    private const string Host = CustomerWorld.AnnasHost, HostPath = "/hosts/" + Host;

    [Fact]
    public async Task A_customer_uploads_a_page_looks_at_it_and_switches_it_on_and_off()
    {
        await using var world = await CustomerWorld.StartAsync("127.68.3.1");
        var (browser, csrf) = await world.LogInAsync();
        string page = await UploadAsync(browser, csrf, HostPath, "first try", ("page.zip", CraftedZip.Of(("site/index.html", "<h1>Back at four</h1>"), ("site/style.css", "h1{}"), ("__MACOSX/site/._index.html", "x"))));
        Assert.Contains("Uploaded. Look at the preview", page);
        Assert.Contains("Left out: __MACOSX/site/._index.html", page);
        Assert.Contains("first try (", page);
        string preview = Preview().Match(page).Groups[1].Value;
        Assert.StartsWith($"http://127.68.3.1:{world.SorryHttp.Port}/.preview/", preview);
        using (var shown = await new HttpClient().GetAsync(preview)) Assert.Contains("Back at four", await shown.Content.ReadAsStringAsync());
        Assert.DoesNotContain("Back at four", await SeenAsync(world));

        string id = Version().Match(page).Groups[1].Value;
        page = await PostAsync(browser, HostPath + "/on", HttpStatusCode.OK, ("csrf", csrf), ("version", id), ("from", ""), ("until", "2026-03-02T16:00"), ("message", "we move"));
        Assert.Contains("The sorry page is on.", page);
        Assert.Contains("Ends: 2026-03-02 16:00 UTC", page);
        Assert.Contains("Back at four", await SeenAsync(world));
        var order = Assert.Single(world.Switches.Board.Notices);
        Assert.Equal((Host, "customer anna", "anna", SorryAnswer.Page, "we move"), (order.Target, order.Who, order.Customer, order.Answer, order.Message));

        // Another version, then back to the one before.
        page = await UploadAsync(browser, csrf, HostPath, "", ("index.html", "<h1>Back at five</h1>"u8.ToArray()));
        string newer = Version().Match(page).Groups[1].Value;
        Assert.NotEqual(id, newer);
        Assert.Contains("Back at four", await SeenAsync(world));
        await PostAsync(browser, HostPath + "/on", HttpStatusCode.OK, ("csrf", csrf), ("version", newer));
        Assert.Contains("Back at five", await SeenAsync(world));
        await PostAsync(browser, HostPath + "/on", HttpStatusCode.OK, ("csrf", csrf), ("version", id));
        Assert.Contains("Back at four", await SeenAsync(world));
        Assert.Contains("is switched on", await PostAsync(browser, HostPath + "/drop", HttpStatusCode.UnprocessableEntity, ("csrf", csrf), ("version", id)));
        await PostAsync(browser, HostPath + "/drop", HttpStatusCode.OK, ("csrf", csrf), ("version", newer));
        Assert.Single(world.Contents.Versions(Host));

        Assert.Contains("The sorry page is off.", await PostAsync(browser, HostPath + "/off", HttpStatusCode.OK, ("csrf", csrf)));
        Assert.DoesNotContain("Back at", await SeenAsync(world));
    }

    [Fact]
    public async Task A_switch_begins_and_ends_when_it_is_told_to()
    {
        await using var world = await CustomerWorld.StartAsync("127.68.3.2");
        var (browser, csrf) = await world.LogInAsync();
        await UploadAsync(browser, csrf, HostPath, "", ("index.html", "<h1>Back at four</h1>"u8.ToArray()));
        string page = await PostAsync(browser, HostPath + "/on", HttpStatusCode.OK, ("csrf", csrf), ("from", "2026-03-02T14:00"), ("until", "2026-03-02T16:00"));
        Assert.Contains("Begins: 2026-03-02 14:00 UTC", page);
        Assert.DoesNotContain("Back at", await SeenAsync(world));
        world.Clock.Now += TimeSpan.FromHours(2);
        Assert.Contains("Back at four", await SeenAsync(world));
        world.Clock.Now += TimeSpan.FromHours(2);
        Assert.DoesNotContain("Back at", await SeenAsync(world));
        (browser, csrf) = await world.LogInAsync();
        foreach (var (from, until, why) in ((string, string, string)[])[("soon", "", "A time is written like"), ("", "2026-03-02T13:00", "over already"), ("2026-03-03T10:00", "2026-03-03T09:00", "ends before it begins")])
            Assert.Contains(why, await PostAsync(browser, HostPath + "/on", HttpStatusCode.UnprocessableEntity, ("csrf", csrf), ("from", from), ("until", until)));
    }

    [Fact]
    public async Task Hosts_of_others_are_nobodys_business_and_below_a_wildcard_all_are_theirs()
    {
        await using var world = await CustomerWorld.StartAsync("127.68.3.3");
        var (browser, csrf) = await world.LogInAsync();
        foreach (string host in (string[])[CustomerWorld.TomsHost, "*", "*.example.org", "example.org", "shop.example", "*.example", "a.b..shop.example", "www.example.org.evil.example", "evilshop.example"])
            foreach (string act in (string[])["on", "off", "drop"])
                Assert.Contains("not a host of yours", await PostAsync(browser, $"/hosts/{host}/{act}", HttpStatusCode.NotFound, ("csrf", csrf), ("version", "none")));
        Assert.Empty(world.Switches.Board.Notices);
        foreach (string host in (string[])["*.shop.example", "a.shop.example", "a.b.shop.example", "*.b.shop.example"])
            await PostAsync(browser, $"/hosts/{host}/on", HttpStatusCode.OK, ("csrf", csrf), ("version", "none"));
        Assert.Equal(4, world.Switches.Board.Count);
        using (var found = await browser.GetAsync("/host?name=C.Shop.Example")) Assert.Equal("/hosts/c.shop.example", found.Headers.Location!.ToString());
        using (var refused = await browser.GetAsync($"/host?name={CustomerWorld.TomsHost}")) Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        string hosts = await browser.GetStringAsync("/");
        Assert.Contains("a.b.shop.example", hosts);
        Assert.DoesNotContain("tom.example", hosts);
        Assert.True(world.Office.Counters.Of(CustomerOutcome.ForeignHost) >= 27);
    }

    [Fact]
    public async Task What_an_operator_switched_no_customer_changes()
    {
        await using var world = await CustomerWorld.StartAsync("127.68.3.4");
        var (browser, csrf) = await world.LogInAsync();
        Assert.Null(await world.Switches.OrderAsync(Host, new SorryOrder { On = true, Answers = [SorryAnswer.Close] }, "miriam", "court order"));
        Assert.Contains("Switched by an operator", await browser.GetStringAsync(HostPath));
        Assert.Contains("switched by an operator", await PostAsync(browser, HostPath + "/off", HttpStatusCode.UnprocessableEntity, ("csrf", csrf)));
        Assert.Contains("switched by an operator", await PostAsync(browser, HostPath + "/on", HttpStatusCode.UnprocessableEntity, ("csrf", csrf), ("version", "none")));
        Assert.Equal(SorryAnswer.Close, Assert.Single(world.Switches.Board.Notices).Answer);
        Assert.DoesNotContain("court order", await browser.GetStringAsync(HostPath));
        Assert.Null(await world.Switches.OrderAsync(Host, new SorryOrder { On = false, Channels = [SorryChannel.Http] }, "miriam", ""));
        await PostAsync(browser, HostPath + "/on", HttpStatusCode.OK, ("csrf", csrf), ("version", "none"));
    }

    [Fact]
    public async Task Names_of_files_labels_hosts_and_messages_are_text_and_never_markup()
    {
        await using var world = await CustomerWorld.StartAsync("127.68.3.5");
        var (browser, csrf) = await world.LogInAsync();
        foreach (string evil in (string[])["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'-alert(1)-'", "</title><svg/onload=alert(1)>", "&lt;b&gt;", "javascript:alert(1)"])
        {
            string[] pages =
            [
                await UploadAsync(browser, csrf, HostPath, evil, ("index.html", Encoding.UTF8.GetBytes("<p>" + evil)), status: 0),
                await UploadAsync(browser, csrf, HostPath, "", (evil.Replace("\"", "%22").Replace("/", "") + ".html", "x"u8.ToArray()), ("index.html", "x"u8.ToArray()), status: HttpStatusCode.UnprocessableEntity),
                await UploadAsync(browser, csrf, HostPath, "", ("x.zip", new CraftedZip().Add("index.html", "x"u8.ToArray()).Add(evil, "x"u8.ToArray()).End()), status: HttpStatusCode.UnprocessableEntity),
                await PostAsync(browser, HostPath + "/on", 0, ("csrf", csrf), ("version", evil), ("message", evil)),
                await PostAsync(browser, HostPath + "/on", 0, ("csrf", csrf), ("version", "none"), ("message", evil), ("until", evil)),
                await PostAsync(browser, HostPath + "/on", 0, ("csrf", csrf), ("version", "none"), ("message", evil)),
                await PostAsync(browser, $"/hosts/{Uri.EscapeDataString(evil)}/off", HttpStatusCode.NotFound, ("csrf", csrf)),
                await PostAsync(browser, "/login", HttpStatusCode.Unauthorized, ("name", evil), ("password", evil)),
                await (await browser.GetAsync("/host?name=" + Uri.EscapeDataString(evil))).Content.ReadAsStringAsync(),
                await browser.GetStringAsync(HostPath), await browser.GetStringAsync("/"),
            ];
            foreach (string page in pages)
            {
                Assert.DoesNotMatch("<(script|img|svg|iframe|b)[ />]", page);
                Assert.DoesNotContain("onerror=alert(1)>", page);
                Assert.DoesNotContain("href=\"javascript", page);
            }
        }
        Assert.Contains("&lt;script&gt;alert(1)", await browser.GetStringAsync(HostPath));
        using var headers = await browser.GetAsync(HostPath);
        string policy = headers.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy);
        Assert.DoesNotContain("script", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
    }

    [Fact]
    public async Task Every_field_has_a_label_every_page_landmarks_and_a_language()
    {
        await using var world = await CustomerWorld.StartAsync("127.68.3.6");
        var (browser, csrf) = await world.LogInAsync();
        await UploadAsync(browser, csrf, HostPath, "one", ("index.html", "x"u8.ToArray()));
        foreach (string language in (string[])["en", "de"])
        {
            browser.DefaultRequestHeaders.AcceptLanguage.Clear();
            browser.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue(language));
            foreach (string path in (string[])["/login", "/", HostPath, "/account"])
            {
                string page = await browser.GetStringAsync(path);
                Assert.Contains($"<html lang=\"{language}\">", page);
                Assert.Single(Regex.Matches(page, "<main "));
                Assert.Single(Regex.Matches(page, "<h1>"));
                foreach (Match field in Regex.Matches(page, "<(?:input|select) [^>]*>"))
                    if (!field.Value.Contains("type=\"hidden\"")) Assert.Contains($"<label for=\"{Regex.Match(field.Value, "id=\"([a-z]+)\"").Groups[1].Value}\">", page);
                foreach (Match form in Regex.Matches(page, "<form method=\"post\"(?! action=\"/login\")[^>]*>.{0,40}")) Assert.Contains("name=\"csrf\"", form.Value + page[(form.Index + form.Length)..(form.Index + form.Length + 60)]);
                Assert.DoesNotContain("<script", page);
            }
        }
        Assert.Contains("Hochladen", await browser.GetStringAsync(HostPath));
    }

    private static async Task<string> SeenAsync(CustomerWorld world)
    {
        using var answer = await world.VisitAsync(Host);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task<string> PostAsync(HttpClient browser, string path, HttpStatusCode status, params (string, string)[] fields)
    {
        using var answer = await browser.PostAsync(path, CustomerWorld.Form(fields));
        string page = await answer.Content.ReadAsStringAsync();
        Assert.True(status == 0 || answer.StatusCode == status, $"{path}: {answer.StatusCode}\n{page}");
        return page;
    }

    private static Task<string> UploadAsync(HttpClient browser, string csrf, string path, string label, (string Name, byte[] Octets) file, HttpStatusCode status = HttpStatusCode.OK) => UploadAsync(browser, csrf, path, label, file, null, status);

    private static async Task<string> UploadAsync(HttpClient browser, string csrf, string path, string label, (string Name, byte[] Octets) file, (string Name, byte[] Octets)? second, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var form = new MultipartFormDataContent { { new StringContent(csrf), "csrf" }, { new StringContent(label), "label" } };
        form.Add(CustomerWorld.FilePart(file.Octets, file.Name));
        if (second is { } other) form.Add(CustomerWorld.FilePart(other.Octets, other.Name));
        using var answer = await browser.PostAsync(path + "/upload", form);
        string page = await answer.Content.ReadAsStringAsync();
        Assert.True(status == 0 || answer.StatusCode == status, $"{answer.StatusCode}\n{page}");
        return page;
    }

    [GeneratedRegex("<a href=\"([^\"]+)\" target=\"_blank\" rel=\"noopener noreferrer\"")]
    private static partial Regex Preview();

    [GeneratedRegex("<option value=\"([0-9a-f]{12})\">")]
    private static partial Regex Version();
}
