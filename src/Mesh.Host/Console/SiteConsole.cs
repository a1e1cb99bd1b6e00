using Mesh.Host.Admin;
using Mesh.Host.Admin.Access;
using Mesh.Host.Admin.Neighbours;
using Mesh.Host.Config.Model;
using Mesh.Host.Console.Feeds;
using Mesh.Host.Console.Forms;
using Mesh.Host.Console.Lists;
using Mesh.Host.Console.Writing;
using Mesh.Host.Incidents;
using Mesh.Host.Journal;
using Mesh.Host.Pages;
using Mesh.Host.Sorry.Switches;
using Mesh.Io;

namespace Mesh.Host.Console;

/// <summary>The operators' console of one site: who may use it, what it asks of all sites, and its pages on the admin listener.</summary>
public sealed class SiteConsole : IAsyncDisposable
{
    private readonly Neighbours neighbours;
    private readonly ConsoleLimits limits;
    private readonly TimeProvider time;
    private readonly ConsoleCounters counters = new();
    private readonly AdminSessions sessions;
    private readonly Dictionary<string, ConsoleFeed> feeds = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource stop = new();
    private readonly IncidentDesk desk;
    private readonly ConsoleParts parts;
    private readonly IDisposable observing;

    public SiteConsole(ConsoleParts parts)
    {
        (this.parts, time, limits) = (parts, parts.Time, parts.Limits);
        var (model, view) = (parts.Model, parts.View);
        Questions = new SiteQuestions()
            .Add("calls", (_, cancelled) => view().CallsAsync(cancelled))
            .Add("phones", (_, cancelled) => view().PhonesAsync(cancelled))
            .Add("peers", (_, cancelled) => view().PeersAsync(cancelled))
            .Add("trunks", (_, cancelled) => view().TrunksAsync(cancelled))
            .Add("site", (_, cancelled) => view().FactsAsync(cancelled));
        neighbours = new Neighbours(model, Questions, time, parts.Chance, parts.Pair);
        sessions = new AdminSessions(time, parts.Chance(), parts.AdminLimits);
        Door = new AdminDoor(new AdminAccess(model.AdminToken, new WrongTokens(time, parts.AdminLimits), Environment.MachineName), sessions);
        desk = new IncidentDesk(parts.Journal, time, parts.Chance());
        byte[] key = new byte[32];
        parts.Chance().Fill(key);
        Keys = new FormKeys(key);
        Screen = new ConsoleScreen(model.Mesh.Name, model.Site.Name, Keys, sessions);
        AddFeeds(model);
        observing = parts.Journal.Observe(_ =>
        {
            foreach (string written in (string[])["sorry", "incidents"]) feeds[written].Forget();
        });
    }

    /// <summary>Who is let in at the admin listener.</summary>
    public AdminDoor Door { get; }

    /// <summary>What other sites may ask this one; more may be added before it listens.</summary>
    public SiteQuestions Questions { get; }

    public INeighbours Neighbours => neighbours;

    public ConsoleScreen Screen { get; }

    public FormKeys Keys { get; }

    /// <summary>To be put on the admin listener.</summary>
    public IReadOnlyList<IAdminPages> Pages
    {
        get
        {
            var forms = new FormReader(Screen, Keys, sessions, counters);
            return
            [
                neighbours.Pages,
                new ListPages(Screen, feeds),
                new FeedPages(feeds, time, limits, counters, stop.Token),
                new SignInPages(Screen, forms, Door.Access, sessions),
                new SitePages(Screen, forms, sessions, parts.Journal, parts.View, counters),
                new SorryConsole(Screen, forms, feeds["sorry"], parts.Switches, time, counters),
                new IncidentConsole(Screen, forms, feeds["incidents"], desk, counters),
            ];
        }
    }

    public IReadOnlyList<IMetricSource> Metrics => [neighbours.Counters, counters, sessions];

    /// <summary>Ends the streams, so that the listener can stop.</summary>
    public async ValueTask DisposeAsync()
    {
        observing.Dispose();
        await stop.CancelAsync();
        foreach (var feed in feeds.Values) await feed.DisposeAsync();
        neighbours.Dispose();
    }

    private void AddFeeds(SiteModel model)
    {
        var people = model.Mesh.People.Values.SelectMany(static p => p.Phones.Select(phone => (phone, p.Name))).ToLookup(static p => p.phone, static p => p.Name, StringComparer.Ordinal);
        Add("calls", async cancelled => CallList.Write(await Ask<IReadOnlyList<CallView>>("calls", cancelled), limits.Rows));
        Add("phones", async cancelled => PhoneList.Write(await Ask<IReadOnlyList<PhoneView>>("phones", cancelled), account => string.Join(", ", people[account]), limits.Rows));
        Add("peers", async cancelled =>
        {
            var peers = Ask<IReadOnlyList<PeerView>>("peers", cancelled);
            return PeerList.Write(await peers, await Ask<SiteFacts>("site", cancelled), limits.Rows);
        });
        Add("trunks", async cancelled =>
        {
            var trunks = Ask<IReadOnlyList<TrunkView>>("trunks", cancelled);
            return TrunkList.Write(await trunks, await Ask<SiteFacts>("site", cancelled), limits.Rows);
        });
        // All sites have the same journal: nobody else needs to be asked.
        Add("sorry", _ => Task.FromResult(SorryList.Write(parts.Sorry(), limits.Rows)));
        // Nothing of it changes but by an entry of the journal, and the journal may be long.
        Add("incidents", _ => Task.FromResult(IncidentList.Write(desk.All, limits.Rows)), TimeSpan.MaxValue);
    }

    private void Add(string name, Func<CancellationToken, Task<Html>> make, TimeSpan? fresh = null) => feeds.Add(name, new ConsoleFeed(name, make, fresh ?? limits.Fresh, time, limits, counters));

    private Task<IReadOnlyList<SiteAnswer<T>>> Ask<T>(string question, CancellationToken cancelled)
        where T : class => neighbours.AskAllAsync<T>(question, cancelled);
}
