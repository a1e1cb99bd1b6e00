namespace Mesh.Host.Config;

/// <summary>
/// Gives each site its short name for the path of a hop header. From the bundle alone, so that every site finds the same; in the order written, so that a site added at the end
/// changes no other's.
/// </summary>
public static class SiteIds
{
    /// <param name="sites">Name and chosen id (null: derive), in the order written.</param>
    /// <returns>Ids in the same order.</returns>
    public static IReadOnlyList<string> Assign(IReadOnlyList<(string Name, string? Chosen)> sites)
    {
        var taken = sites.Where(s => s.Chosen is not null).Select(s => s.Chosen!).ToHashSet(StringComparer.Ordinal);
        return [.. sites.Select(s => s.Chosen ?? Candidates(s.Name).First(taken.Add))];
    }

    // london: lo, ln, ld, lo, ln, then l0-l9, then any two characters.
    private static IEnumerable<string> Candidates(string name)
    {
        const string Alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
        var letters = name.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit).ToArray();
        foreach (char second in letters[1..]) yield return $"{letters[0]}{second}";
        foreach (char second in Alphabet) yield return $"{letters[0]}{second}";
        foreach (char first in Alphabet)
            foreach (char second in Alphabet)
                yield return $"{first}{second}";
    }
}
