using Mesh.Host.Sorry.Contents;

namespace Mesh.Host.Sorry.Copies;

/// <summary>Takes a copy of a site: one request after another, slowly, what robots are asked not to take left alone, everything bounded.</summary>
public sealed class SiteCrawl(ICopySource source, CopyLimits limits, ContentLimits contents, TimeProvider time)
{
    /// <summary>Failures in a row after which the site is left alone.</summary>
    public const int Patience = 5;

    private readonly CopyTally tally = new();
    private readonly CopyNames names = new(contents);
    private readonly Dictionary<string, CopyPart> parts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Uri> moved = new(StringComparer.Ordinal);
    private TimeSpan delay;
    private long? lastEnded;
    private long octets;
    private int failures, requests;

    /// <summary>How far it is; from any thread.</summary>
    public CopyProgress Progress { get; private set; } = new(0, 0, 0, 0);

    /// <summary>Takes the copy. Ends early, with what it has, when a limit is reached.</summary>
    /// <param name="start">The first page.</param>
    public async Task<CopyResult> RunAsync(Uri start, CancellationToken cancelled)
    {
        long began = time.GetTimestamp();
        delay = limits.Delay;
        var frontier = new CopyFrontier(start, limits, tally);
        if (await EnterAsync(frontier, cancelled) is { } fault) return Failed(fault);
        frontier.AddPage(start, 0, noFollow: false);
        for (bool isFirst = true; frontier.TryNext(out var uri, out int depth, out bool isAsset); isFirst = false)
        {
            if (time.GetElapsedTime(began) >= limits.Within) break;
            if (parts.Count >= limits.Files) { tally.Add(CopyRefusal.Files); continue; }
            if (!isAsset && parts.Values.Count(static p => p.Html is not null) >= limits.Pages) { tally.Add(CopyRefusal.Pages); continue; }
            if (octets >= limits.Octets) { tally.Add(CopyRefusal.Octets); continue; }
            await TakeAsync(frontier, uri, depth, cancelled);
            if (isFirst && FirstFault(frontier) is { } first) return Failed(first);
            if (failures >= Patience) return Failed($"the site stopped answering after {parts.Count} files");
            Progress = new CopyProgress(requests, parts.Count, octets, frontier.Waiting);
        }
        return Written(frontier.Start);
    }

    // robots.txt first; a site that cannot say what it allows allows nothing.
    private async Task<string?> EnterAsync(CopyFrontier frontier, CancellationToken cancelled)
    {
        var uri = new Uri(frontier.Start, "/robots.txt");
        for (int redirects = 0; ; redirects++)
        {
            var answer = await AskAsync(uri, cancelled);
            if (answer.IsSorry) return "our own sorry servers answer in its place: a copy is taken while the site is up";
            if (answer.Refusal == CopyRefusal.Private) return $"{frontier.Start.IdnHost} has a private address; --allow-private takes the copy all the same";
            if (answer.IsRedirect && redirects < limits.Redirects && CopyAddress.IsSameSite(answer.Location!, frontier.Start)) { uri = answer.Location!; continue; }
            if (answer.Refusal is null && answer.Status == 200)
                frontier.Robots = RobotsRules.Parse(System.Text.Encoding.UTF8.GetString(answer.Octets, 0, Math.Min(answer.Octets.Length, limits.RobotsOctets)));
            else if (answer.Refusal is null && answer.Status is >= 300 and < 500 and not 429) frontier.Robots = RobotsRules.AllowAll;
            else return answer.Refusal is null ? $"its robots.txt answers {answer.Status}: nobody knows what may be taken" : "it does not answer";
            break;
        }
        if (frontier.Robots.CrawlDelay is { } asked && asked > delay) delay = asked < limits.DelayAtMost ? asked : limits.DelayAtMost;
        return frontier.Robots.Allows(frontier.Start.PathAndQuery) ? null : "its robots.txt asks that this page not be taken";
    }

    private string? FirstFault(CopyFrontier frontier) => parts.Count > 0 ? null
        : moved.Values.FirstOrDefault() is { } to && !CopyAddress.IsSameSite(to, frontier.Start) ? $"it leads to {to.GetLeftPart(UriPartial.Authority)}; copy that"
        : $"its first page cannot be kept: {string.Join(", ", tally.All.Keys)}";

    private async Task TakeAsync(CopyFrontier frontier, Uri uri, int depth, CancellationToken cancelled)
    {
        var from = uri;
        for (int redirects = 0; ; redirects++)
        {
            var answer = await AskAsync(uri, cancelled);
            if (!answer.IsRedirect)
            {
                if (!parts.ContainsKey(CopyAddress.Key(uri))) Keep(frontier, uri, depth, answer);
                break;
            }
            var to = CopyAddress.Of(uri, answer.Location!.AbsoluteUri);
            moved[CopyAddress.Key(from)] = to ?? uri;
            if (to is null || redirects >= limits.Redirects) { tally.Add(CopyRefusal.Redirects); break; }
            // The first page may say that it is asked by https from now on.
            if (depth == 0 && parts.Count == 0 && CopyAddress.IsSameSite(to, frontier.Start)) frontier.Start = to;
            if (frontier.Refusal(to) is { } why) { tally.Add(why); break; }
            uri = frontier.Here(to);
            if (parts.ContainsKey(CopyAddress.Key(uri))) break;
        }
    }

