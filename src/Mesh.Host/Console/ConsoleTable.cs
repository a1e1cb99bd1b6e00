using Mesh.Host.Pages;

namespace Mesh.Host.Console;

/// <summary>A table: caption, headings with a scope, rows with ids that the script tells apart. It can be scrolled by keyboard where it is wider than the window.</summary>
public static class ConsoleTable
{
    /// <param name="id">Of the table, and the beginning of the ids around it.</param>
    /// <param name="row">Of each, from <see cref="Row"/>.</param>
    /// <param name="empty">Said when there are none.</param>
    /// <param name="most">Rows shown.</param>
    public static Html Write<T>(string id, string caption, IReadOnlyList<string> headings, IReadOnlyCollection<T> items, Func<T, Html> row, string empty, int most) => Html.Of($"""
        <div class="scroll" id="{id}-scroll" role="region" aria-labelledby="{id}-caption" tabindex="0"><table id="{id}">
        <caption id="{id}-caption">{caption}</caption>
        <thead><tr>{headings.Select(h => Html.Of($"""<th scope="col">{h}</th>"""))}</tr></thead>
        <tbody>{(items.Count == 0 ? Html.Of($"""<tr id="{id}-none"><td colspan="{headings.Count}">{empty}</td></tr>""") : Html.Join(items.Take(most).Select(row)))}{(items.Count > most ? Html.Of($"""<tr id="{id}-more"><td colspan="{headings.Count}">{items.Count - most} more are not shown.</td></tr>""") : Html.Nothing)}</tbody>
        </table></div>
        """);

    /// <param name="key">The same for the same thing, whatever the row says now.</param>
    /// <param name="heading">The first cell, which names the row.</param>
    public static Html Row(string key, Html heading, params IEnumerable<Html> cells) =>
        Html.Of($"""<tr id="{key}"><th scope="row">{heading}</th>{cells.Select(c => Html.Of($"<td>{c}</td>"))}</tr>""");

    public static Html Text(string text) => Html.Of($"{text}");

    /// <summary>A word that is also told by its colour.</summary>
    /// <param name="look">up, warn, down or quiet.</param>
    public static Html Word(string text, string look) => Html.Of($"""<span class="{look}">{text}</span>""");
}
