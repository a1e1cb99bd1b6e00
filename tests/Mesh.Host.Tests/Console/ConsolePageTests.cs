using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Mesh.Host.Admin;
using Mesh.Host.Tests.Status;

namespace Mesh.Host.Tests.Console;

/// <summary>Every page of the console, with whatever callers, phones, peers and people may have written.</summary>
public sealed class ConsolePageTests : IAsyncLifetime
{
    private static readonly string[] Pages = ["/console/", "/console/phones", "/console/peers", "/console/trunks", "/console/sorry", "/console/incidents", "/console/site"];
    private readonly ManualClock clock = new();
    private ConsoleSite site = null!;
    private Browser browser = null!;

    public static TheoryData<string> AllPages => [.. Pages];

    public async Task InitializeAsync()
    {
        site = await ConsoleSite.StartAsync(ConsoleModels.One("127.64.1.1"), clock);
        browser = new Browser(site.Url);
    }

    public async Task DisposeAsync()
    {
        browser.Dispose();
        await site.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(StatusEscapingTests.Attempts), MemberType = typeof(StatusEscapingTests))]
    public async Task Whatever_callers_phones_peers_and_people_write_stays_text(string attempt)
    {
        await FillAsync(attempt);
        await browser.UnlockAsync();
        string clean = Mesh.Host.Pages.Html.Clean(attempt);
        foreach (string page in (string[])[.. Pages, "/console/incidents/i-1"])
        {
            var answer = await browser.GetAsync(page);
            Assert.True(answer.Status == HttpStatusCode.OK, page);
            AssertHarmless(answer);
            // It is there to be read, not cut out.
            if (page != "/console/site") Assert.Contains(Squeeze(clean), Squeeze(answer.Page.Value + string.Concat(answer.All("input").Select(i => (string?)i.Attribute("value")))));
        }
    }

    [Theory]
    [MemberData(nameof(AllPages))]
    public async Task Every_page_has_what_a_reader_without_eyes_mouse_or_script_needs(string path)
    {
        await FillAsync("plain");
        foreach (bool writes in (bool[])[false, true])
        {
            if (writes) await browser.UnlockAsync();
            var page = await browser.GetAsync(path);
            Assert.Equal("en", (string?)page.Page.Attribute("lang"));
            Assert.Single(page.All("h1"));
            Assert.Single(page.All("main"), m => (string?)m.Attribute("id") == "content");
            Assert.Equal("#content", (string?)page.All("a").First().Attribute("href"));
            Assert.Single(page.All("nav"), n => n.Attribute("aria-label") is not null);
            Assert.Single(page.All("a"), a => (string?)a.Attribute("aria-current") == "page");
            Assert.All(page.All("table"), t =>
            {
                Assert.Single(t.Elements("caption"), c => c.Value.Length > 3);
                Assert.All(t.Element("thead")!.Descendants("th"), th => Assert.Equal("col", (string?)th.Attribute("scope")));
                Assert.All(t.Element("tbody")!.Elements("tr"), tr => Assert.True((string?)tr.Elements().First().Attribute("scope") == "row" || tr.Elements().Single().Attribute("colspan") is not null));
                Assert.Equal("0", (string?)t.Parent!.Attribute("tabindex"));
            });
            string[] ids = [.. page.Page.Descendants().Select(e => (string?)e.Attribute("id")).OfType<string>()];
            Assert.Equal(ids.Distinct().Order(), ids.Order());
            string[] labelled = [.. page.All("label").Select(l => (string?)l.Attribute("for")).OfType<string>()];
            Assert.All(page.Page.Descendants().Where(e => e.Name.LocalName is "input" or "select" or "textarea" && (string?)e.Attribute("type") != "hidden"),
                control => Assert.True(control.Parent!.Name == "label" || labelled.Contains((string?)control.Attribute("id")), control.ToString()));
            Assert.All(page.Page.Descendants().SelectMany(e => e.Attributes().Where(a => a.Name.LocalName is "aria-describedby" or "aria-labelledby")), a => Assert.Contains(a.Value, ids));
            Assert.All(page.All("a").Concat(page.All("button")), e => Assert.True(e.Value.Trim().Length > 0));
        }
    }

    [Theory]
    [MemberData(nameof(AllPages))]
    public async Task The_policy_lets_in_the_pages_own_style_and_script_by_their_hashes_and_nothing_else(string path)
    {
        var page = await browser.GetAsync(path);
        string policy = page.Headers["Content-Security-Policy"];
        Assert.DoesNotContain("unsafe", policy);
        Assert.StartsWith("default-src 'none'; ", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Contains("form-action 'self'", policy);
        foreach (string kind in (string[])["script", "style"])
        {
            var inline = Regex.Matches(page.Text, $"<{kind}>(.*?)</{kind}>", RegexOptions.Singleline);
            Assert.NotEmpty(inline);
            var allowed = Regex.Match(policy, $"{kind}-src ([^;]*)").Groups[1].Value.Split(' ');
            Assert.Equal(allowed, inline.Select(m => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(m.Groups[1].Value)))}'"));
        }
        Assert.Equal(("nosniff", "no-store"), (page.Headers["X-Content-Type-Options"], page.Headers["Cache-Control"]));
    }

    [Fact]
    public async Task A_sites_bare_address_leads_to_the_console_and_calls_to_their_permalinks()
    {
        Assert.Equal("/console/", (await browser.GetAsync("/")).Location);
        site.View.Calls.Add(Call("o/1 ?#", "carrier", "x"));
        var calls = await browser.GetAsync("/console/");
        Assert.Contains(calls.All("a"), a => (string?)a.Attribute("href") == "/console/calls/o%2F1%20%3F%23");
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/console/nothing")).Status);
    }

    [Fact]
    public async Task More_rows_than_are_shown_are_counted()
    {
        await using var full = await ConsoleSite.StartAsync(ConsoleModels.One("127.64.1.2"), clock, change: p => p with { Limits = p.Limits with { Rows = 10 } });
        for (int i = 0; i < 25; i++) full.View.Calls.Add(Call($"o-{i}", "phone", "x"));
        using var reader = new Browser(full.Url);
        var page = await reader.GetAsync("/console/");
        Assert.Equal(11, page.ById("calls")!.Element("tbody")!.Elements("tr").Count());
        Assert.Equal("15 more are not shown.", page.ById("calls-more")!.Value);
        Assert.Contains("25 calls", page.ById("summary")!.Value);
    }

    internal static CallView Call(string origin, string entry, string text, string state = "ringing") => new(
        origin, entry, text, text, text, state, new DateTimeOffset(2026, 11, 23, 11, 59, 0, TimeSpan.Zero), state == "answered" ? new DateTimeOffset(2026, 11, 23, 11, 59, 30, TimeSpan.Zero) : null, [new LegView(text, "ringing")]);

    private async Task FillAsync(string text)
    {
        site.View.Calls.Add(Call($"o-{text}", "phone", text));
        site.View.Phones.Add(new PhoneView(text, text, true, [new ContactView(text, text, text, 50) { Device = text }]));
        site.View.Peers.Add(new PeerView(text, "peer", text, "up", 12.4, 3) { LossPercent = 2.5, TrunkedCalls = 2 });
        site.View.Trunks.Add(new TrunkView(text, text, 1, 10, [new TrunkNumberView(text, [text])]));
        site.View.PlanHash = text;
        var journal = site.Journal;
        await journal.AppendAsync("sorry", "www.example.org", text, text, new Mesh.Host.Sorry.Switches.SorryOrder { On = true, Answers = [Mesh.Host.Sorry.Switches.SorryAnswer.Found], Location = text, Message = text }.Write());
        await journal.AppendAsync("incident", "i-1", text, text, new Mesh.Host.Incidents.IncidentChange(true, Mesh.Host.Incidents.IncidentState.Draft, text) { Title = text, Services = [text] }.ToBody());
    }

    // Nothing but what the program itself writes.
    private static void AssertHarmless(Browser.Answer answer)
    {
        string[] elements = ["script", "style", "html", "head", "meta", "title", "body", "a", "header", "span", "strong", "nav", "ul", "li", "main", "h1", "h2", "h3", "h4", "h5", "h6", "p", "button", "div", "table", "caption", "thead", "tr", "th", "tbody", "td", "footer", "time", "code", "pre", "section", "form", "input", "label", "select", "option", "textarea", "fieldset", "legend", "br", "ol", "em", "blockquote", "hr"];
        foreach (var element in answer.Page.DescendantsAndSelf())
        {
            Assert.Contains(element.Name.LocalName, elements);
            Assert.All(element.Attributes(), a =>
            {
                Assert.False(a.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase), a.ToString());
                Assert.NotEqual("style", a.Name.LocalName);
                if (a.Name.LocalName is "href" or "src" or "action") Assert.Matches("^(/|#|https?://|mailto:|tel:)", a.Value);
                if (a.Name.LocalName is "action") Assert.StartsWith("/console/", a.Value);
            });
        }
        Assert.Single(Regex.Matches(answer.Text, "<script"));
    }

    private static string Squeeze(string text) => Regex.Replace(text, "\\s+", " ").Trim();
}
