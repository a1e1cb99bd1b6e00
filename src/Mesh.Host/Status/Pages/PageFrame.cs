using Mesh.Host.Pages;
using Mesh.Host.Status.Words;

namespace Mesh.Host.Status.Pages;

/// <summary>What every page has: title, language, links, landmarks, style.</summary>
public static class PageFrame
{
    public static string Write(StatusScene scene, PagePlace place, string title, Html content)
    {
        var words = place.Words;
        string name = words.Title(scene.Options.Name);
        string full = title.Length == 0 ? name : $"{title} – {name}";
        return Html.Of($"""
            <!DOCTYPE html>
            <html lang="{words.Language}">
            <head>
            <meta charset="utf-8" />
            <meta http-equiv="Content-Security-Policy" content="{PageStyle.PolicyOfExport(scene.Options.Subscribe)}" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta name="color-scheme" content="light dark" />
            <title>{full}</title>
            <link rel="alternate" type="application/atom+xml" title="{words.Feed}" href="{place.To("feed.atom")}" />
            {StatusWords.All.Select(other => Html.Of($"""<link rel="alternate" hreflang="{other.Language}" href="{place.In(other)}" />"""))}
            <style>{Html.Trusted(PageStyle.Css)}</style>
            </head>
            <body>
            <a class="skip" href="#content">{words.SkipToContent}</a>
            <header>
            <h1>{(title.Length == 0 ? name : title)}</h1>
            <nav aria-label="{words.LanguageChoice}"><ul>{StatusWords.All.Select(other => Choice(other, place))}</ul></nav>
            </header>
            <main id="content" tabindex="-1">
            {content}
            </main>
            <footer>
            <nav aria-label="{words.Overview}"><p><a href="{place.To("")}">{words.Overview}</a> · <a href="{place.To("history/")}">{words.AllPast}</a> · <a href="{place.To("feed.atom")}">{words.Feed}</a> · <a href="{place.Root}api/v2/summary.json">JSON</a></p></nav>
            </footer>
            <script>{Html.Trusted(PageStyle.Script)}</script>
            </body>
            </html>

            """).Markup;
    }

    /// <summary>A moment in UTC, which the script adds the reader's own time to.</summary>
    public static Html Time(StatusWords words, DateTimeOffset at) =>
        Html.Of($"""<time class="at" datetime="{at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture)}">{words.Moment(at)}</time>""");

    private static Html Choice(StatusWords other, PagePlace place) => other == place.Words
        ? Html.Of($"""<li><span aria-current="true">{other.LanguageName}</span></li>""")
        : Html.Of($"""<li><a href="{place.In(other)}" hreflang="{other.Language}" lang="{other.Language}">{other.LanguageName}</a></li>""");
}
