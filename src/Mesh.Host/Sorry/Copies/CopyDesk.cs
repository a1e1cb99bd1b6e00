using System.Threading.Channels;
using Mesh.Host.Admin;
using Mesh.Host.Journal;
using Mesh.Host.Sorry.Contents;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Sorry.Copies;

/// <summary>
/// Takes copies of sites as they are ordered and refreshes them, one at a time. What comes is kept as stored pages, which every site fetches; a switch that shows a copy of a host shows the
/// newest. One that failed, or has suspiciously little, leaves the copy there was.
/// </summary>
public sealed class CopyDesk : IMetricSource, IAsyncDisposable
{
    /// <summary>Copies kept of a host, the newest first; and those that are switched on.</summary>
    public const int Kept = 2;

    private readonly ISharedJournal journal;
    private readonly SorrySwitches switches;
    private readonly ISiteContents contents;
    private readonly CopyParts around;
    private readonly TimeProvider time;
    private readonly CopyLimits limits;
    private readonly Channel<string> ordered;
    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();
    private readonly HashSet<string> waiting = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CopyTry> tries = new(StringComparer.Ordinal);
    private (string Host, SiteCrawl Crawl)? current;
    private Task? running;
    private long taken, failed;

    public CopyDesk(ISharedJournal journal, SorrySwitches switches, ISiteContents contents, CopyParts around, TimeProvider time, CopyLimits limits)
    {
        (this.journal, this.switches, this.contents, this.around, this.time, this.limits) = (journal, switches, contents, around, time, limits);
        ordered = Channel.CreateBounded<string>(limits.Orders);
    }

    /// <summary>How the copies of each host stand that was ever ordered.</summary>
    public IReadOnlyList<CopyView> List() => [.. Orders().OrderBy(static o => o.Key, StringComparer.Ordinal).Select(o => View(o.Key, o.Value.Order, o.Value.Site))];

    public void Start() => running = RunAsync();

    /// <summary>Orders copies of a site; the first is taken at once, or after those that wait. Null when that is in the journal, else why it was refused.</summary>
    /// <exception cref="JournalException">The journal did not take it.</exception>
    public async Task<string?> OrderAsync(CopyOrder order, string who, string why, CancellationToken cancelled = default)
    {
        if (order.Fault(limits) is { } fault) return fault;
        if (running is null) return "this process serves no sorry and takes no copies; --admin names the listener of the one that does";
        string host = SorryTarget.Host(order.Url.IdnHost)!;
        var orders = Orders();
        if (!orders.ContainsKey(host) && orders.Count >= limits.Hosts) return $"copies of {limits.Hosts} hosts are taken; that is the most";
        if (IsShown(host)) return $"{host} is switched on: a copy is taken while the site itself is up";
        lock (gate)
        {
            if (waiting.Contains(host) || current?.Host == host) return $"a copy of {host} is being taken already";
            if (waiting.Count >= limits.Orders) return $"{limits.Orders} copies wait to be taken; that is the most";
            waiting.Add(host);
        }
        try { await journal.AppendAsync(CopyOrder.Kind, host, who, why, order.Write(), cancelled); }
        catch
        {
            lock (gate) waiting.Remove(host);
            throw;
        }
        ordered.Writer.TryWrite(host);
        return null;
    }

    public void Write(MetricWriter writer)
    {
        writer.Counter("mesh_sorry_copies_total", "Copies of sites by what became of them.", Volatile.Read(ref taken), ("outcome", "taken"));
        writer.Counter("mesh_sorry_copies_total", "Copies of sites by what became of them.", Volatile.Read(ref failed), ("outcome", "failed"));
        lock (gate)
            foreach (var (host, last) in tries.OrderBy(static t => t.Key, StringComparer.Ordinal))
                writer.Gauge("mesh_sorry_copy_failed", "1 when the last try to take a copy of the host failed.", last.Fault is null ? 0 : 1, ("host", host));
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        if (running is not null) await running;
        stop.Dispose();
    }

