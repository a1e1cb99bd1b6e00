using System.Text.RegularExpressions;
using Mesh.Host.Incidents;
using Mesh.Host.Status.Incidents;

namespace Mesh.Host.Tests.Status;

public partial class IncidentTextTests
{
    [Fact]
    public void Markdown_is_shown_as_written()
    {
        string html = IncidentText.Render("# Calls\n\n**No** calls to [the carrier](https://example.org/status?a=1&b=2).\n\n- one\n- two\n\n`x<y`").Markup;
        Assert.Contains("<h4>Calls</h4>", html);
        Assert.Contains("<strong>No</strong>", html);
        Assert.Contains("<a href=\"https://example.org/status?a=1&amp;b=2\">the carrier</a>", html);
        Assert.Contains("<li>one</li>", html);
        Assert.Contains("<code>x&lt;y</code>", html);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("a <b onmouseover=alert(1)>b</b>")]
    [InlineData("<!-- --><svg/onload=alert(1)>")]
    [InlineData("<iframe src=\"https://example.org\"></iframe>")]
    [InlineData("<a href=\"javascript:alert(1)\">x</a>")]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](JaVaScRiPt:alert(1))")]
    [InlineData("[x](java&#10;script:alert(1))")]
    [InlineData("[x](&#106;avascript:alert(1))")]
    [InlineData("[x](&#x6A;avascript&colon;alert(1))")]
    [InlineData("[x]( javascript:alert(1))")]
    [InlineData("[x](<javascript:alert(1)>)")]
    [InlineData("[x](\\javascript:alert(1))")]
    [InlineData("[x](data:text/html;base64,PHNjcmlwdD4=)")]
    [InlineData("[x](vbscript:msgbox)")]
    [InlineData("[x](file:///etc/passwd)")]
    [InlineData("[x](//example.org/x)")]
    [InlineData("![x](javascript:alert(1))")]
    [InlineData("![x](https://example.org/track.png)")]
    [InlineData("![x\" onerror=\"alert(1)](https://example.org/a.png)")]
    [InlineData("[x](https://example.org \"a\\\" onmouseover=\\\"alert(1)\")")]
    [InlineData("[x](https://example.org/\"onmouseover=\"alert(1))")]
    [InlineData("[x]\n\n[x]: javascript:alert(1)")]
    [InlineData("[x]\n\n[x]: https://example.org '\"><script>alert(1)</script>'")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("<data:text/html,x>")]
    [InlineData("<https://example.org/\"onmouseover=alert(1)>")]
    [InlineData("https://example.org/\"onmouseover=\"alert(1)")]
    [InlineData("www.example.org/\"><script>alert(1)</script>")]
    [InlineData("`</code><script>alert(1)</script>`")]
    [InlineData("```\n</code></pre><script>alert(1)</script>\n```")]
    [InlineData("```html\"><script>alert(1)</script>\nx\n```")]
    [InlineData("| a | b |\n|---|---|\n| <script>alert(1)</script> | [x](javascript:alert(1)) |")]
    [InlineData("# <script>alert(1)</script> {onclick=alert(1)}")]
    [InlineData("**<script>alert(1)</script>**")]
    [InlineData("<<script>script>alert(1)<</script>/script>")]
    [InlineData("\\<script>alert(1)\\</script>")]
    [InlineData("&lt;script&gt;alert(1)&lt;/script&gt;")]
    [InlineData("<style>*{background:url(javascript:alert(1))}</style>")]
    [InlineData("[![x](javascript:alert(1))](javascript:alert(1))")]
    [InlineData("x\u0000<script\u0000>alert(1)</script>")]
    public void No_text_does_anything(string markdown)
    {
        string html = IncidentText.Render(markdown).Markup;
        foreach (Match tag in Tag().Matches(html))
            Assert.Matches("^(</[a-z0-9]+>|<(p|h[1-6]|em|strong|del|ul|ol|li|br|hr|pre|code|blockquote|table|thead|tbody|tr|th|td)( class=\"[^\"<>]*\")?( /)?>|<a href=\"(https?://|mailto:)[^\"<>]*\"( title=\"[^\"<>]*\")?>)$", tag.Value);
        // Nothing is left over that a browser would take for a tag.
        Assert.DoesNotContain('<', Tag().Replace(html, ""));
    }

    [Theory]
    [InlineData(">")]
    [InlineData("[")]
    [InlineData("- ")]
    [InlineData("*a ")]
    [InlineData("![")]
    [InlineData("<a")]
    [InlineData("|a\n")]
    public void No_text_is_too_deep(string piece)
    {
        string text = string.Concat(Enumerable.Repeat(piece, IncidentDesk.MostTextLength / piece.Length));
        Assert.NotEqual("", IncidentText.Render(text).Markup);
    }

    [GeneratedRegex("<[^<>]*>")]
    private static partial Regex Tag();
}
