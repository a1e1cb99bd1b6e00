namespace Mesh.Host.Config.Model;

/// <summary>A person: one number, every phone of theirs.</summary>
/// <param name="Number">Their extension.</param>
/// <param name="Name">Shown to whoever they call; empty when not given.</param>
/// <param name="Phones">Accounts, in the order written; all are defined.</param>
public sealed record PersonConfig(string Number, string Name, IReadOnlyList<string> Phones);
