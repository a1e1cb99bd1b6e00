using System.Globalization;
using Mesh.Host.Admin;
using Mesh.Host.Admin.Neighbours;
using Mesh.Host.Pages;

namespace Mesh.Host.Console.Lists;

/// <summary>Sites and the ways between them, as each end sees it; other IAX2 systems.</summary>
public static class PeerList
{
    public static Html Write(IReadOnlyList<SiteAnswer<IReadOnlyList<PeerView>>> peers, IReadOnlyList<SiteAnswer<SiteFacts>> facts, int most)
    {
        string[] plans = [.. facts.Select(static f => f.Value?.PlanHash).OfType<string>().Distinct(StringComparer.Ordinal)];
        var ways = peers.SelectMany(a => (a.Value ?? []).Where(static p => p.Kind != "trunk").Select(p => (From: a.Site, Peer: p))).ToArray();
        int down = ways.Count(static w => w.Peer.State == "down");
        return Html.Of($"""
            {ConsoleWords.Faults(facts)}
            <p id="summary" role="status">{(down == 0 ? "No way is down." : $"{ConsoleWords.Count(down, "way is", "ways are")} down.")} {(plans.Length > 1 ? "The sites run different dialplans." : "")}</p>
            {ConsoleTable.Write("sites", "Sites", ["Site", "State", "Dialplan", "Calls"], facts, f => Site(f, plans.Length > 1), "No sites.", most)}
            {ConsoleTable.Write("peers", "Ways between them, as each end sees it", ["From", "To", "State", "Round trip", "Loss", "Calls", "Trunked calls", "Address"], ways, static w => Way(w.From, w.Peer), "No peers.", most)}
            """);
    }

    private static Html Site(SiteAnswer<SiteFacts> site, bool differ) => ConsoleTable.Row(
        $"site-{site.Site}", ConsoleTable.Text(site.Site),
        site.Value is { } facts
            ? [State(facts.State), Html.Of($"""<code>{facts.PlanHash}</code>{(differ ? Html.Of($" {ConsoleTable.Word("differs", "warn")}") : Html.Nothing)}"""), ConsoleTable.Text(ConsoleWords.Number(facts.Calls))]
            : [ConsoleTable.Word(ConsoleWords.Word(site.Fault), "down"), ConsoleTable.Text("not known"), ConsoleTable.Text("not known")]);

    private static Html State(SiteState state) => ConsoleTable.Word(state.ToString().ToLowerInvariant(), state == SiteState.Ready ? "up" : "warn");

    private static Html Way(string from, PeerView peer) => ConsoleTable.Row(
        $"peer-{from}-{peer.Kind}-{peer.Name}", ConsoleTable.Text(from),
        Html.Of($"""{peer.Name}{(peer.Kind == "site" ? Html.Nothing : Html.Of($""" <span class="quiet">{peer.Kind}</span>"""))}"""),
        ConsoleTable.Word(peer.State, peer.State switch { "up" => "up", "down" => "down", _ => "quiet" }),
        ConsoleTable.Text(peer.RoundTripMs is { } ms ? string.Create(CultureInfo.InvariantCulture, $"{ms:0} ms") : "–"),
        ConsoleTable.Text(peer.LossPercent is { } loss ? string.Create(CultureInfo.InvariantCulture, $"{loss:0} %") : "–"),
        ConsoleTable.Text(ConsoleWords.Number(peer.Calls)), ConsoleTable.Text(ConsoleWords.Number(peer.TrunkedCalls)), ConsoleTable.Text(peer.Address));
}
