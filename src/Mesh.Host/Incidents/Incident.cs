using System.Text.Json.Serialization;

namespace Mesh.Host.Incidents;

/// <summary>One incident, or one piece of planned work, as all that was done to it makes it.</summary>
/// <param name="Services">What is affected.</param>
/// <param name="Updates">Oldest first; the first one opened it.</param>
public sealed record Incident(
    string Id,
    string Title,
    [property: JsonConverter(typeof(HyphenWords<IncidentState>))] IncidentState State,
    [property: JsonConverter(typeof(HyphenWords<IncidentImpact>))] IncidentImpact Impact,
    IReadOnlyList<string> Services,
    DateTimeOffset OpenedAt,
    IReadOnlyList<IncidentUpdate> Updates)
{
    /// <summary>When it was closed first, since it was last open; null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>When it is thought to be over; null when nobody said.</summary>
    public DateTimeOffset? Estimate { get; init; }

    /// <summary>When planned work begins; null: it is an incident.</summary>
    public DateTimeOffset? PlannedFrom { get; init; }

    public DateTimeOffset? PlannedTo { get; init; }

    /// <summary>The alarm that drafted it; empty when a person opened it.</summary>
    public string Alarm { get; init; } = "";

    /// <summary>The sites that see what the alarm is about, in the order they said so.</summary>
    public IReadOnlyList<string> SeenBy { get; init; } = [];

    /// <summary>When no site saw it any more; null while one does.</summary>
    public DateTimeOffset? RecoveredAt { get; init; }

    /// <summary>It was a draft until nobody saw it any more; no person closed it.</summary>
    public bool IsClosedByAlarm { get; init; }

    public bool IsPlanned => PlannedFrom is not null;

    public bool IsOpen => !IsClosing(State);

    /// <summary>False for a draft, and for one that was closed without ever having been confirmed: such are for operators only.</summary>
    public bool IsPublic => Updates[0].State is not (null or IncidentState.Draft) || Updates.Any(static u => u.State is { } s and not IncidentState.Draft && !IsClosing(s));

    /// <summary>True for the states in which nothing is affected any more.</summary>
    public static bool IsClosing(IncidentState state) => state is IncidentState.Resolved or IncidentState.PostMortem or IncidentState.Completed;
}

/// <summary>One line of an incident's timeline.</summary>
/// <param name="State">What it was set to; null when only something was said.</param>
/// <param name="Text">Markdown, as it was written.</param>
/// <param name="Why">For operators, not for the public; empty when none was given.</param>
/// <param name="Site">Where it was done.</param>
public sealed record IncidentUpdate(
    DateTimeOffset At, [property: JsonConverter(typeof(HyphenWords<IncidentState>))] IncidentState? State, string Text, string Who, string Why, string Site, long Number)
{
    /// <summary>Said by an alarm: for operators.</summary>
    public bool IsAlarm { get; init; }
}
