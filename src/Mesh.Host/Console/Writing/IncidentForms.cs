using System.Globalization;
using Mesh.Host.Console.Forms;
using Mesh.Host.Console.Lists;
using Mesh.Host.Incidents;
using Mesh.Host.Pages;

namespace Mesh.Host.Console.Writing;

/// <summary>The forms that open and change incidents, and what they send.</summary>
public static class IncidentForms
{
    private const string MomentHint = "2026-03-02T14:00Z; empty when not known.";

    /// <param name="typed">What was sent and refused; null at first.</param>
    public static Html Open(string key, WriteForm? typed, string why)
    {
        string Typed(string field) => typed?.Text(field) ?? "";
        return FormHtml.Form("/console/incidents", key, Html.Of($"""
            {FormHtml.Input("title", "Title", Typed("title"), required: true, most: IncidentDesk.MostTitleLength)}
            {FormHtml.Area("text", "What is known", Typed("text"), hint: "Markdown; the public reads it.")}
            {FormHtml.Select("state", "State", Choices(IncidentState.Investigating, IncidentState.Draft, IncidentState.Identified, IncidentState.Monitoring, IncidentState.Scheduled), Typed("state"))}
            {FormHtml.Select("impact", "Impact", Choices(IncidentImpact.Minor, IncidentImpact.None, IncidentImpact.Major, IncidentImpact.Critical, IncidentImpact.Maintenance), Typed("impact"))}
            {FormHtml.Input("services", "Concerns", Typed("services"), hint: "Services, with commas between them.", most: 2_000)}
            {FormHtml.Input("estimate", "Thought to be over", Typed("estimate"), hint: MomentHint, most: 40)}
            {FormHtml.Input("from", "Planned work begins", Typed("from"), hint: "Only for planned work.", most: 40)}
            {FormHtml.Input("to", "Planned work ends", Typed("to"), hint: "Only for planned work.", most: 40)}
            {FormHtml.Input("why", "Why", typed is null ? why : Typed("why"), hint: "For colleagues; not told to the public.", most: 200)}
            {FormHtml.Button("Open the incident", "open")}
            """));
    }

    public static Html Change(string key, Incident incident, WriteForm? typed, string why)
    {
        string Typed(string field, string known = "") => typed?.Text(field) ?? known;
        return FormHtml.Form(IncidentList.AddressOf(incident.Id), key, Html.Of($"""
            {FormHtml.Area("text", "What is new", Typed("text"), hint: "Markdown; the public reads it unless the incident is a draft.")}
            {FormHtml.Select("state", "State", [("", $"as it is: {IncidentList.Word(incident.State)}"), .. Choices([.. Enum.GetValues<IncidentState>().Where(static s => s != IncidentState.Draft)])], Typed("state"))}
            {FormHtml.Select("impact", "Impact", [("", $"as it is: {IncidentList.Word(incident.Impact)}"), .. Choices(Enum.GetValues<IncidentImpact>())], Typed("impact"))}
            {FormHtml.Input("title", "Another title", Typed("title"), hint: "Empty: as it is.", most: IncidentDesk.MostTitleLength)}
            {FormHtml.Input("services", "Concerns", Typed("services"), hint: "Empty: as it is.", most: 2_000)}
            {FormHtml.Input("estimate", "Thought to be over", Typed("estimate"), hint: MomentHint, most: 40)}
            {FormHtml.Input("why", "Why", Typed("why", why), hint: "For colleagues; not told to the public.", most: 200)}
            {(incident.State == IncidentState.Draft ? FormHtml.Button("Confirm the draft", "confirm") : FormHtml.Button("Update", "update"))}
            {(incident.IsOpen ? FormHtml.Button("Close the incident", "close") : Html.Nothing)}
            """));
    }

    /// <exception cref="IncidentException">A time is none.</exception>
    public static IncidentRequest Request(WriteForm form) => new(form.Who, form.Why)
    {
        Title = form.Given("title"),
        Text = form.Given("text"),
        State = form.Given("state"),
        Impact = form.Given("impact"),
        Services = form.Given("services")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        Estimate = Moment(form, "estimate"),
        PlannedFrom = Moment(form, "from"),
        PlannedTo = Moment(form, "to"),
    };

    private static DateTimeOffset? Moment(WriteForm form, string field) =>
        form.Given(field) is not { } text ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at
        : throw new IncidentException("a time is 2026-03-02T14:00Z");

    private static IEnumerable<(string, string)> Choices<T>(params T[] values)
        where T : struct, Enum => values.Select(static v => (IncidentList.Word(v), IncidentList.Word(v)));
}
