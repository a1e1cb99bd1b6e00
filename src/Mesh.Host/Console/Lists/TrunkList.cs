using Mesh.Host.Admin;
using Mesh.Host.Admin.Neighbours;
using Mesh.Host.Pages;

namespace Mesh.Host.Console.Lists;

/// <summary>Carriers, and which site takes each of our numbers.</summary>
public static class TrunkList
{
    public static Html Write(IReadOnlyList<SiteAnswer<IReadOnlyList<TrunkView>>> trunks, IReadOnlyList<SiteAnswer<SiteFacts>> facts, int most)
    {
        var known = trunks.SelectMany(a => a.Value ?? []).GroupBy(static t => t.Name, StringComparer.Ordinal).ToArray();
        // A bundle is the same on every site; a number only some of them know is shown too, it has just been added or taken away.
        var numbers = known.SelectMany(t => t.SelectMany(static v => v.Numbers).DistinctBy(static n => n.Number).Select(n => (Trunk: t.Key, Number: n))).OrderBy(static n => n.Number.Number, StringComparer.Ordinal).ToArray();
        int untaken = numbers.Count(n => TakenBy(n.Number, facts) is null);
        return Html.Of($"""
            {ConsoleWords.Faults(trunks)}
            <p id="summary" role="status">{ConsoleWords.Count(numbers.Length, "number", "numbers")}{(untaken > 0 ? $", {ConsoleWords.Number(untaken)} of them taken by no site" : "")}.</p>
            {ConsoleTable.Write("trunks", "Trunks, calls at each site", ["Trunk", "To", "Most calls at a site", .. trunks.Select(static a => a.Site)], known, t => Trunk(t.First(), trunks), "No trunks.", most)}
            {ConsoleTable.Write("numbers", "Our numbers", ["Number", "Trunk", "Should be taken by, best first", "Taken now by"], numbers, n => Number(n.Trunk, n.Number, facts), "No numbers.", most)}
            """);
    }

    /// <summary>The best site of a number's that serves; null when none of them does.</summary>
    public static string? TakenBy(TrunkNumberView number, IReadOnlyList<SiteAnswer<SiteFacts>> facts) =>
        (number.Sites.Count > 0 ? number.Sites : facts.Select(static f => f.Site)).FirstOrDefault(site => Serves(site, facts));

    private static bool Serves(string site, IReadOnlyList<SiteAnswer<SiteFacts>> facts) => facts.FirstOrDefault(f => f.Site == site)?.Value?.State == SiteState.Ready;

    private static Html Trunk(TrunkView trunk, IReadOnlyList<SiteAnswer<IReadOnlyList<TrunkView>>> trunks) => ConsoleTable.Row(
        $"trunk-{trunk.Name}", ConsoleTable.Text(trunk.Name),
        [
            ConsoleTable.Text(trunk.To.Length > 0 ? trunk.To : "only brings calls"), ConsoleTable.Text(trunk.MaxCalls is { } limit ? ConsoleWords.Number(limit) : "no limit"),
            .. trunks.Select(a => a.Value is null ? ConsoleTable.Word("not known", "warn")
                : ConsoleTable.Text(a.Value.FirstOrDefault(t => t.Name == trunk.Name) is { } there ? ConsoleWords.Number(there.Calls) : "–")),
        ]);

    private static Html Number(string trunk, TrunkNumberView number, IReadOnlyList<SiteAnswer<SiteFacts>> facts) => ConsoleTable.Row(
        $"number-{trunk}-{number.Number}", ConsoleTable.Text(number.Number), ConsoleTable.Text(trunk),
        ConsoleTable.Text(number.Sites.Count > 0 ? string.Join(", ", number.Sites) : "any site"),
        TakenBy(number, facts) is { } by ? ConsoleTable.Word(by, number.Sites.Count == 0 || number.Sites[0] == by ? "up" : "warn") : ConsoleTable.Word("no site serves", "down"));
}
