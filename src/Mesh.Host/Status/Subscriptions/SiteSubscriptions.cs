using Mesh.Host.Admin;
using Mesh.Host.Config.Model;
using Mesh.Host.Incidents;
using Mesh.Host.Journal;
using Mesh.Host.Sites;
using Mesh.Host.Status.Incidents;
using Mesh.Host.Status.Subscriptions.Mail;
using Mesh.Host.Storage;
using Mesh.Io;

namespace Mesh.Host.Status.Subscriptions;

/// <summary>Subscriptions to a site's status page: the book, the desk, the pages and the sender.</summary>
public sealed class SiteSubscriptions : IAsyncDisposable
{
    private readonly SubscriberBook book;
    private readonly TellingProgress progress;
    private readonly MailSender sender;
    private readonly IDisposable observation;

    private SiteSubscriptions(SiteModel model, MailConfig mail, Uri url, Secret key, Surroundings around)
    {
        var (time, limits) = (around.Time, around.Limits);
        var counters = new SubscriptionCounters();
        var seal = new TicketSeal(new MeshKeys(key).SubscriptionKey());
        book = new SubscriberBook(around.Stored, around.Journal, around.Storage);
        var queue = new MailQueue(around.Waiting, around.Storage, limits, time);
        progress = new TellingProgress(around.Journal, time, time.GetUtcNow() - (limits.TellWithin * 2));
        Fetch = new SubscriberFetch(book, seal, around.Ask);
        Desk = new SubscriptionDesk(book, queue, seal, around.Journal, limits, counters, time, new CryptoChance());
        Pages = new SubscriptionPages(Desk, url);
        Admin = new SubscriberAdmin(Desk, counters);
        Url = url;
        sender = new MailSender(new SenderParts
        {
            Site = model.Site.Name,
            Sites = [.. model.Mesh.Sites.Select(static s => s.Name)],
            IsAlive = around.IsAlive,
            Book = book,
            Fetch = Fetch,
            Queue = queue,
            Progress = progress,
            Incidents = new JournalIncidents(around.Journal),
            Journal = around.Journal,
            Letters = new StatusLetters(model.StatusName, url, mail.From.Domain, seal),
            OpenRelay = cancelled => RelaySession.OpenAsync(mail, around.Relay, time, cancelled),
            Name = model.StatusName,
            Limits = limits,
            Counters = counters,
            Time = time,
            OnTrouble = around.Log.RelayChanged,
        });
        counters.Now = () => (book.Count, book.Missing.Count, queue.Count);
        Counters = counters;
        Desk.OnMail = sender.Wake;
        observation = around.Journal.Observe(entry => { if (entry.Kind is IncidentChange.Kind or SubscriptionChange.Kind) sender.Wake(); });
    }

    public SubscriptionDesk Desk { get; }

    public SubscriptionPages Pages { get; }

    /// <summary>To be put on the admin listener.</summary>
    public SubscriberAdmin Admin { get; }

    /// <summary>What other sites ask of this one.</summary>
    public SubscriberFetch Fetch { get; }

    public SubscriptionCounters Counters { get; }

    /// <summary>Of the status page, for the public.</summary>
    public Uri Url { get; }

    /// <summary>Null when the bundle configures no mail.</summary>
    public static SiteSubscriptions? Of(SiteModel model, Surroundings around) =>
        model is { Mail: { } mail, StatusUrl: { } url, Mesh.Key: { } key } ? new SiteSubscriptions(model, mail, url, key, around) : null;

    public void Start() => sender.Start();

    public async ValueTask DisposeAsync()
    {
        observation.Dispose();
        await sender.DisposeAsync();
        progress.Dispose();
        book.Dispose();
    }

    /// <summary>What a site lends them.</summary>
    public sealed record Surroundings
    {
        /// <summary>What was on disk when the site began.</summary>
        public required IReadOnlyList<Subscriber> Stored { get; init; }

        public required IReadOnlyList<WaitingMail> Waiting { get; init; }

        public required ISharedJournal Journal { get; init; }

        public required IStorage Storage { get; init; }

        /// <summary>Asks all other sites a question.</summary>
        public required Func<string, CancellationToken, Task<IReadOnlyList<SealedSubscribers>>> Ask { get; init; }

        /// <summary>Whether another site lives, as far as this one sees.</summary>
        public required Func<string, bool> IsAlive { get; init; }

        public required SubscriptionLog Log { get; init; }

        public required TimeProvider Time { get; init; }

        public SubscriptionLimits Limits { get; init; } = new();

        public RelayOptions Relay { get; init; } = new();
    }
}
