using Mesh.Host.Pages;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Console.Lists;

/// <summary>Sorry switches, the same at all sites; and those a site switched by itself.</summary>
public static class SorryList
{
    private static readonly string[] Headings = ["Target", "Answers", "In force here", "Since", "Until", "Who and why", "Message", "Change"];

    public static Html Write(SorryView view, int most) => Html.Of($"""
        <p id="summary" role="status">{ConsoleWords.Count(view.Switches.Count, "switch", "switches")} on, {ConsoleWords.Number(view.Switches.Count(static s => s.InForce))} in force here.</p>
        <div id="warnings">{view.Warnings.Select(static w => Html.Of($"""<p class="warn">{w}</p>"""))}</div>
        {ConsoleTable.Write("switches", "Sorry switches", Headings, view.Switches, Row, "Nothing is switched on: everything answers for itself.", most)}
        """);

    private static Html Row(SwitchView view)
    {
        var notice = view.Notice;
        bool isAutomatic = notice.Automatic.Length > 0;
        return ConsoleTable.Row(
            $"sorry-{notice.Channel.ToString().ToLowerInvariant()}-{notice.Target}{(isAutomatic ? $"-{notice.Site}-{notice.Automatic}" : "")}", ConsoleTable.Text(notice.Target),
            ConsoleTable.Text(SorryText.Answer(notice)),
            ConsoleTable.Word(view.InForce ? "yes" : "no", view.InForce ? "warn" : "quiet"),
            ConsoleFrame.Time(notice.Since),
            notice.Until is { } until ? ConsoleFrame.Time(until) : ConsoleTable.Text("switched off"),
            isAutomatic
                ? Html.Of($"{notice.Site} by itself, because {notice.Automatic} is gone")
                : Html.Of($"""{notice.Who}{(notice.Customer.Length > 0 ? $", customer {notice.Customer}" : "")} <span class="quiet">at {notice.Site}</span> {notice.Why}"""),
            ConsoleTable.Text(notice.Message),
            Html.Of($"""<a href="/console/sorry?target={Uri.EscapeDataString(notice.Target)}#off" aria-label="Switch off {notice.Target}">Switch off</a>"""));
    }
}
