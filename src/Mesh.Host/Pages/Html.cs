using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Mesh.Host.Pages;

/// <summary>
/// Markup that is safe to send. It is written as an interpolated string, whose holes are escaped unless they hold markup already: text from people cannot become markup by
/// forgetting something. Attributes are quoted, and every element is closed as in XML.
/// </summary>
public readonly struct Html
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private readonly string? markup;

    private Html(string markup) => this.markup = markup;

    public static readonly Html Nothing = new("");

    public string Markup => markup ?? "";

    public static Html Of(HtmlInterpolation text) => new(text.Take());

    /// <summary>Markup from somebody who has escaped it.</summary>
    public static Html Trusted(string markup) => new(markup);

    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts.Select(p => p.Markup)));

    /// <summary>Escaped for elements and for quoted attributes.</summary>
    public static string Escape(string text) => Encoder.Encode(Clean(text));

    /// <summary>Characters that neither HTML nor XML can carry become U+FFFD.</summary>
    public static string Clean(string text)
    {
        int bad = FirstBad(text, 0);
        if (bad < 0) return text;
        var chars = text.ToCharArray();
        for (; bad >= 0; bad = FirstBad(text, bad + 1)) chars[bad] = '\uFFFD';
        return new string(chars);
    }

    public override string ToString() => Markup;

    private static int FirstBad(string text, int from)
    {
        for (int i = from; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
            else if (!System.Xml.XmlConvert.IsXmlChar(text[i])) return i;
        }
        return -1;
    }
}
