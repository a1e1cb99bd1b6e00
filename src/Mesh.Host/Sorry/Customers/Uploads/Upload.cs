using Mesh.Host.Sorry.Contents;

namespace Mesh.Host.Sorry.Customers.Uploads;

/// <summary>What somebody sent, unpacked in memory, or why it is refused.</summary>
/// <param name="LeftOut">What packing programs add and nobody misses.</param>
public sealed record Upload(IReadOnlyList<ContentFile> Files, IReadOnlyList<string> LeftOut, string? Fault)
{
    public string Label { get; init; } = "";

    public static Upload Refused(string fault) => new([], [], fault);

    /// <summary>What is in one folder, and nothing beside it, was meant to be what is in it.</summary>
    public Upload WithoutTopFolder()
    {
        if (Files.Count == 0 || Files.Any(f => f.Path.Equals(ContentCheck.FirstPage, StringComparison.OrdinalIgnoreCase))) return this;
        int slash = Files[0].Path.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0) return this;
        string top = Files[0].Path[..(slash + 1)];
        return Files.All(f => f.Path.StartsWith(top, StringComparison.Ordinal) && f.Path.Length > top.Length) ? this with { Files = [.. Files.Select(f => f with { Path = f.Path[top.Length..] })] } : this;
    }

    /// <summary>The folders and files that macOS and Windows put beside others.</summary>
    public static bool IsLitter(string path) =>
        path.StartsWith("__MACOSX/", StringComparison.Ordinal) || path[(path.LastIndexOf('/') + 1)..] is ".DS_Store" or "Thumbs.db" or "desktop.ini";
}
