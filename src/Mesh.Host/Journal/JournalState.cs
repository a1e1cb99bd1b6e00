using System.Collections.Immutable;
using System.Text.Json;

namespace Mesh.Host.Journal;

/// <summary>
/// All entries a site has: of each site those from 1 to some number without a gap, so one number per site says what it has. Pure: the same entries in any order, any number of times,
/// give the same state.
/// </summary>
public sealed class JournalState
{
    public static readonly JournalState Empty = new(
        ImmutableSortedDictionary.Create<string, ImmutableList<JournalEntry>>(StringComparer.Ordinal),
        ImmutableDictionary.Create<string, ImmutableSortedSet<JournalEntry>>(StringComparer.Ordinal), DateTimeOffset.MinValue);

    private static readonly ImmutableSortedSet<JournalEntry> None = ImmutableSortedSet.Create<JournalEntry>(JournalOrder.Instance);

    private readonly ImmutableSortedDictionary<string, ImmutableList<JournalEntry>> sites;
    private readonly ImmutableDictionary<string, ImmutableSortedSet<JournalEntry>> kinds;
    private readonly DateTimeOffset latest;

    private JournalState(ImmutableSortedDictionary<string, ImmutableList<JournalEntry>> sites, ImmutableDictionary<string, ImmutableSortedSet<JournalEntry>> kinds, DateTimeOffset latest)
    {
        this.sites = sites;
        this.kinds = kinds;
        this.latest = latest;
    }

    /// <summary>What is had: the last number of each site.</summary>
    public IReadOnlyDictionary<string, long> Have => sites.ToDictionary(s => s.Key, s => (long)s.Value.Count, StringComparer.Ordinal);

    /// <summary>Of each site, what its last entry is: two that have a site's entries up to one number have the same only if the mark is.</summary>
    public IReadOnlyDictionary<string, string> Marks => sites.ToDictionary(s => s.Key, s => JournalText.MarkOf(s.Value[^1]), StringComparer.Ordinal);

    /// <summary>Every entry, in the order all sites come to.</summary>
    public IReadOnlyList<JournalEntry> All => [.. sites.Values.SelectMany(static s => s).Order(JournalOrder.Instance)];

    /// <summary>The last number of a site; 0 when it has made none that is known here.</summary>
    public long Last(string site) => sites.TryGetValue(site, out var entries) ? entries.Count : 0;

    /// <summary>All entries of a kind, in the order all sites come to.</summary>
    public IReadOnlyList<JournalEntry> Read(string kind) => kinds.GetValueOrDefault(kind, None);

    /// <summary>The time of the next entry of <paramref name="site"/>: now, but after everything it can have followed from, which keeps cause before effect where clocks differ.</summary>
    public DateTimeOffset NextAt(string site, DateTimeOffset now, TimeSpan followedAhead)
    {
        var at = new DateTimeOffset(now.UtcTicks - now.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
        var after = sites.TryGetValue(site, out var own) ? own[^1].At : DateTimeOffset.MinValue;
        if (latest > after && latest <= now + followedAhead) after = latest;
        return at > after ? at : after.AddMicroseconds(1);
    }

    /// <summary>Takes those of <paramref name="offered"/> that are good and next of their site; the others change nothing.</summary>
    public JournalMerge Merge(IEnumerable<JournalEntry> offered)
    {
        var state = this;
        var added = new List<JournalEntry>();
        var refused = new List<(JournalEntry, JournalFault)>();
        int known = 0;
        foreach (var entry in offered.OrderBy(static e => e.Number))
        {
            var fault = state.FaultOf(entry, out bool isKnown);
            if (isKnown) known++;
            else if (fault != JournalFault.None) refused.Add((entry, fault));
            else
            {
                state = state.With(entry);
                added.Add(entry);
            }
        }
        return new JournalMerge(state, added, known, refused);
    }

    /// <summary>
    /// The sites of which somebody has other entries than are here under the same numbers: a disk was lost and its site counts from 1 again. Nothing of them may pass between the two, or
    /// both would have a mixture. Whoever of the two has more sees it at once, the other when entries come that follow none it has.
    /// </summary>
    public IReadOnlySet<string> ConflictsWith(JournalExchange other)
    {
        var conflicts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (site, number) in other.Have)
            if (number <= Last(site) && !IsMark(site, number, other.Marks.GetValueOrDefault(site))) conflicts.Add(site);
        foreach (var (site, first) in FirstOf(other.Entries))
            if (first - 1 <= Last(site) && !IsMark(site, first - 1, other.Before.GetValueOrDefault(site))) conflicts.Add(site);
        return conflicts;
    }

