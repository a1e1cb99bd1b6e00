using System.Text.Json;
using Mesh.Host.Incidents;
using Mesh.Host.Pages;

namespace Mesh.Host.Console.Lists;

/// <summary>Incidents and planned work, drafts too; the same at all sites.</summary>
public static class IncidentList
{
    private static readonly string[] Headings = ["Incident", "State", "Impact", "Concerns", "Opened", "Last word", "Public"];

    public static Html Write(IReadOnlyList<Incident> all, int most)
    {
        var open = all.Where(static i => i.IsOpen).ToArray();
        int drafts = open.Count(static i => i.State == IncidentState.Draft);
        return Html.Of($"""
            <p id="summary" role="status">{ConsoleWords.Number(open.Length)} open{(drafts > 0 ? $", {ConsoleWords.Count(drafts, "draft waits", "drafts wait")} for a person to confirm" : "")}.</p>
            {ConsoleTable.Write("open", "Open incidents and planned work", Headings, open, Row, "Nothing is open.", most)}
            {ConsoleTable.Write("closed", "The last that were closed", Headings, all.Where(static i => !i.IsOpen).Take(20).ToArray(), Row, "None yet.", most)}
            """);
    }

    public static string AddressOf(string id) => $"/console/incidents/{Uri.EscapeDataString(id)}";

    /// <summary>As people write it: <c>post-mortem</c>.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static Html Row(Incident incident) => ConsoleTable.Row(
        $"incident-{incident.Id}",
        Html.Of($"""<a href="{AddressOf(incident.Id)}">{incident.Title}</a>"""),
        ConsoleTable.Word(Word(incident.State), incident.State == IncidentState.Draft ? "warn" : incident.IsOpen ? "down" : "quiet"),
        ConsoleTable.Text(Word(incident.Impact)), ConsoleTable.Text(string.Join(", ", incident.Services)), ConsoleFrame.Time(incident.OpenedAt),
        Html.Of($"""{ConsoleFrame.Time(incident.Updates[^1].At)} <span class="quiet">{incident.Updates[^1].Who} at {incident.Updates[^1].Site}</span>"""),
        ConsoleTable.Text(incident.IsPublic ? "yes" : "no"));
}
