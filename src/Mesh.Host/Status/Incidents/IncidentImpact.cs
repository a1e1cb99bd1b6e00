namespace Mesh.Host.Status.Incidents;

/// <summary>How bad an incident is, worst last.</summary>
public enum IncidentImpact
{
    None,
    /// <summary>Planned work.</summary>
    Maintenance,
    Minor,
    Major,
    Critical,
}
