using System.Globalization;
using Mesh.Host.Pages;

namespace Mesh.Host.Console;

/// <summary>What every page of the console has: title, landmarks, navigation, style, the place of what changes by itself.</summary>
public static class ConsoleFrame
{
    public static string Write(ConsoleReader reader, ConsolePage page)
    {
        string full = $"{page.Title} – {reader.Site} – {reader.Mesh}";
        return Html.Of($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta name="color-scheme" content="light dark" />
            <meta name="robots" content="noindex" />
            <title>{full}</title>
            <style>{Html.Trusted(ConsoleStyle.Css)}</style>
            {(page.Insert is { Css.Length: > 0 } style ? Html.Of($"<style>{Html.Trusted(style.Css)}</style>") : Html.Nothing)}
            </head>
            <body>
            <a class="skip" href="#content">Skip to content</a>
            <header>
            <span><strong>{reader.Mesh}</strong> <span class="quiet">at {reader.Site}</span></span>
            <nav aria-label="Console"><ul>{Enum.GetValues<ConsoleSection>().Select(s => Link(s, page.Section))}</ul></nav>
            <span class="quiet" id="reader">{reader.Standing}</span>
            </header>
            <main id="content" tabindex="-1">
            <h1>{page.Title}</h1>
            {page.Content}
            {(page.Feed is { } feed ? Live(feed, page.Live) : page.Live)}
            {page.After}
            </main>
            <footer><p class="quiet">Times are UTC.</p></footer>
            <script>{Html.Trusted(ConsoleScript.Text)}</script>
            {(page.Insert is { Script.Length: > 0 } script ? Html.Of($"<script>{Html.Trusted(script.Script)}</script>") : Html.Nothing)}
            </body>
            </html>

            """).Markup;
    }

    /// <summary>Where a section is.</summary>
    public static string AddressOf(ConsoleSection section) => section == ConsoleSection.Calls ? "/console/" : $"/console/{section.ToString().ToLowerInvariant()}";

    /// <summary>The permalink of a call.</summary>
    public static string AddressOfCall(string origin) => $"/console/calls/{Uri.EscapeDataString(origin)}";

    /// <summary>A moment, UTC; the script adds the reader's own time.</summary>
    public static Html Time(DateTimeOffset at) => Html.Of($"""<time class="at" datetime="{Iso(at)}">{at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}</time>""");

    /// <summary>How long ago, counted by the script; without it the moment.</summary>
    public static Html Age(DateTimeOffset since) => Html.Of($"""<time class="age" datetime="{Iso(since)}">since {since.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture)}</time>""");

    private static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static Html Link(ConsoleSection section, ConsoleSection current) => Html.Of(
        $"""<li><a href="{AddressOf(section)}"{(section == current ? Html.Trusted(" aria-current=\"page\"") : Html.Nothing)}>{section.ToString()}</a></li>""");

    private static Html Live(string feed, Html content) => Html.Of($"""
        <p class="quiet"><span id="feed-state" role="status">As of now; reload for news</span> <button type="button" id="pause" aria-pressed="false" hidden="hidden">Pause updates</button></p>
        <div id="live" data-feed="{feed}" tabindex="-1">{content}</div>
        """);
}
