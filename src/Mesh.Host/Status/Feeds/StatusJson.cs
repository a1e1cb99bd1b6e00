using System.Text.Json;
using Mesh.Host.Status.Incidents;
using Mesh.Host.Status.Sampling;
using Mesh.Host.Status.Words;

namespace Mesh.Host.Status.Feeds;

/// <summary>The status in the shape that Statuspage's version 2 has, which many programs read. A service nobody knows the state of is <c>unknown</c>, a word that shape lacks.</summary>
public sealed class StatusJson(StatusScene scene)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private static readonly StatusWords English = StatusWords.All[0];

    /// <summary>Null when there is no such document.</summary>
    public string? Write(string document) => document switch
    {
        "summary.json" => Text(new { Page, Components = Components(), Incidents = Open(planned: false), ScheduledMaintenances = Open(planned: true), Status }),
        "status.json" => Text(new { Page, Status }),
        "components.json" => Text(new { Page, Components = Components() }),
        "incidents.json" => Text(new { Page, Incidents = Newest(planned: false) }),
        "scheduled-maintenances.json" => Text(new { Page, ScheduledMaintenances = Newest(planned: true) }),
        _ => null,
    };

    private object Page => new { Id = scene.Options.Name, Name = English.Title(scene.Options.Name), Url = "/", TimeZone = "Etc/UTC", UpdatedAt = scene.Snapshot.At?.UtcDateTime };

    private object Status => new
    {
        Indicator = scene.Verdict switch { Verdict.AllWorks => "none", Verdict.Unknown => "unknown", var other => other.ToString().ToLowerInvariant() },
        Description = English.Sentence(scene.Verdict),
    };

    private object[] Components() => [.. scene.Snapshot.Services.Select((s, i) => Component(s, i + 1))];

    private object Component(ServiceStatus service, int position) => new
    {
        service.Id,
        Name = English.Service(service.Reading, scene.Options.Site),
        Status = service.State switch { ServiceState.Up => "operational", ServiceState.Degraded => "degraded_performance", ServiceState.Down => "major_outage", _ => "unknown" },
        Position = position,
        Description = (string?)null,
        Showcase = true,
        Group = false,
        GroupId = (string?)null,
        PageId = scene.Options.Name,
        OnlyShowIfDegraded = false,
        UpdatedAt = scene.Snapshot.At?.UtcDateTime,
    };

    private object[] Open(bool planned) => [.. scene.Incidents.Where(i => i.Planned is not null == planned && !i.IsOver).Select(Incident)];

    private object[] Newest(bool planned) => [.. scene.Incidents.Where(i => i.Planned is not null == planned).Take(scene.Options.MaxInFeed).Select(Incident)];

    private object Incident(IncidentReport incident) => new
    {
        incident.Id,
        Name = incident.Title,
        Status = Phase(incident.Phase),
        Impact = incident.Impact.ToString().ToLowerInvariant(),
        CreatedAt = incident.OpenedAt.UtcDateTime,
        StartedAt = incident.OpenedAt.UtcDateTime,
        UpdatedAt = incident.UpdatedAt.UtcDateTime,
        MonitoringAt = incident.Updates.FirstOrDefault(u => u.Phase == IncidentPhase.Monitoring)?.At.UtcDateTime,
        ResolvedAt = incident.OverAt?.UtcDateTime,
        ScheduledFor = incident.Planned?.From.UtcDateTime,
        ScheduledUntil = incident.Planned?.Until.UtcDateTime,
        Shortlink = "/" + Pages.PagePlace.Incident(incident.Id),
        PageId = scene.Options.Name,
        IncidentUpdates = incident.Updates.Select((u, i) => new
        {
            Id = $"{incident.Id}-{i + 1}",
            Status = Phase(u.Phase),
            Body = u.Text,
            IncidentId = incident.Id,
            CreatedAt = u.At.UtcDateTime,
            DisplayAt = u.At.UtcDateTime,
            UpdatedAt = u.At.UtcDateTime,
        }).Reverse().ToArray(),
        Components = scene.Snapshot.Services.Where(s => StatusScene.Concerns(incident, s)).Select((s, i) => Component(s, i + 1)).ToArray(),
    };

    private static string Phase(IncidentPhase phase) => phase switch
    {
        IncidentPhase.PostMortem => "postmortem",
        IncidentPhase.InProgress => "in_progress",
        _ => phase.ToString().ToLowerInvariant(),
    };

    private static string Text(object document) => JsonSerializer.Serialize(document, Json) + "\n";
}
