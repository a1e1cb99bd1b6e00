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
    public JournalReplication(SharedJournal journal, SiteModel model, TimeProvider time, Func<IChance> chance, JournalLimits limits, Action<string, string?> onTrouble)
    {
        var others = Others(model);
        Pages = new JournalPages(journal, model.Site.Name, others.ToDictionary(o => o.Name, o => o.Mac, StringComparer.Ordinal), time, limits);
        links = [.. others.Select(o => new JournalLink(journal, model.Site.Name, o, time, chance(), limits) { OnTrouble = onTrouble })];
        journal.Asked = Task.WhenAll(links.Select(static l => l.Asked));
        observation = journal.Observe(_ =>
        {
            foreach (var link in links) link.Wake();
        });
    }

    /// <summary>To be put on the admin listener.</summary>
    public JournalPages Pages { get; }

    public void Start() => running = Task.WhenAll(links.Select(static l => l.RunAsync()));

    public async ValueTask DisposeAsync()
    {
        observation.Dispose();
        foreach (var link in links) link.Dispose();
        await running;
    }

    private static IReadOnlyList<PairPlace> Others(SiteModel model)
    {
        if (model.Mesh.Key is not { } secret) return [];
        var keys = new MeshKeys(secret);
        return [.. model.OtherSites.Select(s => PairPlace.Of(s, JournalPages.Path, new PairMac(JournalPages.Scheme, keys.JournalKey(model.Site.Name, s.Name))))];
    }
}
