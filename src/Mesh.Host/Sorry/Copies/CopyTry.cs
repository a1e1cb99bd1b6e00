namespace Mesh.Host.Sorry.Copies;

/// <summary>The last time that this site took, or tried to take, a copy of a host.</summary>
/// <param name="Fault">Null: there is a copy.</param>
public sealed record CopyTry(DateTimeOffset At, string? Fault, IReadOnlyDictionary<string, int> Left);
