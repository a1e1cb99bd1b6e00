namespace Mesh.Host.Sorry.Contents;

/// <summary>A file of a version.</summary>
/// <param name="Path">Relative, with slashes: <c>images/logo.png</c>; see <see cref="ContentPath"/>.</param>
public sealed record ContentFile(string Path, ReadOnlyMemory<byte> Octets);

/// <summary>A set of files that somebody wants kept.</summary>
/// <param name="Label">In that person's words; may be empty.</param>
/// <param name="Owner">Whose quota it counts against.</param>
/// <param name="Who">Is recorded.</param>
public sealed record ContentOffer(ContentKind Kind, IReadOnlyList<ContentFile> Files, string Label, string Owner, string Who, string Why)
{
    /// <summary>When a copy was taken; null: now.</summary>
    public DateTimeOffset? TakenAt { get; init; }
}
