using System.Buffers;

namespace Mesh.Host.Sorry.Contents;

/// <summary>
/// What a stored file may be called. Names are ASCII: a name has one spelling only, whatever normalisation or code page the program that packed it used. None is ever a path on a disk of ours.
/// </summary>
public static class ContentPath
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~+,=@()! ");
    private static readonly SearchValues<char> AllowedInCopies = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~+,=@()! %");

    // Windows keeps these for devices, with any ending; somebody will unpack a version there.
    private static readonly HashSet<string> Devices = new(
        ["con", "prn", "aux", "nul", .. Enumerable.Range(0, 10).SelectMany(n => (string[])[$"com{n}", $"lpt{n}"])], StringComparer.OrdinalIgnoreCase);

    /// <summary>Null when it is a good path, else why not.</summary>
    public static string? Fault(string path, ContentKind kind, ContentLimits limits)
    {
        if (path.Length == 0) return "a file has no name";
        if (path.Length > limits.PathLength) return $"{Quote(path)}: {path.Length} characters; at most {limits.PathLength}";
        if (path[0] == '/') return $"{Quote(path)}: an absolute path";
        if (path.Contains('\\')) return $"{Quote(path)}: a backslash; folders are separated by /";
        if (path.Length > 1 && path[1] == ':') return $"{Quote(path)}: a drive letter";
        var parts = path.Split('/');
        if (parts.Length > limits.Depth) return $"{Quote(path)}: {parts.Length} folders deep; at most {limits.Depth}";
        foreach (string part in parts)
        {
            if (part is "." or "..") return $"{Quote(path)}: leads out of its folder";
            if (part.Length == 0) return $"{Quote(path)}: a folder without a name";
            if (part.AsSpan().ContainsAnyExcept(kind == ContentKind.Copy ? AllowedInCopies : Allowed)) return $"{Quote(path)}: a name is made of letters a to z, digits, spaces and - _ . ~ + , = @ ( ) !";
            if (part[0] is '.' or ' ' || part[^1] is '.' or ' ') return $"{Quote(path)}: a name neither begins nor ends with a dot or a space";
            if (Devices.Contains(part.Split('.')[0].TrimEnd())) return $"{Quote(path)}: a name that Windows keeps for itself";
        }
        return null;
    }

    /// <summary>The names under which what a request asks for may be stored, the likeliest first.</summary>
    /// <param name="path">As it was asked for, percent signs decoded.</param>
    public static IEnumerable<string> Asked(string path, string query)
    {
        string plain = path.TrimStart('/');
        string kept = System.Text.Ascii.IsValid(plain) ? plain : string.Join('/', plain.Split('/').Select(Uri.EscapeDataString));
        foreach (string name in query.Length > 1 ? (string[])[kept + Uri.EscapeDataString(query), kept] : [kept])
        {
            if (name.Length > 0 && !name.EndsWith('/')) yield return name;
            if (name.Length > 0 && !name.EndsWith('/')) yield return name + ".html";
            yield return name.Length == 0 || name.EndsWith('/') ? name + "index.html" : name + "/index.html";
        }
    }

    /// <summary>A name in a message: one line, bounded; whoever puts it into a page escapes it.</summary>
    public static string Quote(string path) => "'" + string.Concat(path.Take(80).Select(static c => char.IsControl(c) ? '?' : c)) + (path.Length > 80 ? "...'" : "'");
}
