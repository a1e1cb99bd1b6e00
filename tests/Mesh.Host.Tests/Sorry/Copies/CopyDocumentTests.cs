using System.Text;
using Mesh.Host.Sorry.Copies;

namespace Mesh.Host.Tests.Sorry.Copies;

public class CopyDocumentTests
{
    private static readonly Uri Page = new("https://www.site.test/a/b.html");

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<SCRIPT SRC=//evil.test/x.js></SCRIPT>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("<svg onload=alert(1)><script>alert(2)</script></svg>")]
    [InlineData("<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>")]
    [InlineData("<a href='java\nscript:alert(1)'>x</a>")]
    [InlineData("<a href=' &#1;javascript:alert(1)'>x</a>")]
    [InlineData("<a href='vbscript:x'>x</a>")]
    [InlineData("<form action='javascript:alert(1)'><button formaction='javascript:alert(2)'>x</button></form>")]
    [InlineData("<iframe srcdoc='<script>alert(1)</script>'></iframe>")]
    [InlineData("<object data='x.swf'></object><embed src=x><applet code=x></applet>")]
    [InlineData("<meta http-equiv=refresh content='0;url=https://evil.test/'>")]
    [InlineData("<base href='https://evil.test/'><a href='x'>x</a>")]
    [InlineData("<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>")]
    [InlineData("<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>")]
    [InlineData("<template><script>alert(1)</script></template>")]
    [InlineData("<style>@import 'javascript:alert(1)';</style>")]
    [InlineData("<!--[if IE]><script>alert(1)</script><![endif]-->")]
    [InlineData("<div style=\"background:url('javascript:alert(1)')\">x</div>")]
    [InlineData("<p><table><script>alert(1)</table>")]
    [InlineData("<link rel=import href=x><link rel=preload as=script href=x.js><link rel=manifest href=m.json>")]
    public void Nothing_of_a_hostile_page_is_left_to_run(string hostile)
    {
        string kept = Write(hostile);
        // Read again, as a browser would: whatever parsing differently makes of it.
        var again = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(kept);
        Assert.Empty(again.QuerySelectorAll("script, iframe, object, embed, applet, base, template, meta[http-equiv], link[rel=import], link[rel=preload], link[rel=manifest]"));
        foreach (var attribute in again.All.SelectMany(e => e.Attributes))
        {
            Assert.False(attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase), attribute.Name);
            Assert.DoesNotContain("script:", string.Concat(attribute.Value.Where(c => c > ' ')), StringComparison.OrdinalIgnoreCase);
            if (attribute.Name is "src" or "action" or "srcset" or "data") Assert.DoesNotContain("evil.test", attribute.Value);
        }
        Assert.DoesNotContain("javascript:", again.QuerySelectorAll("style").Select(s => s.TextContent).Aggregate("", string.Concat));
        Assert.Contains("This is a copy of", kept);
    }

    [Theory]
    [InlineData("<div>")]
    [InlineData("<b id=#>")]
    [InlineData("<table><b id=#>")]
    [InlineData("<svg><desc>")]
    [InlineData("<p><b id=#></p>x")]
    public void A_page_made_to_keep_its_reader_busy_is_given_up(string again) =>
        Assert.Null(CopyDocument.Read(Page, string.Concat(Enumerable.Range(0, 20_000).Select(i => again.Replace("#", $"{i}")))));

    [Fact]
    public void A_page_made_to_fill_all_memory_is_given_up_a_large_one_is_not()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        // Bold text left open, repeated in each paragraph after it.
        Assert.Null(CopyDocument.Read(Page, "<p>" + string.Concat(Enumerable.Range(0, 400).Select(i => $"<b id={i}>")) + "</p>" + string.Concat(Enumerable.Repeat("<p>x</p>", 40_000))));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 2 * BoundedHtml.MaxAllocated);
        Assert.NotNull(CopyDocument.Read(Page, string.Concat(Enumerable.Repeat("<ul><li><a href=x>x</a></ul>", 10_000))));
    }

    [Fact]
    public void Forms_are_there_but_do_nothing_and_what_was_for_browsers_without_script_is_shown()
    {
        string kept = Write("<form action=/login method=post><input name=u><select><option>1</select><textarea></textarea><button>go</button></form><noscript><p>plain</p></noscript>");
        var again = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(kept);
        Assert.All(again.QuerySelectorAll("input, select, textarea, button"), c => Assert.True(c.HasAttribute("disabled")));
        Assert.Equal(4, again.QuerySelectorAll("input, select, textarea, button").Length);
        Assert.False(again.QuerySelector("form")!.HasAttribute("action"));
        Assert.Null(again.QuerySelector("noscript"));
        Assert.Contains("<p>plain</p>", kept);
    }

    [Fact]
    public void What_it_refers_to_is_found_wherever_a_browser_would()
    {
        var document = CopyDocument.Read(Page, """
            <base href="/base/"><link rel="shortcut icon" href=i.ico><link rel=stylesheet href="//www.site.test/s.css"><link rel="alternate stylesheet" href=alt.css>
            <style>@import url(x.css);body{background:url( "y.png" )}</style><div style="background:url(z.png)"></div>
            <picture><source srcset="a.webp 1x,b,c.webp 2x"><img src=d.png></picture><svg><image href=e.png /></svg><input type=image src=f.png>
            <a href="?q=1">q</a><area href="#frag"><a href=mailto:x>m</a><a href="http://[">bad</a><a href="../up" rel="external NoFollow">u</a>
            """)!;
        Assert.Equal(["/base/a.webp", "/base/b,c.webp", "/base/d.png", "/base/e.png", "/base/f.png", "/base/i.ico", "/base/x.css", "/base/y.png", "/base/z.png", "/s.css"], document.Assets.Select(a => a.AbsolutePath).Order(StringComparer.Ordinal));
        Assert.Equal([("/base/?q=1", false), ("/base/", false), ("/up", true)], document.Links.Select(l => (l.Address.PathAndQuery, l.NoFollow)));
    }

    [Theory]
    [InlineData("/a/b.html", "/a/c.html", "c.html")]
    [InlineData("/a/b.html", "/", "../")]
    [InlineData("/", "/a/b.css?x=/y", "a/b.css?x=/y")]
    [InlineData("/a/b/", "/a/b/", "./")]
    [InlineData("/a/b/c", "/a/x:y", "../x:y")]
    [InlineData("/a", "/x:y", "./x:y")]
    [InlineData("/a", "//evil.test/", ".//evil.test/")]
    [InlineData("/a/b", "/a?q", "../a?q")]
    public void A_reference_leads_where_it_should_from_where_it_stands(string from, string to, string reference)
    {
        Assert.Equal(reference, CopyAddress.Relative(from, to));
        Assert.Equal(new Uri("https://www.site.test" + to), new Uri(new Uri("https://www.site.test" + from), reference));
    }

    [Theory]
    [InlineData("a{background:url(x.png)}", "a{background:url(\"<x.png>\")}")]
    [InlineData("a{background:URL( 'x)y.png' )}", "a{background:url(\"<x)y.png>\")}")]
    [InlineData("a{background:url(x\\)y.png)}", "a{background:url(\"<x)y.png>\")}")]
    [InlineData("@IMPORT \"x.css\" screen;a{content:\"x.css\"}", "@IMPORT \"<x.css>\" screen;a{content:\"x.css\"}")]
    [InlineData("/* url(x) */a{}", " a{}")]
    [InlineData("a{content:\"url(x)\"}", "a{content:\"url(x)\"}")]
    [InlineData("a{background:u\\72l(x)}", "a{background:u\\72l(x)}")]
    [InlineData("a{b:url(\\78 .png", "a{b:url(\"<x.png>\")")]
    [InlineData("a{b:myurl(x)}", "a{b:myurl(x)}")]
    [InlineData("a{b:url(", "a{b:url(\"<>\")")]
    [InlineData("a{content:\"\\", "a{content:\"\\")]
    [InlineData("@import 'unclosed\na{}", "@import \"<unclosed>\"\na{}")]
    public void Style_sheets_are_read_as_browsers_read_them(string css, string rewritten) =>
        Assert.Equal(rewritten, CssReferences.Rewrite(css, r => $"<{r}>").Replace("\\3c ", "<").Replace("\\3e ", ">"));

    [Fact]
    public void What_replaces_a_reference_ends_neither_string_nor_element()
    {
        Assert.Equal("a{b:url(\"\\22 \\29 \\3c /style\\3e \")}".Replace("\\29 ", ")"), CssReferences.Rewrite("a{b:url(x)}", _ => "\")</style>"));
        Assert.Equal("url(\"data:,\")", CssReferences.Rewrite("url(x)", _ => null));
    }

    [Theory]
    [InlineData("a.png", "a.png")]
    [InlineData(" a.png 1x ,  b.png 2x", "a.png 1x, b.png 2x")]
    [InlineData("a,b.png 100w, c.png, d.png", "a,b.png 100w, c.png, d.png")]
    [InlineData("data:image/png;base64,AA== 1x, b.png 2x", "data:image/png;base64,AA== 1x, b.png 2x")]
    [InlineData(",,, a.png calc(1px, 2px), b.png", "a.png calc(1px, 2px), b.png")]
    [InlineData("", "")]
    public void Sets_of_images_are_read_as_browsers_read_them(string set, string read) => Assert.Equal(read, SourceSet.Write(SourceSet.Read(set)));

    [Theory]
    [InlineData("windows-1252", "", "\u20ac")]
    [InlineData("", "<meta charset='iso-8859-15'>", "\u20ac")]
    [InlineData("iso-8859-1", "", "\u00e4")]
    [InlineData("no-such-thing", "", "\u20ac")]
    public void Text_is_read_by_what_is_said_of_it(string header, string head, string text)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(header.Length > 0 ? header : "iso-8859-15") ?? (header == "no-such-thing" ? Encoding.UTF8 : Encoding.Latin1);
        Assert.Equal(head + text, CopyText.Read(encoding.GetBytes(head + text), header));
    }

    private static string Write(string body) => Encoding.UTF8.GetString(CopyDocument.Read(Page, "<!doctype html><html><head><title>t</title></head><body>" + body)!.Write((_, isAsset) => isAsset ? null : "x", new CopyBanner("www.site.test", DateTimeOffset.UnixEpoch)));
}