    private async Task<CopyAnswer> AskAsync(Uri uri, CancellationToken cancelled)
    {
        if (lastEnded is { } ended && delay - time.GetElapsedTime(ended) is var left && left > TimeSpan.Zero) await Task.Delay(left, time, cancelled);
        var answer = await source.GetAsync(uri, cancelled);
        lastEnded = time.GetTimestamp();
        requests++;
        failures = answer.Refusal == CopyRefusal.Time || answer.Status is 429 or >= 500 ? failures + 1 : 0;
        return answer;
    }

    private void Keep(CopyFrontier frontier, Uri uri, int depth, CopyAnswer answer)
    {
        if (answer.Refusal is { } refusal) { tally.Add(refusal); return; }
        if (answer.Status != 200 || answer.IsSorry) { tally.Add(CopyRefusal.Status); return; }
        if (octets + answer.Octets.Length > limits.Octets) { tally.Add(CopyRefusal.Octets); return; }
        if (answer.Type is "text/html" or "application/xhtml+xml")
        {
            string html = CopyText.Read(answer.Octets, answer.Charset);
            if (CopyDocument.Read(uri, html) is not { } document) { tally.Add(CopyRefusal.Size); return; }
            string asked = $"{answer.Robots},{document.Robots}";
            foreach (var (link, noFollow) in document.Links) frontier.AddPage(link, depth + 1, noFollow || Asks(asked, "nofollow"));
            if (Asks(asked, "noindex") || Asks(asked, "noarchive")) { tally.Add(CopyRefusal.NoArchive); return; }
            if (names.Page(uri) is not { } name) { tally.Add(CopyRefusal.Address); return; }
            foreach (var asset in document.Assets) frontier.AddAsset(asset);
            Put(uri, new CopyPart(uri, name, html, null), answer.Octets.Length);
            return;
        }
        if (Asks(answer.Robots, "noindex") || Asks(answer.Robots, "noarchive")) { tally.Add(CopyRefusal.NoArchive); return; }
        string? css = answer.Type == "text/css" ? CopyText.Read(answer.Octets, answer.Charset) : null;
        if (names.Asset(uri, answer.Type, css is null ? answer.Octets : System.Text.Encoding.UTF8.GetBytes(css)) is not { } file) { tally.Add(CopyRefusal.Kind); return; }
        if (css is not null)
            CssReferences.Rewrite(css, reference =>
            {
                if (CopyAddress.Of(uri, reference) is { } asset) frontier.AddAsset(asset);
                return reference;
            });
        Put(uri, new CopyPart(uri, file.Path, null, file.Octets) { Css = css }, answer.Octets.Length);
    }

    private void Put(Uri uri, CopyPart part, int length)
    {
        parts[CopyAddress.Key(uri)] = part;
        octets += length;
    }

    private CopyResult Written(Uri start)
    {
        if (!parts.Values.Any(static p => p.IsPage)) return Failed("no page of it was had in the time there is");
        var banner = new CopyBanner(start.IdnHost, time.GetUtcNow());
        var files = new Dictionary<string, ContentFile>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in parts.Values)
        {
            string here = part.IsPage ? CopyAddress.Key(part.Address) : "/" + part.Name;
            files[part.Name] = new ContentFile(part.Name,
                part.Html is { } html ? CopyDocument.Read(part.Address, html)!.Write((uri, isAsset) => Place(start, here, uri, isAsset), banner)
                : part.Css is { } css ? System.Text.Encoding.UTF8.GetBytes(CssReferences.Rewrite(css, r => r.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? r : CopyAddress.Of(part.Address, r) is { } uri ? Place(start, here, uri, true) : null))
                : part.Octets!.Value);
        }
        // The first page is what every other address leads to, wherever the copy began.
        if (!files.ContainsKey(ContentCheck.FirstPage))
        {
            var first = parts.Values.First(static p => p.IsPage);
            files[ContentCheck.FirstPage] = new ContentFile(ContentCheck.FirstPage, CopyDocument.Read(first.Address, first.Html!)!.Write((uri, isAsset) => Place(start, "/", uri, isAsset), banner));
        }
        return new CopyResult([.. files.Values], parts.Values.Count(static p => p.IsPage), requests, tally.All, banner.TakenAt, null);
    }

    // How the page at a path refers to something of the copy; null: an asset that is not in it, or a page of another site.
    private string? Place(Uri start, string here, Uri uri, bool isAsset)
    {
        if (!CopyAddress.IsSameSite(uri, start)) return null;
        string key = CopyAddress.Key(uri);
        for (int moves = 0; moves <= limits.Redirects && !parts.ContainsKey(key) && moved.TryGetValue(key, out var to) && CopyAddress.IsSameSite(to, start); moves++) key = CopyAddress.Key(to);
        if (parts.TryGetValue(key, out var part) && !part.IsPage) return CopyAddress.Relative(here, "/" + string.Join('/', part.Name.Split('/').Select(Uri.EscapeDataString)));
        return isAsset ? null : CopyAddress.Relative(here, key);
    }

    private static bool Asks(string robots, string what) => robots.Split(',', ':').Any(r => r.Trim().Equals(what, StringComparison.OrdinalIgnoreCase) || r.Trim().Equals("none", StringComparison.OrdinalIgnoreCase) && what != "noarchive");

    private CopyResult Failed(string fault) => new([], 0, requests, tally.All, time.GetUtcNow(), fault);
}
