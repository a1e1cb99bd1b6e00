using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Mesh.Host.Pages;
using Mesh.Host.Status.Pages;

namespace Mesh.Host.Status.Incidents;

/// <summary>Markdown of people, as HTML that can do no harm: no HTML of theirs, no pictures, links to http, https and mailto only.</summary>
public static class IncidentText
{
    /// <summary>Longer texts are shown as they are written.</summary>
    public const int MaxLength = 20_000;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().Build();

    public static Html Render(string markdown)
    {
        string clean = Html.Clean(markdown);
        if (clean.Length > MaxLength) return AsWritten(clean);
        try { return Render(Markdown.Parse(clean, Pipeline)); }
        // Nested deeper than the parser goes: nobody means that.
        catch (ArgumentException) { return AsWritten(clean); }
    }

    private static Html AsWritten(string text) => Html.Of($"<p>{text}</p>");

    private static Html Render(MarkdownDocument document)
    {
        // The page has headings of its own above these.
        foreach (var heading in document.Descendants<HeadingBlock>()) heading.Level = Math.Min(6, heading.Level + 3);
        foreach (var link in document.Descendants<LinkInline>().ToArray())
            if (link.IsImage || !IsHarmless(link.GetDynamicUrl?.Invoke() ?? link.Url)) Unlink(link);
        foreach (var link in document.Descendants<AutolinkInline>().ToArray())
            if (!link.IsEmail && !IsHarmless(link.Url)) link.ReplaceBy(new LiteralInline(link.Url));
        return Html.Trusted(document.ToHtml(Pipeline));
    }

    /// <summary>An absolute address of a scheme that runs nothing.</summary>
    private static bool IsHarmless(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeMailto);

    private static void Unlink(LinkInline link)
    {
        while (link.FirstChild is { } child)
        {
            child.Remove();
            link.InsertBefore(child);
        }
        link.Remove();
    }
}
