using System.Net;
using Markdig;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Mesh.Host.Incidents;

/// <summary>
/// Markdown as people write it in incidents, to HTML that can do nothing: tags are shown as text, a link leads to the web, a mailbox or a telephone or is no link, and a picture is a
/// link to it, since a page that must always be up loads nothing from elsewhere.
/// </summary>
public static class IncidentMarkdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UseAutoLinks().UseEmphasisExtras().UsePipeTables().Build();
    private static readonly string[] Schemes = ["https://", "http://", "mailto:", "tel:"];

    public static string ToHtml(string markdown)
    {
        try
        {
            var document = Markdown.Parse(markdown, Pipeline);
            foreach (var link in document.Descendants<LinkInline>().ToList())
            {
                link.IsImage = false;
                if (!IsSafe(link.GetDynamicUrl?.Invoke() ?? link.Url)) link.ReplaceBy(new ContainerInline());
            }
            foreach (var link in document.Descendants<AutolinkInline>().ToList())
                if (!link.IsEmail && !IsSafe(link.Url)) link.ReplaceBy(new LiteralInline(link.Url));
            using var html = new StringWriter();
            var renderer = new HtmlRenderer(html);
            Pipeline.Setup(renderer);
            renderer.Render(document);
            return html.ToString().Replace("<a href=", "<a rel=\"nofollow noopener\" href=", StringComparison.Ordinal);
        }
        // Nested deeper than the reader follows.
        catch (ArgumentException) { return $"<p>{WebUtility.HtmlEncode(markdown)}</p>\n"; }
    }

    private static bool IsSafe(string? url) => url is not null && !url.Any(char.IsControl) && Schemes.Any(s => url.StartsWith(s, StringComparison.OrdinalIgnoreCase));
}
