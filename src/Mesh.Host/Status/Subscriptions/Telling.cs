using Mesh.Host.Status.Incidents;

namespace Mesh.Host.Status.Subscriptions;

/// <summary>One change of an incident that subscribers are told of.</summary>
/// <param name="Index">Of the update among those of the incident.</param>
public sealed record Telling(IncidentReport Incident, int Index)
{
    public IncidentUpdate Update => Incident.Updates[Index];

    /// <summary>The same at every site.</summary>
    public string Key => Update.Key;

    /// <summary>What there is to tell, oldest first. What was said longer ago than <paramref name="within"/> is no news.</summary>
    public static IReadOnlyList<Telling> Of(IReadOnlyList<IncidentReport> incidents, DateTimeOffset now, TimeSpan within) =>
        [.. incidents.SelectMany(static i => i.Updates.Select((_, n) => new Telling(i, n))).Where(t => t.Key.Length > 0 && now - t.Update.At < within)
            .OrderBy(static t => t.Update.At).ThenBy(static t => t.Key, StringComparer.Ordinal)];
}
