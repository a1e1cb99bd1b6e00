namespace Mesh.Host.Sorry.Contents;

/// <summary>Whether a set of files may be kept.</summary>
public static class ContentCheck
{
    public const string FirstPage = "index.html";

    /// <summary>Null when it may, else why not, to be told to whoever offered it.</summary>
    public static string? Fault(ContentOffer offer, ContentLimits limits)
    {
        if (offer.Label.Length > limits.LabelLength || offer.Label.Any(char.IsControl)) return $"a label is one line of at most {limits.LabelLength} characters";
        if (offer.Files.Count > limits.Files) return $"{offer.Files.Count} files; at most {limits.Files}";
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        long total = 0;
        foreach (var file in offer.Files)
        {
            if (ContentPath.Fault(file.Path, offer.Kind, limits) is { } name) return name;
            if (!names.Add(file.Path)) return $"{ContentPath.Quote(file.Path)}: there are two files of this name (capitals make no difference)";
            if (file.Octets.Length > limits.FileOctets) return $"{ContentPath.Quote(file.Path)}: larger than {Megabytes(limits.FileOctets)}";
            if ((total += file.Octets.Length) > limits.TotalOf(offer.Kind)) return $"all files together are larger than {Megabytes(limits.TotalOf(offer.Kind))}";
            if (ContentType.Fault(file) is { } type) return type;
        }
        foreach (string name in names)
            for (int slash = name.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = name.IndexOf('/', slash + 1))
                if (names.Contains(name[..slash])) return $"{ContentPath.Quote(name[..slash])}: both a file and a folder";
        return names.Contains(FirstPage) ? null : $"there is no {FirstPage}: it is the page that is shown";
    }

    public static string Megabytes(long octets) => octets % (1024 * 1024) == 0 ? $"{octets / 1024 / 1024} MiB" : $"{octets} octets";
}
