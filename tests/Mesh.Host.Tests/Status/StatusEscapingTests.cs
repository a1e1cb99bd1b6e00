using System.Text.Json;
using System.Xml.Linq;
using Mesh.Host.Pages;
using Mesh.Host.Status;
using Mesh.Host.Status.Incidents;
using Mesh.Host.Status.Pages;
using Mesh.Host.Status.Sampling;

namespace Mesh.Host.Tests.Status;

/// <summary>What people write stays text wherever it is shown: titles, texts, names of services, ids.</summary>
public class StatusEscapingTests
{
    public static readonly TheoryData<string> Attempts =
    [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
        "</title><script>alert(1)</script>",
        "</style><script>alert(1)</script>",
        "</script><script>alert(1)</script>",
        "\"><script>alert(1)</script>",
        "'><img src=x onerror=alert(1)>",
        "\" onmouseover=\"alert(1)",
        "' onfocus='alert(1)' autofocus='",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
        "<iframe src=javascript:alert(1)></iframe>",
        "<iframe srcdoc='&lt;script&gt;alert(1)&lt;/script&gt;'>",
        "<a href=javascript:alert(1)>x</a>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java\tscript:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](javascript&colon;alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
        "[x](vbscript:msgbox(1))",
        "[x](file:///etc/passwd)",
        "[x](//evil.example/)",
        "[x]: javascript:alert(1)\n\n[x]",
        "<javascript:alert(1)>",
        "![x](https://evil.example/pixel.png)",
        "![x](x\" onerror=\"alert(1))",
        "[x](https://good.example/ \"\\\" onclick=\\\"alert(1)\")",
        "[x](https://good.example/\"onclick=\"alert(1))",
        "<https://good.example/\"onmouseover=alert(1)>",
        "```\" onload=\"alert(1)\n</code><script>alert(1)</script>\n```",
        "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
        "<![CDATA[<script>alert(1)</script>]]>",
        "]]><script>alert(1)</script>",
        "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>&e;",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "&#60;script&#62;alert(1)&#60;/script&#62;",
        "<scr\0ipt>alert(1)</scr\0ipt>",
        "\uD800<script>alert(1)</script>\uFFFE\u0001\u001B[31m",
        "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<base href=//evil.example/><meta http-equiv=refresh content=0;url=//evil.example>",
        "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
        "{{constructor.constructor('alert(1)')()}}${alert(1)}",
    ];

    private static readonly string[] Elements =
        ["html", "head", "meta", "title", "link", "style", "body", "a", "header", "h1", "h2", "h3", "h4", "nav", "ul", "ol", "li", "span", "main", "p", "section", "strong", "svg", "rect", "footer", "script", "time", "article",
         "table", "thead", "tbody", "tr", "th", "td", "code", "pre", "em", "br", "g", "text"];

    private static readonly string[] Attributes =
        ["lang", "charset", "http-equiv", "content", "name", "rel", "type", "title", "href", "hreflang", "class", "id", "aria-label", "aria-labelledby", "aria-current", "tabindex", "role", "viewBox", "preserveAspectRatio",
         "x", "y", "width", "height", "datetime", "scope", "reversed", "xmlns", "fill", "font-family", "font-size", "text-anchor", "textLength", "lengthAdjust"];

    [Theory]
    [MemberData(nameof(Attempts))]
    public void It_stays_text(string attempt)
    {
        var scene = StatusScene.Of(
            StatusScenes.Options with { Name = attempt, Site = attempt },
            new StatusSnapshot(StatusScenes.Now, [StatusScenes.Service(new ServiceReading("calls", ServiceKind.Calls, attempt, ServiceState.Up)), StatusScenes.Service(new ServiceReading("site-x", ServiceKind.Site, attempt, ServiceState.Down))]),
            [Written("i-1", attempt, IncidentPhase.Identified), Written("i-2", attempt, IncidentPhase.Resolved), Written(attempt, attempt, IncidentPhase.Monitoring)],
            StatusScenes.Now);
        foreach (string path in StatusSite.Paths(scene).Select(p => "/" + Uri.UnescapeDataString(p)).Append("/incidents/" + attempt + "/").Append("/none/" + attempt).Distinct())
        {
            var answer = StatusSite.Answer(scene, path, "en");
            if (answer.Status == 308) continue;
            switch (answer.ContentType)
            {
                case StatusAnswer.Page or StatusAnswer.Svg: Harmless(StatusScenes.Parse(answer.Text())); break;
                case StatusAnswer.Atom: AtomIsHarmless(answer.Text()); break;
                case StatusAnswer.Json:
                    Assert.DoesNotContain('<', answer.Text());
                    using (JsonDocument.Parse(answer.Body)) { }
                    break;
            }
        }
        var overview = scene.Page("/");
        Assert.Contains(Html.Clean(attempt).ReplaceLineEndings("\n"), overview.All("h3").First().Value.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void There_are_at_least_forty_attempts() => Assert.True(Attempts.Count >= 40);

    [Fact]
    public void Links_that_do_no_harm_stay_links()
    {
        var links = StatusScenes.Parse($"<div>{IncidentText.Render("[a](https://a.example/?x=1&y=2) <https://b.example> [c](mailto:c@example.org) [d](javascript:x) ![e](https://e.example/e.png) [f](relative) <d@example.org>")}</div>").All("a").Select(a => a.Get("href"));
        Assert.Equal(["https://a.example/?x=1&y=2", "https://b.example", "mailto:c@example.org", "mailto:d@example.org"], links);
    }

    [Fact]
    public void A_text_too_long_to_read_is_shown_as_written() =>
        Assert.Equal("p", Assert.Single(StatusScenes.Parse(IncidentText.Render(new string('*', IncidentText.MaxLength + 1)).Markup).Descendants()).Name.LocalName);

    [Fact]
    public void Deeply_nested_marks_hurt_nobody()
    {
        foreach (string mark in (string[])["> ", "- ", "[", "*a ", "`", "<", "![", "1. "])
            StatusScenes.Parse($"<div>{IncidentText.Render(string.Concat(Enumerable.Repeat(mark, IncidentText.MaxLength / mark.Length)))}</div>");
    }

    private static IncidentReport Written(string id, string text, IncidentPhase last) =>
        StatusScenes.Incident(id, text, updates: [(IncidentPhase.Investigating, text), (last, text)]) with { Services = ["site-x", text] };

    private static void Harmless(XDocument document)
    {
        foreach (var element in document.Descendants())
        {
            Assert.Contains(element.Name.LocalName, Elements);
            foreach (var attribute in element.Attributes())
            {
                Assert.Contains(attribute.Name.LocalName, Attributes);
                if (attribute.Name.LocalName == "href") Assert.Matches("^(#content|\\.\\.?/.*|/|/de/|/en/|/((de|en)/)?history/|/((de|en)/)?feed\\.atom|/api/v2/summary\\.json|https?://good\\.example/.*)$", attribute.Value);
            }
        }
        Assert.All(document.All("script"), s => Assert.Equal(PageStyle.Script, s.Value));
        Assert.All(document.All("style"), s => Assert.Equal(PageStyle.Css, s.Value));
        Assert.InRange(document.All("script").Count(), 0, 1);
    }

    private static void AtomIsHarmless(string feed)
    {
        var document = XDocument.Parse(feed);
        Assert.All(document.Descendants(), e => Assert.Equal("http://www.w3.org/2005/Atom", e.Name.NamespaceName));
        foreach (var content in document.All("content")) Harmless(StatusScenes.Parse($"<main>{content.Value}</main>"));
    }
}
