namespace Mesh.Host.Sorry.Copies;

/// <summary>What of a site is still to be fetched, each address once: what pages need before further pages, pages near the first before those further off. What is not fetched is counted.</summary>
public sealed class CopyFrontier(Uri start, CopyLimits limits, CopyTally tally)
{
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> queries = new(StringComparer.Ordinal);
    private readonly Queue<(Uri, int)> pages = new();
    private readonly Queue<Uri> assets = new();

    /// <summary>The site's address, as it is asked: an address of it by http is asked as this one is.</summary>
    public Uri Start { get; set; } = start;

    /// <summary>What robots.txt says.</summary>
    public RobotsRules Robots { get; set; } = RobotsRules.DisallowAll;

    public int Waiting => pages.Count + assets.Count;

    /// <param name="depth">Links from the first page.</param>
    public void AddPage(Uri uri, int depth, bool noFollow)
    {
        if (!IsNew(uri)) return;
        bool queried = uri.Query.Length > 1;
        int many = queried ? queries.GetValueOrDefault(uri.AbsolutePath) : 0;
        var why = Refusal(uri) ?? (noFollow ? CopyRefusal.NoFollow : depth > limits.Depth ? CopyRefusal.Depth : many >= limits.Queries ? CopyRefusal.Queries : (CopyRefusal?)null);
        if (why is { } refusal)
        {
            tally.Add(refusal);
            return;
        }
        if (queried) queries[uri.AbsolutePath] = many + 1;
        pages.Enqueue((Here(uri), depth));
    }

    public void AddAsset(Uri uri)
    {
        if (!IsNew(uri)) return;
        if (Refusal(uri) is { } why) tally.Add(why);
        else assets.Enqueue(Here(uri));
    }

    public bool TryNext(out Uri uri, out int depth, out bool isAsset)
    {
        depth = 0;
        if (isAsset = assets.TryDequeue(out uri!)) return true;
        bool found = pages.TryDequeue(out var page);
        (uri, depth) = page;
        return found;
    }

    /// <summary>Whether an address may be asked at all; null when it may.</summary>
    public CopyRefusal? Refusal(Uri uri) =>
        !CopyAddress.IsSameSite(uri, Start) ? CopyRefusal.Elsewhere : CopyAddress.IsTrap(uri, limits) ? CopyRefusal.Address : !Robots.Allows(uri.PathAndQuery) ? CopyRefusal.Robots : null;

    /// <summary>The same page of the site, asked as the site is.</summary>
    public Uri Here(Uri uri) => uri.Scheme == Start.Scheme ? uri : new Uri(Start, uri.PathAndQuery);

    private bool IsNew(Uri uri)
    {
        string key = CopyAddress.IsSameSite(uri, Start) ? CopyAddress.Key(uri) : uri.AbsoluteUri;
        if (seen.Contains(key)) return false;
        // What was seen is remembered longer than what waits, but not without end.
        if (Waiting >= limits.Waiting || seen.Count >= 4 * limits.Waiting)
        {
            tally.Add(CopyRefusal.Waiting);
            return false;
        }
        return seen.Add(key);
    }
}
