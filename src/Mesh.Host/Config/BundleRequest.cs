namespace Mesh.Host.Config;

/// <summary>Which bundle to read, and for whom.</summary>
/// <param name="Directory">As the operator named it: messages show it so.</param>
/// <param name="Site">The site to resolve; null: all of them, and nothing but files counts.</param>
public sealed record BundleRequest(string Directory, string? Site)
{
    /// <summary>The process's variables; the <c>MESH_*</c> among them override files.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary><c>--set KEY=VALUE</c>, in the order given.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Flags { get; init; } = [];

    /// <summary>False where only the places of sites matter (a client of a running site): a client need not be able to read secrets.</summary>
    public bool ReadSecrets { get; init; } = true;
}
