using Mesh.Host.Status.Incidents;
using Mesh.Host.Status.Sampling;
using Mesh.Host.Status.Words;

namespace Mesh.Host.Status;

/// <summary>What there is to show at one moment: everything a page, a feed or a badge is made of.</summary>
/// <param name="Incidents">Newest first.</param>
public sealed record StatusScene(StatusOptions Options, StatusSnapshot Snapshot, IReadOnlyList<IncidentReport> Incidents, DateTimeOffset Now)
{
    public static StatusScene Of(StatusOptions options, StatusSnapshot snapshot, IReadOnlyList<IncidentReport> incidents, DateTimeOffset now) =>
        new(options, snapshot, [.. incidents.OrderByDescending(i => i.OpenedAt).ThenBy(i => i.Id, StringComparer.Ordinal).Take(options.MaxIncidents)], now);

    public bool IsStale => Snapshot.At is not { } at || Now - at > Options.StaleAfter;

    public IEnumerable<IncidentReport> Current => Incidents.Where(i => i.IsCurrent(Now));

    /// <summary>Planned work that has not begun, the next first.</summary>
    public IEnumerable<IncidentReport> Ahead => Incidents.Where(i => i.IsAhead(Now)).OrderBy(i => i.Planned!.Value.From);

    public IEnumerable<IncidentReport> Past => Incidents.Where(i => i.IsOver);

    /// <summary>The worst of what is measured and what people say of it.</summary>
    public Verdict Verdict
    {
        get
        {
            var said = Current.Select(Said).DefaultIfEmpty(Verdict.AllWorks).Max();
            var seen = Seen();
            // What people say of an outage stands even when nothing can be measured.
            return seen == Verdict.Unknown && said > Verdict.Maintenance ? said : seen == Verdict.Unknown ? seen : said > seen ? said : seen;
        }
    }

    public IncidentReport? Find(string id) => Incidents.FirstOrDefault(i => i.Id == id);

    public ServiceStatus? Service(string id) => Snapshot.Services.FirstOrDefault(s => s.Id == id);

    /// <summary>People name services by their ids, or by the names of sites, exchanges and carriers.</summary>
    public static bool Concerns(IncidentReport incident, ServiceStatus service) =>
        incident.Services.Any(s => s.Equals(service.Id, StringComparison.OrdinalIgnoreCase) || s.Equals(service.Reading.Name, StringComparison.OrdinalIgnoreCase));

    private Verdict Seen()
    {
        if (Service(ServiceReading.Calls)?.State == ServiceState.Down) return Verdict.Critical;
        if (IsStale) return Verdict.Unknown;
        var states = Snapshot.Services.Select(s => s.State).Where(s => s != ServiceState.Unknown).ToArray();
        return states.Length == 0 ? Verdict.Unknown
            : states.All(s => s == ServiceState.Down) ? Verdict.Critical
            : states.Max() switch { ServiceState.Down => Verdict.Major, ServiceState.Degraded => Verdict.Minor, _ => Verdict.AllWorks };
    }

    private static Verdict Said(IncidentReport incident) => incident.Impact switch
    {
        IncidentImpact.Critical => Verdict.Critical,
        IncidentImpact.Major => Verdict.Major,
        IncidentImpact.Minor => Verdict.Minor,
        IncidentImpact.Maintenance => Verdict.Maintenance,
        _ => Verdict.AllWorks,
    };
}
