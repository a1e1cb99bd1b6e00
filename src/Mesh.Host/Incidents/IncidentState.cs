using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mesh.Host.Incidents;

/// <summary>How far an incident, or planned work, has come. Written with hyphens: <c>post-mortem</c>.</summary>
public enum IncidentState
{
    /// <summary>Made by an alarm, shown to nobody until a person gives it another state.</summary>
    Draft,
    Investigating,
    Identified,
    Monitoring,
    Resolved,
    /// <summary>Resolved, and what was learnt is written.</summary>
    PostMortem,
    /// <summary>Planned work that has not begun.</summary>
    Scheduled,
    InProgress,
    /// <summary>Planned work that is done.</summary>
    Completed,
}

/// <summary>How bad it is for those who use what is affected.</summary>
public enum IncidentImpact
{
    None,
    Minor,
    Major,
    Critical,
    /// <summary>Planned work.</summary>
    Maintenance,
}

/// <summary>Writes and reads an enumeration as words with hyphens, never as numbers.</summary>
public sealed class HyphenWords<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
