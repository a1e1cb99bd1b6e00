namespace Mesh.Host.Sorry.Contents;

/// <summary>A set of files, as all sites know it.</summary>
/// <param name="Target">The host it is for; see <see cref="Switches.SorryTarget"/>.</param>
/// <param name="Id">The SHA-256 of its bundle in hexadecimal: the same files have the same id at every site.</param>
/// <param name="Octets">Of its bundle.</param>
/// <param name="TakenAt">When it was uploaded, or a copy was taken.</param>
/// <param name="Site">Which has it for certain.</param>
public sealed record ContentVersion(
    string Target, string Id, ContentKind Kind, string Label, int Files, long Octets, DateTimeOffset TakenAt, string Owner, string Who, string Site)
{
    /// <summary>What people call it: enough of the id to tell versions apart.</summary>
    public string ShortId => Id[..12];

    public static bool IsId(string? text) => text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower);
}

/// <summary>What came of an offer: a version that is on this site's disk and in the journal, or why not.</summary>
/// <param name="Dropped">Versions that went to make room.</param>
public sealed record ContentOutcome(ContentVersion? Version, string? Fault, IReadOnlyList<ContentVersion> Dropped)
{
    public static ContentOutcome Refused(string fault) => new(null, fault, []);
}
