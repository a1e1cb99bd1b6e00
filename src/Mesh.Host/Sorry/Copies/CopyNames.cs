using System.Security.Cryptography;
using Mesh.Host.Sorry.Contents;

namespace Mesh.Host.Sorry.Copies;

/// <summary>Under which names the files of a copy are kept: a page so that its own address finds it (<see cref="ContentPath.Asked"/>), an asset under its own path where that tells its kind, else under a name of ours.</summary>
public sealed class CopyNames
{
    private const string Folder = "_copy/";

    private static readonly Dictionary<string, string> Endings = new(StringComparer.Ordinal)
    {
        ["text/css"] = "css", ["text/plain"] = "txt", ["image/svg+xml"] = "svg", ["image/png"] = "png", ["image/jpeg"] = "jpg", ["image/gif"] = "gif", ["image/webp"] = "webp", ["image/avif"] = "avif",
        ["image/x-icon"] = "ico", ["image/vnd.microsoft.icon"] = "ico", ["font/woff"] = "woff", ["application/font-woff"] = "woff", ["font/woff2"] = "woff2", ["application/font-woff2"] = "woff2",
        ["font/ttf"] = "ttf", ["application/x-font-ttf"] = "ttf", ["font/otf"] = "otf", ["application/x-font-otf"] = "otf",
    };

    // As ContentCheck has it: capitals make no difference, and nothing is both a file and a folder.
    private readonly HashSet<string> files = new(StringComparer.OrdinalIgnoreCase), folders = new(StringComparer.OrdinalIgnoreCase);
    private readonly ContentLimits limits;

    public CopyNames(ContentLimits limits) => this.limits = limits;

    /// <summary>Takes a name for the page of an address; null when there is none it could be found by.</summary>
    public string? Page(Uri uri)
    {
        string plain = Uri.UnescapeDataString(uri.AbsolutePath).TrimStart('/');
        string kept = System.Text.Ascii.IsValid(plain) ? plain : string.Join('/', plain.Split('/').Select(Uri.EscapeDataString));
        if (uri.Query.Length > 1) kept += Uri.EscapeDataString(uri.Query);
        string[] names = kept.Length == 0 || kept.EndsWith('/') ? [kept + ContentCheck.FirstPage]
            : ContentType.Of(kept) is { IsPage: true } && uri.Query.Length <= 1 ? [kept] : [kept + ".html", kept + "/" + ContentCheck.FirstPage];
        return names.FirstOrDefault(Take);
    }

    /// <summary>Takes a name for an asset of a type; null when it is of no kind that is kept, or not what its type says.</summary>
    public ContentFile? Asset(Uri uri, string type, byte[] octets)
    {
        string own = Uri.UnescapeDataString(uri.AbsolutePath).TrimStart('/');
        if (uri.Query.Length <= 1 && ContentType.Of(own) is { } known && known.Name.StartsWith("text/html", StringComparison.Ordinal) is false && ContentType.Fault(new ContentFile(own, octets)) is null && Take(own))
            return new ContentFile(own, octets);
        string? ending = Endings.GetValueOrDefault(type) ?? (ContentType.Of(own) is null ? null : own[(own.LastIndexOf('.') + 1)..].ToLowerInvariant());
        if (ending is null or "html" or "htm") return null;
        var file = new ContentFile($"{Folder}{Convert.ToHexStringLower(SHA256.HashData(octets))[..24]}.{ending}", octets);
        return ContentType.Fault(file) is null && (files.Contains(file.Path) || Take(file.Path)) ? file : null;
    }

    private bool Take(string name)
    {
        if (ContentPath.Fault(name, ContentKind.Copy, limits) is not null || files.Contains(name) || folders.Contains(name)) return false;
        var above = new List<string>();
        for (int slash = name.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = name.IndexOf('/', slash + 1)) above.Add(name[..slash]);
        if (above.Any(files.Contains)) return false;
        foreach (string folder in above) folders.Add(folder);
        return files.Add(name);
    }
}
