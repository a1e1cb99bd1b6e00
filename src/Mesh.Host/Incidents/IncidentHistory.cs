using Mesh.Host.Journal;

namespace Mesh.Host.Incidents;

/// <summary>From journal entries to incidents. Pure: all sites have the same entries in the same order, so they show the same incidents.</summary>
public static class IncidentHistory
{
    /// <summary>All of them, the latest opened first. Entries of an incident whose opening is not known, and those not understood, are left out.</summary>
    /// <param name="entries">In the journal's order.</param>
    public static IReadOnlyList<Incident> Of(IEnumerable<JournalEntry> entries) =>
        [.. entries.GroupBy(static e => e.Subject, StringComparer.Ordinal).Select(static g => OfOne(g.Key, g)).OfType<Incident>()
            .OrderByDescending(static i => i.OpenedAt).ThenBy(static i => i.Id, StringComparer.Ordinal)];

    /// <summary>The incident these entries, all of one subject, make; null without an opening.</summary>
    public static Incident? OfOne(string id, IEnumerable<JournalEntry> entries)
    {
        var changes = entries.Select(static e => (Entry: e, Change: IncidentChange.Read(e))).Where(static c => c.Change is not null).ToList();
        int opening = changes.FindIndex(static c => c.Change!.Opens);
        if (opening < 0) return null;
        // Clocks far apart can date an update before the opening it followed.
        var first = changes[opening];
        changes.RemoveAt(opening);
        var incident = new Incident(id, first.Change!.Title ?? id, first.Change.State ?? IncidentState.Investigating, IncidentImpact.None, [], first.Entry.At, []);
        return changes.Prepend(first).Aggregate(incident, static (i, c) => Apply(i, c.Entry, c.Change!));
    }

    private static Incident Apply(Incident incident, JournalEntry entry, IncidentChange change)
    {
        if (change.Alarm is { } alarm && incident.Updates.Count > 0) return Witness(incident, entry, change, alarm);
        var state = Next(incident, change);
        return incident with
        {
            State = state,
            IsClosedByAlarm = change.State is null && incident.IsClosedByAlarm,
            Title = change.Title ?? incident.Title,
            Impact = change.Impact ?? incident.Impact,
            Services = change.Services ?? incident.Services,
            Estimate = change.Estimate ?? incident.Estimate,
            PlannedFrom = change.PlannedFrom ?? incident.PlannedFrom,
            PlannedTo = change.PlannedTo ?? incident.PlannedTo,
            Alarm = change.Alarm ?? incident.Alarm,
            SeenBy = change is { Alarm: not null, Sees: true } ? [entry.Site] : incident.SeenBy,
            ClosedAt = Incident.IsClosing(state) ? incident.ClosedAt ?? entry.At : null,
            Updates = [.. incident.Updates, new IncidentUpdate(entry.At, change.State, change.Text, entry.Who, entry.Why, entry.Site, entry.Number) { IsAlarm = change.Alarm is not null }],
        };
    }

    /// <summary>
    /// A site says that it sees, or no more sees, what an alarm is about; several that drafted it at the same moment come to one draft here. A draft that nobody sees any more and nobody
    /// confirmed is closed, and a draft again when somebody sees it again; what a person confirmed or closed is a person's to change.
    /// </summary>
    private static Incident Witness(Incident incident, JournalEntry entry, IncidentChange change, string alarm)
    {
        string[] seenBy = [.. incident.SeenBy.Where(s => s != entry.Site), .. change.Sees ? (string[])[entry.Site] : []];
        bool isOver = seenBy.Length == 0, wasOver = incident.RecoveredAt is not null;
        var state = isOver && incident.State == IncidentState.Draft ? IncidentState.Resolved
            : !isOver && wasOver && incident is { State: IncidentState.Resolved, IsClosedByAlarm: true } ? IncidentState.Draft : incident.State;
        return incident with
        {
            Alarm = incident.Alarm.Length > 0 ? incident.Alarm : alarm,
            SeenBy = seenBy,
            RecoveredAt = isOver ? incident.RecoveredAt ?? entry.At : null,
            State = state,
            IsClosedByAlarm = state == IncidentState.Resolved && (incident.IsClosedByAlarm || incident.State == IncidentState.Draft),
            ClosedAt = Incident.IsClosing(state) ? incident.ClosedAt ?? entry.At : null,
            Updates = [.. incident.Updates, new IncidentUpdate(entry.At, null, change.Text, entry.Who, entry.Why, entry.Site, entry.Number) { IsAlarm = true }],
        };
    }

    private static IncidentState Next(Incident incident, IncidentChange change) => (incident.State, change.State) switch
    {
        (var before, null) => before,
        // Whoever confirms it on one side of a split knows more than an alarm that is over on the other.
        (_, { } after) when incident.IsClosedByAlarm => after,
        (var before, { } after) when Incident.IsClosing(before) && !Incident.IsClosing(after) && !change.Reopens && !change.Opens => before,
        // Both sides of a split closed it, one of them with what was learnt.
        (IncidentState.PostMortem, IncidentState.Resolved) => IncidentState.PostMortem,
        (_, { } after) => after,
    };
}