    /// <summary>Takes what is due by its age. Called by itself, and by tests.</summary>
    public async Task RefreshAsync(CancellationToken cancelled)
    {
        foreach (var (host, (order, site)) in Orders())
            if (site == around.Site && View(host, order, site).Due is { } due && due <= time.GetUtcNow() && !IsShown(host)) await TakeAsync(host, order, cancelled);
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                while (ordered.Reader.TryRead(out string? host))
                {
                    if (Orders().TryGetValue(host, out var order)) await TakeAsync(host, order.Order, stop.Token);
                    else lock (gate) waiting.Remove(host);
                }
                await RefreshAsync(stop.Token);
                using var due = new CancellationTokenSource(limits.LookEvery, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(due.Token, stop.Token);
                try { await ordered.Reader.WaitToReadAsync(either.Token); }
                catch (OperationCanceledException) when (!stop.IsCancellationRequested)
                {
                    // It is time to look again.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The site ends.
        }
    }

    private async Task TakeAsync(string host, CopyOrder order, CancellationToken cancelled)
    {
        var bounded = order.Pages > 0 ? limits with { Pages = order.Pages } : limits;
        var source = around.Source(bounded, order.AllowPrivate);
        using var asked = source as IDisposable;
        var crawl = new SiteCrawl(source, bounded, contents.Limits, time);
        lock (gate)
        {
            waiting.Remove(host);
            current = (host, crawl);
        }
        var before = Newest(host);
        string? fault;
        IReadOnlyDictionary<string, int> left = new Dictionary<string, int>();
        try
        {
            var result = await crawl.RunAsync(order.Url, cancelled);
            left = result.Left;
            fault = result.Fault ?? Shrunk(before, result) ?? await KeepAsync(host, order, result, cancelled);
            if (fault is null) around.Log.Taken(host, result);
        }
        // Whatever a site sends, the next one is copied all the same.
        catch (Exception e) when (e is not OperationCanceledException) { fault = e.Message; }
        if (fault is not null) around.Log.Failed(host, fault, before is not null);
        Interlocked.Increment(ref fault is null ? ref taken : ref failed);
        lock (gate)
        {
            tries[host] = new CopyTry(time.GetUtcNow(), fault, left);
            current = null;
        }
    }

    private async Task<string?> KeepAsync(string host, CopyOrder order, CopyResult result, CancellationToken cancelled)
    {
        // Room first: copies of a host do not add up.
        foreach (var old in contents.Versions(host).Where(static v => v.Kind == ContentKind.Copy).Skip(Kept - 1).ToList()) await contents.DropAsync(old, around.Site, cancelled);
        var offer = new ContentOffer(ContentKind.Copy, result.Files, "", $"copy of {host}", around.Site, $"copy of {order.Url}") { TakenAt = result.TakenAt };
        var kept = await contents.KeepAsync(host, offer, cancelled);
        if (kept.Version is not { } version) return kept.Fault;
        var shown = contents.Versions(host).Where(v => v.Kind == ContentKind.Copy && v.Id != version.Id).Select(static v => v.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var notice in switches.Board.Notices.Where(n => n.Target == host && shown.Contains(n.Content)).ToList())
            await switches.OrderAsync(host, new SorryOrder { On = true, Answers = [notice.Answer], Content = version.Id, Customer = notice.Customer, Message = notice.Message, From = notice.From, Until = notice.Until },
                notice.Who, "a newer copy", cancelled);
        return null;
    }

    private string? Shrunk(ContentVersion? before, CopyResult result) =>
        before is not null && result.Files.Count < before.Files * limits.Shrunk ? $"it has {result.Files.Count} files where the copy before had {before.Files}: that is not believed; drop the copy before if it is true" : null;

    private CopyView View(string host, CopyOrder order, string site)
    {
        var newest = Newest(host);
        lock (gate)
        {
            bool isRunning = current?.Host == host;
            var last = tries.GetValueOrDefault(host);
            DateTimeOffset? due = order.Refresh == 0 ? null : (newest?.TakenAt ?? DateTimeOffset.MinValue.AddYears(1)) + TimeSpan.FromSeconds(order.Refresh);
            if (due is { } at && last?.Fault is not null && last.At + limits.TryAgain > at) due = last.At + limits.TryAgain;
            return new CopyView(host, order.Url.AbsoluteUri, order.Refresh, site, site != around.Site ? "elsewhere" : isRunning ? "running" : waiting.Contains(host) ? "waiting" : "idle",
                isRunning ? current!.Value.Crawl.Progress : null, newest?.ShortId, newest?.TakenAt, newest?.Files ?? 0, newest?.Octets ?? 0, due, last?.At, last?.Fault, last?.Left ?? new Dictionary<string, int>());
        }
    }

    private ContentVersion? Newest(string host) => contents.Versions(host).FirstOrDefault(static v => v.Kind == ContentKind.Copy);

    // What is in force now: names may lead to us, and the copy would be of ourselves.
    private bool IsShown(string host) => switches.Board.Find(SorryChannel.Http, host, time.GetUtcNow()) is not null;

    private Dictionary<string, (CopyOrder Order, string Site)> Orders()
    {
        var orders = new Dictionary<string, (CopyOrder, string)>(StringComparer.Ordinal);
        foreach (var entry in journal.Read(CopyOrder.Kind))
            if (CopyOrder.Read(entry.Body) is { } order && order.Fault(limits) is null) orders[entry.Subject] = (order, entry.Site);
        return orders;
    }
}
