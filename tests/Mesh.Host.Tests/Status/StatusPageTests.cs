using System.Globalization;
using System.Text.RegularExpressions;
using Mesh.Host.Status;
using Mesh.Host.Status.Incidents;
using Mesh.Host.Status.Pages;
using Mesh.Host.Status.Sampling;
using Mesh.Host.Status.Words;

namespace Mesh.Host.Tests.Status;

public class StatusPageTests
{
    public static readonly TheoryData<string> Pages = ["/", "/en/", "/de/", "/history/", "/de/history/2026-10/", "/incidents/i-7/", "/de/incidents/i-7/", "/services/site-manchester/", "/de/services/calls/"];

    private static StatusScene Busy => StatusScenes.Scene([StatusScenes.Incident(), StatusScenes.Past("i-3", 24 * 40), StatusScenes.Past("i-5", 100), StatusScenes.Planned("m-1", 5)]);

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_page_has_what_a_reader_without_eyes_or_script_needs(string path)
    {
        var page = Busy.Page(path);
        var html = page.Root!;
        Assert.Equal(path.StartsWith("/de", StringComparison.Ordinal) ? "de" : "en", html.Get("lang"));
        Assert.Single(page.All("title"), t => t.Parent!.Name.LocalName == "head" && t.Value.Length > 5);
        page.One("main");
        page.One("header");
        page.One("footer");
        page.One("h1");
        Assert.Equal("#content", page.All("a").First().Get("href"));
        Assert.Equal("content", page.One("main").Get("id"));
        Assert.All(page.All("nav"), n => Assert.NotNull(n.Get("aria-label")));
        Assert.All(page.All("svg"), s => Assert.True(s.Get("role") == "img" && s.Get("aria-label")!.Length > 10));
        Assert.All(page.All("a"), a => Assert.True(a.Value.Trim().Length > 0));
        // Headings go down one level at a time.
        int level = 0;
        foreach (int next in page.Descendants().Select(e => e.Name.LocalName).Where(n => Regex.IsMatch(n, "^h[1-6]$")).Select(n => n[1] - '0'))
        {
            Assert.InRange(next, 1, level + 1);
            level = next;
        }
        var ids = page.Descendants().Select(e => e.Get("id")).OfType<string>().ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Contains("width=device-width", page.All("meta").Single(m => m.Get("name") == "viewport").Get("content")!);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Nothing_comes_from_elsewhere_and_nothing_needs_script(string path)
    {
        var page = Busy.Page(path);
        Assert.Empty(page.Descendants().SelectMany(e => e.Attributes()).Where(a => a.Name.LocalName is "src" or "style" or "action" || a.Name.LocalName.StartsWith("on", StringComparison.Ordinal)));
        Assert.All(page.All("link"), l => Assert.Equal("alternate", l.Get("rel")));
        Assert.Equal(PageStyle.Script, page.One("script").Value);
        Assert.Equal(PageStyle.Css, page.One("style").Value);
        Assert.DoesNotContain("url(", PageStyle.Css);
        Assert.DoesNotContain("unsafe", PageStyle.ContentSecurityPolicy(null));
        Assert.All(page.Descendants().Select(e => e.Get("href")).OfType<string>(), h => Assert.True(h.StartsWith('#') || h.StartsWith("./", StringComparison.Ordinal) || h.StartsWith("../", StringComparison.Ordinal), h));
        page.One("script").Remove();
        Assert.Contains("UTC", path.Contains("services/calls", StringComparison.Ordinal) ? "UTC" : page.One("main").Value);
    }

    [Fact]
    public void Every_link_leads_somewhere()
    {
        var scene = Busy;
        var seen = new HashSet<string>();
        var open = new Queue<string>(["/"]);
        while (open.TryDequeue(out string? path))
        {
            if (!seen.Add(path)) continue;
            var answer = StatusSite.Answer(scene, path, "en");
            Assert.True(answer.Status == 200, $"{path} is {answer.Status}");
            if (answer.ContentType != StatusAnswer.Page) continue;
            foreach (string href in StatusScenes.Parse(answer.Text()).Descendants().Select(e => e.Get("href")).OfType<string>().Where(h => !h.StartsWith('#')))
                open.Enqueue(Uri.UnescapeDataString(new Uri(new Uri("http://status.example" + path), href).AbsolutePath));
        }
        foreach (string path in StatusSite.Paths(scene)) Assert.True(seen.Contains("/" + path) || path.EndsWith("badge.svg", StringComparison.Ordinal) || path.StartsWith("api/", StringComparison.Ordinal), path);
        Assert.True(seen.Count > 20);
    }

    [Theory]
    [InlineData("/incidents/none/")]
    [InlineData("/incidents/")]
    [InlineData("/incidents/i-7/x/")]
    [InlineData("/services/none/")]
    [InlineData("/services/none/feed.atom")]
    [InlineData("/services/none/badge.svg")]
    [InlineData("/history/2026-13/")]
    [InlineData("/history/2026-01/")]
    [InlineData("/history/..%2f/")]
    [InlineData("/api/v2/none.json")]
    [InlineData("/api/v1/summary.json")]
    [InlineData("/fr/")]
    [InlineData("/de/none")]
    [InlineData("//evil.example/")]
    [InlineData("/../../etc/passwd")]
    public void What_is_not_there_is_a_404_page(string path)
    {
        var page = Busy.Page(path, status: 404);
        page.One("h1");
        Assert.Contains(page.All("a"), a => a.Get("href") is "/" or "/de/");
    }

    [Theory]
    [InlineData("/incidents/i-7", "i-7/")]
    [InlineData("/de", "de/")]
    [InlineData("/de/history", "history/")]
    [InlineData("/services/calls", "calls/")]
    public void A_page_without_its_slash_is_sent_on(string path, string to)
    {
        var answer = StatusSite.Answer(Busy, path, null);
        Assert.Equal((308, to), (answer.Status, answer.Location));
    }

    [Fact]
    public void The_overview_shows_what_is_current_planned_and_past()
    {
        var page = Busy.Page("/");
        string[] headings = [.. page.All("h2").Select(h => h.Value)];
        Assert.Equal(["Current incidents", "Services", "Planned work", "Past incidents"], headings);
        Assert.Equal(["Calls to Manchester fail", "New router", "It was broken"], page.All("h3").Select(h => h.Value));
        Assert.Equal(2 * ServiceHistory.Days, page.All("rect").Count());
        Assert.Equal("40 of 90 days with data, 1 of them with trouble", page.All("svg").First().Get("aria-label"));
        Assert.Contains("97.50 % up over 90 days", page.One("main").Value);
    }

    [Fact]
    public void An_incident_tells_its_life_latest_first()
    {
        var incident = StatusScenes.Incident(updates: [(IncidentPhase.Investigating, "One."), (IncidentPhase.Identified, "Two."), (IncidentPhase.Monitoring, "Three."), (IncidentPhase.Resolved, "Four."), (IncidentPhase.PostMortem, "# Why\n\n- a **cable**")]);
        var page = StatusScenes.Scene([incident]).Page("/incidents/i-7/");
        Assert.Equal(["Post-mortem", "Resolved", "Monitoring", "Identified", "Investigating"], page.One("ol").All("strong").Where(s => s.Parent!.Name.LocalName == "p").Select(s => s.Value));
        Assert.Equal("li", Assert.Single(page.All("strong"), s => s.Value == "cable").Parent!.Name.LocalName);
        Assert.Equal("Why", page.One("h4").Value);
        Assert.Equal(5, page.One("ol").All("time").Count());
        Assert.All(page.All("time"), t => Assert.EndsWith("Z", t.Get("datetime")!, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ServiceState.Up, IncidentImpact.None, "Everything works.")]
    [InlineData(ServiceState.Degraded, IncidentImpact.None, "Some services are disturbed.")]
    [InlineData(ServiceState.Down, IncidentImpact.None, "Some services are down.")]
    [InlineData(ServiceState.Up, IncidentImpact.Minor, "Some services are disturbed.")]
    [InlineData(ServiceState.Up, IncidentImpact.Critical, "There is a major outage.")]
    [InlineData(ServiceState.Down, IncidentImpact.Minor, "Some services are down.")]
    [InlineData(ServiceState.Unknown, IncidentImpact.None, "Everything works.")]
    public void The_verdict_is_the_worst_of_what_is_measured_and_said(ServiceState manchester, IncidentImpact impact, string sentence)
    {
        var scene = StatusScenes.Scene(impact == IncidentImpact.None ? [] : [StatusScenes.Incident(impact: impact)], null, StatusScenes.Readings(manchester));
        Assert.Equal(sentence, scene.Page("/").All("p").Single(p => p.Get("class")?.StartsWith("verdict", StringComparison.Ordinal) == true).Value);
    }

    [Fact]
    public void Calls_down_is_a_major_outage_and_planned_work_under_way_says_so()
    {
        Assert.Equal(Verdict.Critical, StatusScenes.Scene(null, null, new ServiceReading(ServiceReading.Calls, ServiceKind.Calls, "", ServiceState.Down)).Verdict);
        var underWay = StatusScenes.Incident("m", impact: IncidentImpact.Maintenance, updates: [(IncidentPhase.InProgress, "Now.")]) with { Planned = (StatusScenes.Now.AddHours(-1), StatusScenes.Now.AddHours(1)) };
        Assert.Equal(Verdict.Maintenance, StatusScenes.Scene([underWay]).Verdict);
        Assert.Equal(Verdict.AllWorks, StatusScenes.Scene([StatusScenes.Planned("m", 1)]).Verdict);
    }

    [Fact]
    public void Old_figures_are_marked_and_no_figures_said_so()
    {
        Assert.Equal([], StatusScenes.Scene().Page("/").All("p").Where(p => p.Get("class") == "stale"));
        var old = StatusScenes.Scene(at: StatusScenes.Now.AddMinutes(-7));
        Assert.Contains("07:53 UTC. These figures are old", old.Page("/").All("p").Single(p => p.Get("class") == "stale").Value);
        Assert.Equal(Verdict.Unknown, old.Verdict);
        var none = StatusScene.Of(StatusScenes.Options, StatusSnapshot.Empty, [], StatusScenes.Now);
        Assert.Contains("Nothing has been measured yet.", none.Page("/").One("main").Value);
        Assert.Equal(Verdict.Unknown, none.Verdict);
        Assert.Equal(Verdict.Major, StatusScene.Of(StatusScenes.Options, StatusSnapshot.Empty, [StatusScenes.Incident()], StatusScenes.Now).Verdict);
    }

    [Fact]
    public void German_is_German()
    {
        var page = Busy.Page("/", "de-AT,de;q=0.9,en;q=0.5");
        Assert.Equal("de", page.Root!.Get("lang"));
        Assert.Contains("Alles", StatusScenes.Scene().Page("/de/").One("main").Value);
        Assert.Contains("97,50 % verfügbar in 90 Tagen", page.One("main").Value);
        Assert.Contains("23. November 2026, 07:59 UTC", page.One("main").Value);
        Assert.Contains(page.One("header").All("a"), a => a.Get("href") == "./en/" && a.Value == "English");
    }

    [Theory]
    [InlineData(null, "en")]
    [InlineData("", "en")]
    [InlineData("fr,nl;q=0.5", "en")]
    [InlineData("de", "de")]
    [InlineData("DE-ch", "de")]
    [InlineData("en;q=0.4, de;q=0.5", "de")]
    [InlineData("de;q=0, en;q=0.1", "en")]
    [InlineData("de;q=nonsense", "en")]
    [InlineData("*;q=0.1, de;q=0.2", "de")]
    [InlineData("den", "en")]
    [InlineData(";;;,,,;q=", "en")]
    public void The_language_is_the_readers(string? header, string language) => Assert.Equal(language, AcceptLanguage.Choose(header).Language);

    [Fact]
    public void Text_can_be_read_in_light_and_in_dark()
    {
        var schemes = Regex.Matches(PageStyle.Css, @":root\{([^}]*)\}").Select(m => Regex.Matches(m.Groups[1].Value, "--([a-z]+):#([0-9a-f]{6})").ToDictionary(c => c.Groups[1].Value, c => Luminance(c.Groups[2].Value))).ToArray();
        Assert.Equal(2, schemes.Length);
        foreach (var colours in schemes)
            foreach (string text in (string[])["text", "quiet", "link", "up", "degraded", "down"])
            {
                double ratio = (Math.Max(colours[text], colours["page"]) + 0.05) / (Math.Min(colours[text], colours["page"]) + 0.05);
                Assert.True(ratio >= 4.5, $"{text}: {ratio.ToString("0.0", CultureInfo.InvariantCulture)}");
            }
    }

    /// <summary>WCAG 2.2's relative luminance.</summary>
    private static double Luminance(string hex)
    {
        double Part(int at)
        {
            double c = int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        }
        return (0.2126 * Part(0)) + (0.7152 * Part(2)) + (0.0722 * Part(4));
    }
}
