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
        var state = Next(incident, change);
        return incident with
        {
            State = state,
            Title = change.Title ?? incident.Title,
            Impact = change.Impact ?? incident.Impact,
            Services = change.Services ?? incident.Services,
            Estimate = change.Estimate ?? incident.Estimate,
            PlannedFrom = change.PlannedFrom ?? incident.PlannedFrom,
            PlannedTo = change.PlannedTo ?? incident.PlannedTo,
            ClosedAt = Incident.IsClosing(state) ? incident.ClosedAt ?? entry.At : null,
            Updates = [.. incident.Updates, new IncidentUpdate(entry.At, change.State, change.Text, entry.Who, entry.Why, entry.Site, entry.Number)],
        };
    }

    private static IncidentState Next(Incident incident, IncidentChange change) => (incident.State, change.State) switch
    {
        (var before, null) => before,
        (var before, { } after) when Incident.IsClosing(before) && !Incident.IsClosing(after) && !change.Reopens && !change.Opens => before,
        // Both sides of a split closed it, one of them with what was learnt.
        (IncidentState.PostMortem, IncidentState.Resolved) => IncidentState.PostMortem,
        (_, { } after) => after,
    };
}
