using System.Text;

namespace Mesh.Host.Sorry.Contents;

/// <summary>A kind of file that may be stored: known by its ending, and it must begin as such a file does. No script is among them: nothing stored is ever run, here or in a browser.</summary>
/// <param name="Name">Of the Content-Type header.</param>
/// <param name="IsText">UTF-8, without NUL.</param>
/// <param name="Beginnings">One of which it begins with; <c>?</c> stands for any octet. Empty: any.</param>
public sealed record ContentType(string Name, bool IsText, params IReadOnlyList<string> Beginnings)
{
    private static readonly Dictionary<string, ContentType> ByEnding = new(StringComparer.OrdinalIgnoreCase)
    {
        ["html"] = new("text/html; charset=utf-8", true),
        ["htm"] = new("text/html; charset=utf-8", true),
        ["css"] = new("text/css; charset=utf-8", true),
        ["txt"] = new("text/plain; charset=utf-8", true),
        ["svg"] = new("image/svg+xml", true, "<svg", "<?xml", "<!DOCTYPE svg", "<!--"),
        ["png"] = new("image/png", false, "\u0089PNG\r\n\u001a\n"),
        ["jpg"] = new("image/jpeg", false, "\u00ff\u00d8\u00ff"),
        ["jpeg"] = new("image/jpeg", false, "\u00ff\u00d8\u00ff"),
        ["gif"] = new("image/gif", false, "GIF87a", "GIF89a"),
        ["webp"] = new("image/webp", false, "RIFF????WEBP"),
        ["avif"] = new("image/avif", false, "????ftypavif", "????ftypavis", "????ftypmif1"),
        ["ico"] = new("image/x-icon", false, "\0\0\u0001\0"),
        ["woff"] = new("font/woff", false, "wOFF"),
        ["woff2"] = new("font/woff2", false, "wOF2"),
        ["ttf"] = new("font/ttf", false, "\0\u0001\0\0", "true"),
        ["otf"] = new("font/otf", false, "OTTO"),
    };

    /// <summary>The endings, for a person.</summary>
    public static string Endings => string.Join(", ", ByEnding.Keys);

    /// <summary>A page, as opposed to what pages are made of: it is answered 503.</summary>
    public bool IsPage => Name.StartsWith("text/html", StringComparison.Ordinal) || Name.StartsWith("text/plain", StringComparison.Ordinal);

    /// <summary>By the ending of a path; null when there is no such kind.</summary>
    public static ContentType? Of(string path)
    {
        int dot = path.LastIndexOf('.');
        return dot > path.LastIndexOf('/') ? ByEnding.GetValueOrDefault(path[(dot + 1)..]) : null;
    }

    /// <summary>Null when the file is of the kind its ending says, else why not.</summary>
    public static string? Fault(ContentFile file)
    {
        if (Of(file.Path) is not { } type) return $"{ContentPath.Quote(file.Path)}: files of this kind are not taken; these are: {Endings}";
        var octets = file.Octets.Span;
        if (type.IsText)
        {
            if (octets.Contains((byte)0) || !System.Text.Unicode.Utf8.IsValid(octets)) return $"{ContentPath.Quote(file.Path)}: not text in UTF-8; save it as UTF-8";
            if (type.Beginnings.Count == 0) return null;
            string start = Encoding.UTF8.GetString(octets[..Math.Min(octets.Length, 1_000)]).TrimStart('\ufeff', ' ', '\t', '\r', '\n');
            return type.Beginnings.Any(b => start.StartsWith(b, StringComparison.OrdinalIgnoreCase)) ? null : Unlike(file.Path);
        }
        foreach (string beginning in type.Beginnings)
            if (Begins(octets, beginning)) return null;
        return Unlike(file.Path);
    }

    private static string Unlike(string path) => $"{ContentPath.Quote(path)}: its content is not what its name says";

    private static bool Begins(ReadOnlySpan<byte> octets, string beginning)
    {
        if (octets.Length < beginning.Length) return false;
        for (int i = 0; i < beginning.Length; i++)
            if (beginning[i] != '?' && octets[i] != beginning[i]) return false;
        return true;
    }
}
