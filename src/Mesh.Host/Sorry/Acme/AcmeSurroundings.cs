using Mesh.Host.Journal;
using Mesh.Io;

namespace Mesh.Host.Sorry.Acme;

/// <summary>What a site that orders certificates has around it.</summary>
public sealed record AcmeSurroundings
{
    /// <summary>Absolute: of the account's key and of what was ordered.</summary>
    public required string Folder { get; init; }

    /// <summary>Absolute: where the listener looks for certificates.</summary>
    public required string Certificates { get; init; }

    /// <summary>This site's place in the list of the sites.</summary>
    public int Site { get; init; }

    public int Sites { get; init; } = 1;

    /// <summary>The other sites that are not known to have an entry of the journal.</summary>
    public Func<JournalEntry, IReadOnlyList<string>> Lacking { get; init; } = static _ => [];

    /// <summary>Used by nobody else.</summary>
    public required IChance Chance { get; init; }

    public required AcmeLog Log { get; init; }

    public string FileOf(string host) => Path.Combine(Certificates, host + ".pem");
}
