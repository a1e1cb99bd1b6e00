namespace Mesh.Host.Sorry.Contents;

/// <summary>What stored pages may be. Sizes are octets.</summary>
public sealed record ContentLimits
{
    /// <summary>Of one version.</summary>
    public int Files { get; init; } = 500;

    public int FileOctets { get; init; } = 5 * 1024 * 1024;

    /// <summary>Of all files of an upload together.</summary>
    public int TotalOctets { get; init; } = 20 * 1024 * 1024;

    /// <summary>The same of a copy of a site.</summary>
    public int CopyOctets { get; init; } = 60 * 1024 * 1024;

    /// <summary>Folders within each other, the file included.</summary>
    public int Depth { get; init; } = 8;

    /// <summary>Characters of a path, and of a label.</summary>
    public int PathLength { get; init; } = 200;

    public int LabelLength { get; init; } = 80;

    /// <summary>Kept for one host; the oldest that is not switched on goes when another comes.</summary>
    public int Versions { get; init; } = 10;

    /// <summary>Of all versions of all hosts at a site.</summary>
    public long StoreOctets { get; init; } = 4L * 1024 * 1024 * 1024;

    /// <summary>Of all versions that one person or customer stored.</summary>
    public long OwnerOctets { get; init; } = 100L * 1024 * 1024;

    public int TotalOf(ContentKind kind) => kind == ContentKind.Copy ? CopyOctets : TotalOctets;

    /// <summary>Octets of a bundle at most, whoever sends it: the files, and for each its name.</summary>
    public long BundleOctets => Math.Max(TotalOctets, CopyOctets) + (long)Files * (PathLength + 64) + 1024;
}
