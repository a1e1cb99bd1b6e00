using System.Net;
using System.Text.RegularExpressions;
using Mesh.Host.Config;
using Mesh.Host.Listening;
using Mesh.Host.Status;
using Mesh.Host.Status.Incidents;
using Mesh.Host.Status.Subscriptions;
using Mesh.Host.Storage;
using Mesh.Host.Tests.Sorry;
using Mesh.Io;
using Mesh.Scenarios;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mesh.Host.Tests.Status.Subscriptions;

/// <summary>One site of a <see cref="SubscriptionWorld"/>, and a browser without scripts that talks to it.</summary>
internal sealed class SubscriptionSite : IAsyncDisposable
{
    private readonly HttpClient http;
    private readonly StorageThread storage;
    private readonly StatusListener listener;
    private readonly PublicSide side;
    private readonly List<SubscriptionSite> all;
    private bool isGone;

    private SubscriptionSite(string name, string file, HttpClient http, StorageThread storage, SiteSubscriptions subscriptions, StatusListener listener, PublicSide side, List<SubscriptionSite> all) =>
        (Name, File, this.http, this.storage, Subscriptions, this.listener, this.side, this.all) = (name, file, http, storage, subscriptions, listener, side, all);

    public string Name { get; }

    /// <summary>The database.</summary>
    public string File { get; }

    public SiteSubscriptions Subscriptions { get; }

    public SubscriptionCounters Counters => Subscriptions.Counters;

    public int Subscribers => Counters.Now().Subscribers;

    public static async Task<SubscriptionSite> StartAsync(string name, string address, string bundle, Loop loop, SubscriptionWorld world, List<SubscriptionSite> all)
    {
        var read = BundleReader.Read(new BundleRequest(bundle, name));
        Assert.False(read.HasErrors, string.Join('\n', read.Problems));
        string file = Path.Combine(bundle, $"{name}.db");
        var database = SiteDatabase.Open(file);
        var (stored, waiting) = (database.Subscribers.Load(), database.Subscribers.LoadMail());
        var storage = new StorageThread(database, loop);
        var journal = world.Pages.At(name);
        var subscriptions = SiteSubscriptions.Of(read.Sites[name], new()
        {
            Stored = stored,
            Waiting = waiting,
            Journal = journal,
            Storage = storage,
            Ask = (question, _) => Task.FromResult<IReadOnlyList<SealedSubscribers>>([.. all.Where(s => s.Name != name && !s.isGone).Select(s => s.Subscriptions.Fetch.Answer(question[(question.IndexOf('/', StringComparison.Ordinal) + 1)..]))]),
            IsAlive = s => world.IsAlive(s),
            Log = new SubscriptionLog(NullLogger.Instance),
            Time = world.Clock,
            Limits = world.Limits,
        })!;
        var listen = FreePort.On(address, "http");
        var side = new PublicSide(new PublicOptions(), TimeProvider.System);
        var listener = await StatusListener.StartAsync(new StatusOptions { Name = "Example Ltd", Site = name, Subscribe = subscriptions.Url }, () => StatusScenes.Scene().Snapshot, new JournalIncidents(journal), world.Clock, listen,
            side, NullLoggerFactory.Instance, CancellationToken.None, subscriptions.Pages);
        subscriptions.Start();
        return new SubscriptionSite(name, file, new HttpClient { BaseAddress = new Uri($"http://{listen.Bind}/"), Timeout = TimeSpan.FromMinutes(2) }, storage, subscriptions, listener, side, all);
    }

    public Task<(HttpStatusCode Status, string Body)> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] form)
    {
        using var request = new HttpRequestMessage(method, Local(path));
        if (method == HttpMethod.Post) request.Content = new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var response = await http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Follows the overview's link to the form, fills it in as it stands and sends it.</summary>
    public async Task<HttpStatusCode> AskAsync(string address, string language = "en", string trap = "")
    {
        string form = Regex.Match((await GetAsync($"{language}/")).Body, "<a href=\"([^\"]+/subscribe/)\"").Groups[1].Value;
        string page = (await GetAsync(form)).Body;
        string action = Regex.Match(page, "<form method=\"post\" action=\"([^\"]+)\"").Groups[1].Value;
        return (await SendAsync(HttpMethod.Post, action, (SubscriptionForm.Address, address), (SubscriptionForm.Trap, trap))).Status;
    }

    /// <summary>Subscribes and confirms; the letter that asked for it.</summary>
    public async Task<ReceivedMail> SubscribeAsync(MailSink sink, string address, string language = "en")
    {
        int before = sink.Received.Count;
        Assert.Equal(HttpStatusCode.OK, await AskAsync(address, language));
        var letter = (await sink.WaitAsync(before + 1))[before];
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Post, letter.Link("/subscribe/confirm/"))).Status);
        return letter;
    }

    public async ValueTask DisposeAsync()
    {
        if (isGone) return;
        isGone = true;
        // A connection that is kept open would be waited for.
        http.Dispose();
        await listener.DisposeAsync();
        side.Dispose();
        await Subscriptions.DisposeAsync();
        storage.Dispose();
        all.Remove(this);
    }

    // What the public's address is, a reverse proxy brings here.
    private static string Local(string path) => path.StartsWith(SubscriptionWorld.Url, StringComparison.Ordinal) ? path[SubscriptionWorld.Url.Length..] : path;
}
