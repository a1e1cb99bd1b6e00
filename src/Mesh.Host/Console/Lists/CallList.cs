using Mesh.Host.Admin;
using Mesh.Host.Admin.Neighbours;
using Mesh.Host.Pages;

namespace Mesh.Host.Console.Lists;

/// <summary>Live calls.</summary>
public static class CallList
{
    private static readonly string[] Headings = ["Call", "From", "To", "State", "For", "At"];

    public static Html Write(IReadOnlyList<SiteAnswer<IReadOnlyList<CallView>>> answers, int most)
    {
        var calls = CallBoard.Of(answers);
        return Html.Of($"""
            {ConsoleWords.Faults(answers)}
            <p id="summary" role="status">{ConsoleWords.Count(calls.Count, "call", "calls")}, {ConsoleWords.Number(calls.Count(static c => c.AnsweredAt is not null))} answered.</p>
            {ConsoleTable.Write("calls", "Calls in progress, at all sites", Headings, calls, Row, "No calls.", most)}
            """);
    }

    private static Html Row(MeshCall call) => ConsoleTable.Row(
        $"call-{call.Origin}",
        Html.Of($"""<a href="{ConsoleFrame.AddressOfCall(call.Origin)}">{call.Origin}</a>"""),
        Html.Of($"""{(call.Caller.Length > 0 ? call.Caller : "withheld")} <span class="quiet">{call.Entry} {call.From}</span>"""),
        ConsoleTable.Text(call.Called),
        ConsoleTable.Word(call.State, call.State switch { "answered" => "up", "ringing" => "warn", _ => "quiet" }),
        ConsoleFrame.Age(call.AnsweredAt ?? call.StartedAt),
        Html.Of($"<ul>{call.Parts.Select(static p => Html.Of($"""<li><strong>{p.Site}</strong> {string.Join(", ", p.Legs.Select(static l => $"{l.To} {l.State}"))}</li>"""))}</ul>"));
}
