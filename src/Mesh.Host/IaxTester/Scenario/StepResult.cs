namespace Mesh.Host.IaxTester.Scenario;

/// <summary>What became of one step.</summary>
/// <param name="Place">File, line and column.</param>
/// <param name="Result">ok, failed, or absent for an optional frame that did not come.</param>
public sealed record StepResult(string Place, string Step, string Result, string Detail, double AtMs);
