using Mesh.Host.Console;
using Mesh.Host.Pages;

namespace Mesh.Host.Ladders.Pages;

/// <summary>The page of one call: its permalink is <see cref="ConsoleFrame.AddressOfCall"/> at every site.</summary>
public static class LadderPage
{
    public static ConsolePage Of(Ladder ladder)
    {
        string address = ConsoleFrame.AddressOfCall(ladder.Origin);
        return new ConsolePage(ConsoleSection.Calls, $"Call {ladder.Origin}", Html.Of($"""
            <ul class="exports" aria-label="The same as">{Forms.Select(f => Html.Of($"""<li><a href="{address + f.Suffix}">{f.Name}</a></li>"""))}</ul>
            """))
        {
            Live = LadderFragment.Write(ladder),
            Feed = ladder.IsLive ? $"{address}/live" : null,
            Insert = LadderStyle.Insert,
        };
    }

    public static ConsolePage Missing(string origin) => new(ConsoleSection.Calls, "No such call", Html.Of($"""
        <p>No site keeps a ladder of <code>{Reading.PlainText.Cut(Reading.PlainText.Of(origin), 80)}</code>. A ladder is kept in memory until newer calls need the room, and not over a restart;
        <code>mesh trace</code> lists the calls a site still knows.</p>
        """)) { Status = 404 };

    private static readonly (string Suffix, string Name)[] Forms = [(".txt", "Text"), (".mmd", "Mermaid"), (".pcap", "Capture (pcap)"), (".json", "JSON")];
}
