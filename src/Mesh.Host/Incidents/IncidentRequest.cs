namespace Mesh.Host.Incidents;

/// <summary>What an administrator asks to be done to an incident; what is null stays as it is.</summary>
/// <param name="Who">Recorded; must be given.</param>
/// <param name="Why">Recorded, not published.</param>
public sealed record IncidentRequest(string? Who, string? Why)
{
    public string? Title { get; init; }

    /// <summary>Markdown.</summary>
    public string? Text { get; init; }

    /// <summary>A word of <see cref="IncidentState"/>.</summary>
    public string? State { get; init; }

    /// <summary>A word of <see cref="IncidentImpact"/>.</summary>
    public string? Impact { get; init; }

    public IReadOnlyList<string>? Services { get; init; }

    public DateTimeOffset? Estimate { get; init; }

    public DateTimeOffset? PlannedFrom { get; init; }

    public DateTimeOffset? PlannedTo { get; init; }
}
