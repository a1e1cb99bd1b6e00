namespace Mesh.Host.IaxTester.Conform;

/// <summary>
/// One requirement and how it is tested, strictly from outside.
/// </summary>
/// <param name="Id">Short and stable: scripts name rows by it.</param>
/// <param name="Section">Of RFC 5456; "field" for what the RFC does not have.</param>
/// <param name="Requirement">One sentence, of the server.</param>
/// <param name="Test">Throws <see cref="RequirementNotMet"/> when the server does otherwise.</param>
public sealed record ConformRow(string Id, string Section, RowLevel Level, RowNeeds Needs, string Requirement, Func<RowContext, Task> Test)
{
    /// <summary>By name in lists of tests.</summary>
    public override string ToString() => Id;
}

/// <summary>The server did not do what a row demands; the message says what it did instead.</summary>
public sealed class RequirementNotMet(string reason) : Exception(reason);
