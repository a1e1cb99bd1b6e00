namespace Mesh.Host.Ladders;

/// <summary>
/// Brings the sites' clocks in line by the messages both ends of a path have recorded. Nothing is received before it was sent, so the fastest message each way bounds how far apart
/// two clocks are; the middle between the bounds is taken, and the first site's clock is the one all are told in.
/// </summary>
public static class SiteClocks
{
    /// <summary>What one message says: received minus sent, each by its own clock.</summary>
    public readonly record struct Sample(string From, string To, long Micros);

    /// <param name="sites">All of them, the one whose clock is taken first.</param>
    public static IReadOnlyList<SiteClock> Compare(IReadOnlyList<string> sites, IReadOnlyCollection<Sample> samples)
    {
        var fastest = samples.GroupBy(s => (s.From, s.To)).ToDictionary(g => g.Key, g => (Least: g.Min(s => s.Micros), Count: g.Count()));
        var known = new Dictionary<string, SiteClock>(StringComparer.Ordinal) { [sites[0]] = new(sites[0], "", 0, null, 0) };
        var next = new Queue<string>([sites[0]]);
        while (next.TryDequeue(out string? near))
            foreach (string far in sites.Where(s => !known.ContainsKey(s)))
                if (Apart(near, far, fastest) is { } apart)
                {
                    known[far] = apart with { AheadMicros = apart.AheadMicros + known[near].AheadMicros };
                    next.Enqueue(far);
                }
        return [.. sites.Select(s => known.GetValueOrDefault(s) ?? new SiteClock(s, "", 0, null, 0))];
    }

    private static SiteClock? Apart(string near, string far, Dictionary<(string From, string To), (long Least, int Count)> fastest)
    {
        bool there = fastest.TryGetValue((near, far), out var out_), back = fastest.TryGetValue((far, near), out var back_);
        if (!there && !back) return null;
        int count = out_.Count + back_.Count;
        if (there && back) return new SiteClock(far, near, (out_.Least - back_.Least) / 2, Math.Max(0, (out_.Least + back_.Least) / 2), count);
        // One bound only: no more than it demands.
        return new SiteClock(far, near, there ? Math.Min(0, out_.Least) : Math.Max(0, -back_.Least), null, count);
    }
}
