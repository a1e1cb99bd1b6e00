using Mesh.Host.Incidents;
using Mesh.Host.Journal;

namespace Mesh.Host.Status.Incidents;

/// <summary>The incidents of the shared journal that a person has confirmed: what operators tell each other of them stays out.</summary>
public sealed class JournalIncidents(ISharedJournal journal) : IIncidentView
{
    public IReadOnlyList<IncidentReport> Reports() => [.. IncidentHistory.Of(journal.Read(IncidentChange.Kind)).Where(i => i.IsPublic).Select(Report)];

    public static IncidentReport Report(Incident incident)
    {
        var updates = new List<IncidentUpdate>();
        var phase = incident.IsPlanned ? IncidentPhase.Scheduled : IncidentPhase.Investigating;
        bool isDraft = false;
        foreach (var update in incident.Updates)
        {
            isDraft = update.State is { } said ? said == IncidentState.Draft : isDraft;
            // What was said of a draft was said to operators, and so is what alarms say.
            if (isDraft || update.IsAlarm) continue;
            phase = update.State is { } state ? Phase(state) : phase;
            updates.Add(new IncidentUpdate(update.At, phase, update.Text) { Key = $"{update.Site}/{update.Number}" });
        }
        return new IncidentReport(incident.Id, incident.Title, Impact(incident.Impact), incident.Services, incident.OpenedAt, updates)
        {
            Planned = incident is { PlannedFrom: { } from, PlannedTo: { } to } ? (from, to) : null,
            Stands = Phase(incident.State),
            ClosedAt = incident.ClosedAt,
            Estimate = incident.Estimate,
        };
    }

    private static IncidentPhase Phase(IncidentState state) => state switch
    {
        IncidentState.Identified => IncidentPhase.Identified,
        IncidentState.Monitoring => IncidentPhase.Monitoring,
        IncidentState.Resolved => IncidentPhase.Resolved,
        IncidentState.PostMortem => IncidentPhase.PostMortem,
        IncidentState.Scheduled => IncidentPhase.Scheduled,
        IncidentState.InProgress => IncidentPhase.InProgress,
        IncidentState.Completed => IncidentPhase.Completed,
        _ => IncidentPhase.Investigating,
    };

    private static IncidentImpact Impact(Mesh.Host.Incidents.IncidentImpact impact) => impact switch
    {
        Mesh.Host.Incidents.IncidentImpact.Minor => IncidentImpact.Minor,
        Mesh.Host.Incidents.IncidentImpact.Major => IncidentImpact.Major,
        Mesh.Host.Incidents.IncidentImpact.Critical => IncidentImpact.Critical,
        Mesh.Host.Incidents.IncidentImpact.Maintenance => IncidentImpact.Maintenance,
        _ => IncidentImpact.None,
    };
}
