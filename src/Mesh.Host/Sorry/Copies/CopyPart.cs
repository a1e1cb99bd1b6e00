namespace Mesh.Host.Sorry.Copies;

/// <summary>Something that was fetched, before its links are rewritten: that needs all of it.</summary>
/// <param name="Name">Under which it is kept.</param>
/// <param name="Html">Of a page; else null.</param>
/// <param name="Octets">Of an asset; else null.</param>
public sealed record CopyPart(Uri Address, string Name, string? Html, ReadOnlyMemory<byte>? Octets)
{
    /// <summary>Of a style sheet; else null.</summary>
    public string? Css { get; init; }

    public bool IsPage => Html is not null;
}
