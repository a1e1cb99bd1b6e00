using System.Collections.Frozen;

namespace Mesh.Dialplan.Loading;

/// <summary>Numbers and patterns with their handlers, frozen: a number that is written out wins, then the most specific pattern.</summary>
public sealed class NumberPatterns
{
    private readonly FrozenDictionary<string, DialplanEntry> exact;
    private readonly (NumberPattern Pattern, DialplanEntry Entry)[] patterns;

    private NumberPatterns(FrozenDictionary<string, DialplanEntry> exact, (NumberPattern, DialplanEntry)[] patterns) => (this.exact, this.patterns) = (exact, patterns);

    public static readonly NumberPatterns Empty = new(FrozenDictionary<string, DialplanEntry>.Empty, []);

    /// <summary>Every entry, most specific first.</summary>
    public IEnumerable<DialplanEntry> Entries => exact.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value).Concat(patterns.Select(pair => pair.Entry));

    public DialplanEntry? Find(string number)
    {
        if (exact.TryGetValue(number, out var entry)) return entry;
        foreach (var (pattern, candidate) in patterns)
            if (pattern.Matches(number)) return candidate;
        return null;
    }

    /// <summary>Some number longer than <paramref name="digits"/> begins with them.</summary>
    public bool MayGrow(string digits)
    {
        foreach (var (pattern, _) in patterns)
            if (pattern.MayGrowFrom(digits)) return true;
        foreach (string number in exact.Keys)
            if (number.Length > digits.Length && number.StartsWith(digits, StringComparison.Ordinal)) return true;
        return false;
    }

    /// <summary>Freezes <paramref name="entries"/>; <paramref name="clash"/> is called with every later entry that an earlier one makes ambiguous.</summary>
    public static NumberPatterns Of(IEnumerable<(NumberPattern Pattern, DialplanEntry Entry)> entries, Action<DialplanEntry, DialplanEntry> clash)
    {
        var exact = new Dictionary<string, DialplanEntry>(StringComparer.Ordinal);
        var patterns = new List<(NumberPattern Pattern, DialplanEntry Entry)>();
        foreach (var (pattern, entry) in entries)
        {
            if (pattern.Exact is not { } number) patterns.Add((pattern, entry));
            else if (!exact.TryAdd(number, entry)) clash(exact[number], entry);
        }
        // Patterns that can clash have the same weights: only these are compared with each other.
        foreach (var alike in patterns.GroupBy(pair => string.Join(',', pair.Pattern.Weights)))
            ReportClashes([.. alike], clash);
        var sorted = patterns.ToArray();
        Array.Sort(sorted, (a, b) => a.Pattern.CompareTo(b.Pattern) is not 0 and var order ? order : string.CompareOrdinal(a.Pattern.Text, b.Pattern.Text));
        return new(exact.ToFrozenDictionary(StringComparer.Ordinal), sorted);
    }

    private static void ReportClashes((NumberPattern Pattern, DialplanEntry Entry)[] alike, Action<DialplanEntry, DialplanEntry> clash)
    {
        for (int later = 1; later < alike.Length; later++)
            for (int earlier = 0; earlier < later; earlier++)
                if (alike[earlier].Pattern.IsAmbiguousWith(alike[later].Pattern)) { clash(alike[earlier].Entry, alike[later].Entry); break; }
    }
}
