using Mesh.Host.Admin.Neighbours;
using Mesh.Host.Config.Model;
using Mesh.Host.Sites;
using Mesh.Io;

namespace Mesh.Host.Journal;

/// <summary>A site's journal and the links that keep it the same as the other sites'. Without a mesh key there are none.</summary>
public sealed class JournalReplication : IAsyncDisposable
{
    private readonly JournalLink[] links;
    private readonly IDisposable observation;
    private Task running = Task.CompletedTask;

    /// <param name="chance">A new one for each link.</param>
    /// <param name="self">Whose journal it is: null for the site's, else its second process's.</param>
    public JournalReplication(SharedJournal journal, SiteModel model, TimeProvider time, Func<IChance> chance, JournalLimits limits, Action<string, string?> onTrouble, string? self = null)
    {
        self ??= model.Site.Name;
        var others = Others(model, self);
        Pages = new JournalPages(journal, self, others.ToDictionary(o => o.Name, o => o.Mac, StringComparer.Ordinal), time, limits);
        links = [.. others.Select(o => new JournalLink(journal, self, o, time, chance(), limits) { OnTrouble = onTrouble })];
        journal.Asked = Task.WhenAll(links.Select(static l => l.Asked));
        observation = journal.Observe(_ =>
        {
            foreach (var link in links) link.Wake();
        });
    }

    /// <summary>To be put on the admin listener.</summary>
    public JournalPages Pages { get; }

    /// <summary>The other sites that are not known to have <paramref name="entry"/>.</summary>
    public IReadOnlyList<string> Lacking(JournalEntry entry) => [.. links.Where(l => !l.IsThere(entry)).Select(static l => l.Other)];

    public void Start() => running = Task.WhenAll(links.Select(static l => l.RunAsync()));

    public async ValueTask DisposeAsync()
    {
        observation.Dispose();
        foreach (var link in links) link.Dispose();
        await running;
    }

    private static IReadOnlyList<PairPlace> Others(SiteModel model, string self)
    {
        if (model.Mesh.Key is not { } secret) return [];
        var keys = new MeshKeys(secret);
        return PairPlace.AllBut(self, model, JournalPages.Path, other => new PairMac(JournalPages.Scheme, keys.JournalKey(self, other)));
    }
}
