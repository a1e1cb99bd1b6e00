namespace Mesh.Host.Status.Incidents;

/// <summary>How far an incident, or planned work, has come.</summary>
public enum IncidentPhase
{
    Investigating,
    Identified,
    Monitoring,
    Resolved,
    /// <summary>Said afterwards of an incident that is resolved.</summary>
    PostMortem,
    /// <summary>Planned work that has not begun.</summary>
    Scheduled,
    InProgress,
    Completed,
}
