namespace Mesh.Host.IaxTester.Scenario;

/// <summary>A scenario as it was written, checked.</summary>
/// <param name="Variables">Given in the file; the command line may give others.</param>
/// <param name="Sockets">The socket of each call that has one of its own.</param>
public sealed record ScenarioFile(string Name, IReadOnlyDictionary<string, string> Variables, IReadOnlyDictionary<string, string> Sockets, IReadOnlyList<ScenarioStep> Steps)
{
    /// <summary>Steps one run may take, repetitions counted.</summary>
    public const int MaxSteps = 100_000;
}
