namespace Mesh.Dialplan.Language;

/// <summary>The name somebody probably meant.</summary>
internal static class NearestName
{
    /// <summary>The candidate fewest edits away from <paramref name="name"/> (insert, delete, change, swap of neighbours; case is free), or null when none is near. Ties go to the first in ordinal order.</summary>
    public static string? Of(string name, IEnumerable<string> candidates)
    {
        int limit = Math.Max(1, name.Length / 3);
        return candidates
            .Select(candidate => (candidate, distance: Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .Where(pair => pair.distance <= limit)
            .OrderBy(pair => pair.distance).ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
    }

    /// <summary>A hint for a list of known names: the nearest, else the first few.</summary>
    public static string Hint(string name, IReadOnlyCollection<string> known) => (Of(name, known), known.Count) switch
    {
        ({ } near, _) => $"Did you mean {near}?",
        (_, 0) => "There is none in the configuration",
        (_, <= 8) => $"There are {string.Join(", ", known.Order(StringComparer.Ordinal))}",
        _ => "",
    };

    /// <summary>Edit distance of optimal string alignment.</summary>
    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > Math.Max(1, a.Length / 3)) return int.MaxValue;
        var rows = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++) rows[i, 0] = i;
        for (int j = 0; j <= b.Length; j++) rows[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
            for (int j = 1; j <= b.Length; j++)
            {
                int change = a[i - 1] == b[j - 1] ? 0 : 1;
                int best = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) best = Math.Min(best, rows[i - 2, j - 2] + 1);
                rows[i, j] = best;
            }
        return rows[a.Length, b.Length];
    }
}
