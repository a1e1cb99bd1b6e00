namespace Mesh.Host.Status.Sampling;

/// <summary>Whoever knows how the services do: the signalling loop of a site, or a test.</summary>
public interface IStatusReadings
{
    /// <summary>Asks without waiting. False when the question is not admitted; else <paramref name="answer"/> is called at most once, later, on whatever thread knows.</summary>
    bool TryAsk(Action<IReadOnlyList<ServiceReading>> answer);
}
