namespace Mesh.Host.Status.Incidents;

/// <summary>An incident as the public sees it. Every text is a person's and is escaped wherever it is shown.</summary>
/// <param name="Id">In its permalink.</param>
/// <param name="Services">Ids of the services it concerns; may be empty.</param>
/// <param name="Updates">Oldest first; at least one.</param>
public sealed record IncidentReport(string Id, string Title, IncidentImpact Impact, IReadOnlyList<string> Services, DateTimeOffset OpenedAt, IReadOnlyList<IncidentUpdate> Updates)
{
    /// <summary>When planned work begins and ends; null for an incident.</summary>
    public (DateTimeOffset From, DateTimeOffset Until)? Planned { get; init; }

    /// <summary>Where it stands, when that is not what was said last: of two sides of a split one may have closed it.</summary>
    public IncidentPhase? Stands { get; init; }

    /// <summary>When it was closed, as whoever kept it says; null: as its updates say.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>When it is thought to be over; null when nobody said.</summary>
    public DateTimeOffset? Estimate { get; init; }

    public IncidentPhase Phase => Stands is { } stands ? stands : Updates.Count > 0 ? Updates[^1].Phase : Planned is null ? IncidentPhase.Investigating : IncidentPhase.Scheduled;

    public bool IsOver => Phase is IncidentPhase.Resolved or IncidentPhase.PostMortem or IncidentPhase.Completed;

    /// <summary>When it was over; null while it is not.</summary>
    public DateTimeOffset? OverAt => IsOver ? ClosedAt ?? Updates.FirstOrDefault(u => u.Phase is IncidentPhase.Resolved or IncidentPhase.PostMortem or IncidentPhase.Completed)?.At ?? UpdatedAt : null;

    public DateTimeOffset UpdatedAt => Updates.Count > 0 ? Updates[^1].At : OpenedAt;

    /// <summary>Planned work that has not begun, by its phase and the clock.</summary>
    public bool IsAhead(DateTimeOffset now) => Planned is { } planned && Phase == IncidentPhase.Scheduled && now < planned.From;

    /// <summary>What the page shows on top: incidents that are not over, and planned work under way.</summary>
    public bool IsCurrent(DateTimeOffset now) => !IsOver && !IsAhead(now);
}

/// <summary>One thing said of an incident.</summary>
/// <param name="Text">Markdown.</param>
public sealed record IncidentUpdate(DateTimeOffset At, IncidentPhase Phase, string Text)
{
    /// <summary>The same for this one thing at every site; empty where nobody needs it.</summary>
    public string Key { get; init; } = "";
}