    /// <summary>Of each site of which there are <paramref name="entries"/>, the mark of the entry before the first.</summary>
    public IReadOnlyDictionary<string, string> MarksBefore(IReadOnlyList<JournalEntry> entries) =>
        FirstOf(entries).Where(static f => f.Value > 1).ToDictionary(static f => f.Key, f => JournalText.MarkOf(sites[f.Key][(int)f.Value - 2]), StringComparer.Ordinal);

    /// <summary>What somebody who has <paramref name="have"/> lacks, each site's by number; at least one entry when there is any, and no more than <paramref name="limits"/> allow.</summary>
    /// <param name="except">Sites of which nothing is sent.</param>
    public IReadOnlyList<JournalEntry> MissingFrom(IReadOnlyDictionary<string, long> have, JournalLimits limits, IReadOnlySet<string>? except = null)
    {
        var missing = new List<JournalEntry>();
        long octets = 0;
        foreach (var (site, entries) in sites)
        {
            if (except?.Contains(site) == true) continue;
            for (long next = Math.Max(0, have.GetValueOrDefault(site)); next < entries.Count; next++)
            {
                octets += JournalText.OctetsOf(entries[(int)next]);
                if (missing.Count > 0 && (missing.Count >= limits.ExchangeEntries || octets > limits.ExchangeOctets / 2)) return missing;
                missing.Add(entries[(int)next]);
            }
        }
        return missing;
    }

    private static Dictionary<string, long> FirstOf(IEnumerable<JournalEntry> entries) =>
        entries.GroupBy(static e => e.Site, StringComparer.Ordinal).ToDictionary(static g => g.Key, static g => g.Min(static e => e.Number), StringComparer.Ordinal);

    // Before number 1 everybody has the same: nothing.
    private bool IsMark(string site, long number, string? mark) => number < 1 || JournalText.MarkOf(sites[site][(int)number - 1]) == mark;

    private JournalFault FaultOf(JournalEntry entry, out bool isKnown)
    {
        isKnown = false;
        if (JournalCheck.FaultOf(entry) is var fault and not JournalFault.None) return fault;
        if (!sites.TryGetValue(entry.Site, out var entries))
            return sites.Count >= JournalLimits.MostSites ? JournalFault.TooManySites : entry.Number == 1 ? JournalFault.None : JournalFault.Gap;
        if (entry.Number > entries.Count) return entry.Number == entries.Count + 1 ? JournalFault.None : JournalFault.Gap;
        isKnown = IsSame(entries[(int)entry.Number - 1], entry);
        return isKnown ? JournalFault.None : JournalFault.Conflict;
    }

    private JournalState With(JournalEntry entry) => new(
        sites.SetItem(entry.Site, sites.GetValueOrDefault(entry.Site, ImmutableList<JournalEntry>.Empty).Add(entry)),
        kinds.SetItem(entry.Kind, kinds.GetValueOrDefault(entry.Kind, None).Add(entry)),
        entry.At > latest ? entry.At : latest);

    private static bool IsSame(JournalEntry a, JournalEntry b) => a with { Body = default } == b with { Body = default } && JsonElement.DeepEquals(a.Body, b.Body);
}
