using System.Net;
using System.Text.Json;
using Mesh.Host.Admin;
using Mesh.Host.Admin.Neighbours;
using Mesh.Host.Config.Model;
using Mesh.Host.Incidents;
using Mesh.Host.Journal;
using Mesh.Host.Sites;
using Mesh.Host.Storage;
using Mesh.Host.Tests.Admin;
using Mesh.Io;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mesh.Host.Tests.Journal;

/// <summary>One site's journal, on disk, behind a real admin listener, exchanging with others that may be cut off from it.</summary>
internal sealed class JournalSite : IAsyncDisposable
{
    public const int Port = 8080;
    private static readonly JsonElement Body = JsonSerializer.Deserialize<JsonElement>("""{ "text": "x" }""");
    private readonly StorageThread storage;
    private readonly string name, address;
    private readonly IReadOnlyList<(string Name, string Address)> all;
    private readonly Secret key;
    private readonly JournalLimits limits;
    private JournalLink[] links = [];
    private Task running = Task.CompletedTask;
    private AdminListener? listener;

    public JournalSite(string name, string address, IReadOnlyList<(string Name, string Address)> all, string key, string folder, Loop loop, JournalLimits limits)
    {
        (this.name, this.address, this.all, this.limits) = (name, address, all, limits);
        this.key = new Secret(key);
        var database = SiteDatabase.Open(Path.Combine(folder, $"{name}.db"));
        var state = database.Journal.Load();
        storage = new StorageThread(database, loop);
        Journal = new SharedJournal(name, state, storage, TimeProvider.System, limits);
    }

    public SharedJournal Journal { get; }

    public string Url => $"http://{address}:{Port}";

    public IReadOnlyList<string> Texts => [.. Journal.State.All.Select(e => JsonSerializer.Serialize(e, JournalText.Json))];

    /// <summary>Listens, and exchanges with the sites named; nobody else is reached, as across a split.</summary>
    public async Task JoinAsync(params string[] reachable)
    {
        var others = all.Where(o => o.Name != name).ToDictionary(o => o.Name, o => new PairMac(JournalPages.Scheme, new MeshKeys(key).JournalKey(name, o.Name)));
        var pages = new JournalPages(Journal, name, others.Where(o => reachable.Contains(o.Key)).ToDictionary(), TimeProvider.System, limits);
        listener = await AdminListener.StartAsync(new FakeSiteView(), null, new ListenAddress("http", IPAddress.Parse(address), Port, ""), NullLoggerFactory.Instance, CancellationToken.None, pages, new IncidentPages(new IncidentDesk(Journal, TimeProvider.System, new CryptoChance())));
        links = [.. all.Where(o => reachable.Contains(o.Name) && o.Name != name).Select(o => new JournalLink(Journal, name,
            new PairPlace(o.Name, new Uri($"http://{o.Address}:{Port}{JournalPages.Path}"), others[o.Name]), TimeProvider.System, new CryptoChance(), limits))];
        Journal.Observe(_ => { foreach (var link in links) link.Wake(); });
        running = Task.WhenAll(links.Select(l => l.RunAsync()));
    }

    public async Task LeaveAsync()
    {
        foreach (var link in links) link.Dispose();
        await running;
        if (listener is not null) await listener.DisposeAsync();
        listener = null;
    }

    /// <summary>The sites it exchanges with that are not known to have an entry.</summary>
    public IReadOnlyList<string> Lacking(JournalEntry entry) => [.. links.Where(l => !l.IsThere(entry)).Select(l => l.Other)];

    public Task<JournalEntry> Append(string subject, string who) => Journal.AppendAsync("incident", subject, who, "", Body);

    public async ValueTask DisposeAsync()
    {
        await LeaveAsync();
        storage.Dispose();
    }
}
