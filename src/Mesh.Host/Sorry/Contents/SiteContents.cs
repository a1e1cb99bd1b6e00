using System.Collections.Concurrent;
using Mesh.Host.Admin;
using Mesh.Host.Journal;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Sorry.Contents;

/// <summary>The stored pages of a site: bundles in a folder, announced to and by the other sites in the shared journal.</summary>
public sealed class SiteContents : ISiteContents, IMetricSource, IDisposable
{
    /// <summary>Bundles whose lists are kept in memory.</summary>
    private const int MostOpen = 100;

    private readonly ISharedJournal journal;
    private readonly SorrySwitches switches;
    private readonly PreviewSecrets secrets;
    private readonly TimeProvider time;
    private readonly IDisposable observing;
    private readonly SemaphoreSlim keeping = new(1, 1);
    private readonly Lock folding = new();
    private readonly ConcurrentDictionary<string, ContentBundle> open = new(StringComparer.Ordinal);
    private volatile ContentBoard board = ContentBoard.Empty;
    private long kept, refused;

    /// <param name="switches">A version that is switched on, or will be, is not dropped.</param>
    public SiteContents(ISharedJournal journal, SorrySwitches switches, ContentFolder folder, PreviewSecrets secrets, TimeProvider time, ContentLimits? limits = null)
    {
        (this.journal, this.switches, this.secrets, this.time) = (journal, switches, secrets, time);
        Folder = folder;
        Limits = limits ?? new ContentLimits();
        observing = journal.Observe(entry =>
        {
            if (entry.Kind != ContentAnnouncement.Kind) return;
            Project();
            Changed?.Invoke();
        });
        Project();
    }

    public ContentLimits Limits { get; }

    public ContentFolder Folder { get; }

    public ContentBoard Board => board;

    /// <summary>What the journal says has changed; called where nothing may take long.</summary>
    public event Action? Changed;

    public async Task<ContentOutcome> KeepAsync(string target, ContentOffer offer, CancellationToken cancelled = default)
    {
        if (SorryTarget.Parse(target) is not { } host) return Refuse("the target is a host name, *.DOMAIN or *");
        if (ContentCheck.Fault(offer, Limits) is { } fault) return Refuse(fault);
        var (octets, id) = ContentBundle.Pack(offer.Files);
        await keeping.WaitAsync(cancelled);
        try
        {
            if (board.Versions(host).FirstOrDefault(v => v.Id == id) is { } same && Folder.Has(id)) return new ContentOutcome(same, null, []);
            var drops = Excess(host);
            if (drops is null) return Refuse($"{Limits.Versions} versions are kept for {host} and all are switched on; drop one first");
            var gone = drops.Select(static d => d.Id).ToHashSet(StringComparer.Ordinal);
            var staying = board.All.Where(v => v.Target != host || !gone.Contains(v.Id)).ToList();
            if (staying.Where(v => v.Owner == offer.Owner).Sum(static v => v.Octets) + octets.Length > Limits.OwnerOctets)
                return Refuse($"all versions of {offer.Owner} together would be larger than {ContentCheck.Megabytes(Limits.OwnerOctets)}; drop one first");
            if (staying.Sum(static v => v.Octets) + octets.Length > Limits.StoreOctets) return Refuse($"all that is stored would be larger than {ContentCheck.Megabytes(Limits.StoreOctets)}");
            bool wasHere = Folder.Has(id);
            if (!wasHere) await Folder.PutAsync(id, octets, cancelled);
            try
            {
                var announcement = new ContentAnnouncement
                {
                    Id = id, From = offer.Kind, Label = offer.Label, Files = offer.Files.Count, Octets = octets.Length, Owner = offer.Owner,
                    TakenAt = offer.TakenAt ?? time.GetUtcNow(), Drops = [.. gone],
                };
                await journal.AppendAsync(ContentAnnouncement.Kind, host, offer.Who, offer.Why, announcement.Write(), CancellationToken.None);
            }
            catch (JournalException) when (!wasHere)
            {
                File.Delete(Folder.PathOf(id));
                throw;
            }
            Project();
            Folder.Prune(board.Ids);
            Interlocked.Increment(ref kept);
            return new ContentOutcome(board.Versions(host).First(v => v.Id == id), null, drops);
        }
        finally { keeping.Release(); }
    }

    public async Task<string?> DropAsync(ContentVersion version, string who, CancellationToken cancelled = default)
    {
        if (IsShown(version)) return $"version {version.ShortId} is switched on; switch it off, or another one on, first";
        await journal.AppendAsync(ContentAnnouncement.Kind, version.Target, who, "", new ContentAnnouncement { Drops = [version.Id] }.Write(), cancelled);
        Project();
        await PruneAsync(cancelled);
        return null;
    }

    public IReadOnlyList<ContentVersion> Versions(string target) => board.Versions(target);

    public ContentVersion? Find(string target, string id)
    {
        var found = board.Versions(target).Where(v => id.Length > 0 && v.Id.StartsWith(id, StringComparison.Ordinal)).Take(2).ToList();
        return found.Count == 1 ? found[0] : null;
    }

    public ContentBundle? Open(string id)
    {
        if (!board.Ids.Contains(id)) return null;
        if (open.TryGetValue(id, out var bundle)) return bundle;
        if (!Folder.Has(id) || ContentBundle.Open(Folder.PathOf(id), Limits) is not { } read) return null;
        if (open.Count >= MostOpen) open.Clear();
        return open[id] = read;
    }

    public ContentVersion? Previewed(string secret) => board.BySecret(secret);

    public string PreviewPath(ContentVersion version) => $"{PreviewSecrets.Prefix}{secrets.Of(version)}/";

    /// <summary>Deletes what no version needs any more; not while one is being kept that is not announced yet.</summary>
    public async Task PruneAsync(CancellationToken cancelled)
    {
        await keeping.WaitAsync(cancelled);
        try { Folder.Prune(board.Ids); }
        finally { keeping.Release(); }
    }

    public void Write(MetricWriter writer)
    {
        var now = board;
        writer.Gauge("mesh_sorry_contents", "Versions of stored pages.", now.All.Count());
        writer.Gauge("mesh_sorry_contents_octets", "Octets of stored pages, when all are here.", now.Octets);
        writer.Counter("mesh_sorry_contents_kept_total", "Versions stored at this site.", Volatile.Read(ref kept));
        writer.Counter("mesh_sorry_contents_refused_total", "Versions refused at this site.", Volatile.Read(ref refused));
    }

    public void Dispose()
    {
        observing.Dispose();
        keeping.Dispose();
    }

    // The oldest that are shown nowhere, so that there is room for one more; null when there are not enough of them.
    private IReadOnlyList<ContentVersion>? Excess(string target)
    {
        var versions = board.Versions(target);
        int many = Math.Max(0, versions.Count - Limits.Versions + 1);
        var idle = versions.Reverse().Where(v => !IsShown(v)).Take(many).ToList();
        return idle.Count == many ? idle : null;
    }

    private bool IsShown(ContentVersion version) =>
        switches.Board.Notices.Any(n => n.Content == version.Id && (n.Until is not { } until || until > time.GetUtcNow()));

    private ContentOutcome Refuse(string fault)
    {
        Interlocked.Increment(ref refused);
        return ContentOutcome.Refused(fault);
    }

    private void Project()
    {
        lock (folding)
        {
            board = ContentBoard.From(journal.Read(ContentAnnouncement.Kind), secrets.Of);
            foreach (string id in open.Keys)
                if (!board.Ids.Contains(id)) open.TryRemove(id, out _);
        }
    }
}
