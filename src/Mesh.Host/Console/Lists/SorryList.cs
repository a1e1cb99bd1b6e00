using Mesh.Host.Pages;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Console.Lists;

/// <summary>Sorry switches, the same at all sites.</summary>
public static class SorryList
{
    private static readonly string[] Headings = ["Target", "Answers", "In force", "Since", "Until", "Who and why", "Message", "Change"];

    public static Html Write(SorrySwitches switches, int most)
    {
        var now = switches.Now;
        var notices = switches.Board.Notices.ToArray();
        return Html.Of($"""
            <p id="summary" role="status">{ConsoleWords.Count(notices.Length, "switch", "switches")} on, {ConsoleWords.Number(notices.Count(n => n.InForce(now)))} in force.</p>
            <div id="warnings">{switches.Warnings.Select(static w => Html.Of($"""<p class="warn">{w}</p>"""))}</div>
            {ConsoleTable.Write("switches", "Sorry switches", Headings, notices, n => Row(n, n.InForce(now)), "Nothing is switched on: everything answers for itself.", most)}
            """);
    }

    private static Html Row(SorryNotice notice, bool inForce) => ConsoleTable.Row(
        $"sorry-{notice.Channel.ToString().ToLowerInvariant()}-{notice.Target}", ConsoleTable.Text(notice.Target),
        ConsoleTable.Text(SorryText.Answer(notice)),
        ConsoleTable.Word(inForce ? "yes" : "no", inForce ? "warn" : "quiet"),
        ConsoleFrame.Time(notice.Since),
        notice.Until is { } until ? ConsoleFrame.Time(until) : ConsoleTable.Text("switched off"),
        Html.Of($"""{notice.Who} <span class="quiet">at {notice.Site}</span> {notice.Why}"""),
        ConsoleTable.Text(notice.Message),
        Html.Of($"""<a href="/console/sorry?target={Uri.EscapeDataString(notice.Target)}#off" aria-label="Switch off {notice.Target}">Switch off</a>"""));
}
