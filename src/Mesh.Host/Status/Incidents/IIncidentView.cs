namespace Mesh.Host.Status.Incidents;

/// <summary>What may be told the public of incidents: those a person has confirmed.</summary>
public interface IIncidentView
{
    /// <summary>All of them, in any order; from memory, from any thread, at once.</summary>
    IReadOnlyList<IncidentReport> Reports();
}

/// <summary>A site without a journal.</summary>
public sealed class NoIncidents : IIncidentView
{
    public IReadOnlyList<IncidentReport> Reports() => [];
}
