using System.Threading.Channels;
using Mesh.Host.Status.Incidents;
using Mesh.Host.Status.Subscriptions.Mail;

namespace Mesh.Host.Status.Subscriptions;

/// <summary>
/// Sends what waits, then tells changes of incidents whose turn is this site's. One task, one connection to the relay at a time; nothing else of the site waits for it.
/// <code>
/// look -> what is due in the queue -> changes not yet done: claimed by another? wait
///                                                           my turn?            note "about to begin", look again a moment later
///                                                           claimed by me       a mail each, a note every so often, a last note
/// </code>
/// A site that dies leaves its last note; the next site goes on from there. So each mail is sent at least once, and what may come twice has the same Message-ID.
/// </summary>
public sealed class MailSender(SenderParts parts) : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Channel<bool> news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Dictionary<string, long> claims = new(StringComparer.Ordinal);
    private Task running = Task.CompletedTask;
    private int troubles;
    private DateTimeOffset restUntil;

    public void Start() => running = RunAsync();

    /// <summary>There is something to send.</summary>
    public void Wake() => news.Writer.TryWrite(true);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await WaitAsync();
                await LookAsync();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { }
    }

    private async Task WaitAsync()
    {
        using var due = new CancellationTokenSource(parts.Limits.LookEvery, parts.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(due.Token, stop.Token);
        try { await news.Reader.ReadAsync(either.Token); }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested) { }
    }

    private async Task LookAsync()
    {
        try
        {
            await parts.Fetch.RunAsync(stop.Token);
            var tellings = Tellings();
            if (parts.Time.GetUtcNow() < restUntil) return;
            await using var relay = new LazyRelay(parts, stop.Token);
            foreach (var mail in parts.Queue.Due) await SendWaitingAsync(relay, mail, tellings);
            foreach (var telling in tellings)
                if (IsMine(telling) && await ClaimedAsync(telling)) await TellAsync(relay, telling);
            if (relay.WasUsed) Works();
        }
        catch (RelayException e) { Rest(e.Message); }
        catch (Journal.JournalException e) { Rest(e.Message); }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { throw; }
        // Whatever it was, the next look is a new one; a sender that ended would tell nobody of anything.
        catch (Exception e) { Rest(e.GetType().Name); }
    }

    // All there is to tell, done or not: what waits in the queue needs those that are done.
    private IReadOnlyList<Telling> Tellings()
    {
        if (parts.Book.Count == 0) return [];
        var tellings = Telling.Of(parts.Incidents.Reports(), parts.Time.GetUtcNow(), parts.Limits.TellWithin);
        parts.Progress.KeepOnly(tellings.Select(t => t.Key).ToHashSet(StringComparer.Ordinal));
        return tellings;
    }

    private bool IsMine(Telling telling)
    {
        if (parts.Progress.IsDone(telling.Key)) return false;
        if (Teller(telling) is { } teller) return teller == parts.Site;
        return TellerTurn.HasCome(parts.Site, parts.Sites, telling.Key, parts.IsAlive, parts.Progress.Silence(telling.Key), parts.Limits.TakeOverAfter);
    }

    private string? Teller(Telling telling) => parts.Progress.Teller(telling.Key, s => s == parts.Site || parts.IsAlive(s) ? parts.Limits.TakeOverAfter : parts.Limits.TakeOverDeadAfter);

    // Two sites that take each other for dead claim at the same moment: the earlier claim stands, once both have heard of both.
    private async Task<bool> ClaimedAsync(Telling telling)
    {
        bool isTeller = Teller(telling) == parts.Site;
        if (isTeller && claims.TryGetValue(telling.Key, out long claimed)) return parts.Time.GetElapsedTime(claimed) >= parts.Limits.SettleFor;
        if (!isTeller) await NoteAsync(telling, parts.Progress.UpTo(telling.Key), isDone: false);
        foreach (string old in claims.Keys.Where(parts.Progress.IsDone).ToArray()) claims.Remove(old);
        claims[telling.Key] = parts.Time.GetTimestamp();
        WakeAfterSettling();
        return parts.Sites.Count == 1;
    }

    private async Task TellAsync(LazyRelay relay, Telling telling)
    {
        int told = 0;
        long noted = parts.Time.GetTimestamp();
        foreach (string id in Addressees(telling, parts.Progress.UpTo(telling.Key)))
        {
            try
            {
                if (await TellOneAsync(relay, telling, id) == Delivery.Later) await DeferAsync(telling, id);
            }
            catch (RelayException) when (relay.WasUsed)
            {
                // It broke over this letter, or after it: those before it are not sent again, and this one does not hold up the others.
                await DeferAsync(telling, id);
                await NoteAsync(telling, id, isDone: false);
                throw;
            }
            if (++told % parts.Limits.MailsBetweenNotes != 0 && parts.Time.GetElapsedTime(noted) < parts.Limits.NoteEvery) continue;
            await NoteAsync(telling, id, isDone: false);
            noted = parts.Time.GetTimestamp();
            // Somebody claimed it first, of whom this site has heard only now.
            if (!IsMine(telling)) return;
        }
        await NoteAsync(telling, "", isDone: true);
    }

    // Those whose subscription was there when it happened, by id; of some only another site may know the address yet.
    private IReadOnlyList<string> Addressees(Telling telling, string upTo) =>
        [.. parts.Book.Current.Select(s => s.Id).Concat(parts.Book.Missing)
            .Where(id => string.CompareOrdinal(id, upTo) > 0 && parts.Book.StandingOf(id).Begun <= telling.Update.At).Order(StringComparer.Ordinal)];

    private async Task<Delivery> TellOneAsync(LazyRelay relay, Telling telling, string id)
    {
        if (parts.Book.Find(id) is not { } subscriber) return parts.Book.StandingOf(id).HasEnded ? Delivery.Taken : Delivery.Later;
        var outcome = await relay.SendAsync(parts.Letters.Of(telling, subscriber));
        parts.Counters.Count(outcome);
        return outcome;
    }

    private async Task DeferAsync(Telling telling, string id)
    {
        var now = parts.Time.GetUtcNow();
        var mail = new WaitingMail(0, id, telling.Key, null, "", telling.Update.At + parts.Limits.TellWithin) { Due = now + parts.Limits.RetryAfter[0], Tries = 1 };
        if (!await parts.Queue.AddAsync(mail)) parts.Counters.GiveUp();
    }

    private async Task SendWaitingAsync(LazyRelay relay, WaitingMail mail, IReadOnlyList<Telling> tellings)
    {
        if (mail.Until <= parts.Time.GetUtcNow()) { GiveUp(mail); return; }
        var telling = tellings.FirstOrDefault(t => t.Key == mail.Change);
        if (mail.Change is not null && (telling is null || parts.Book.StandingOf(mail.Subscriber).HasEnded)) { GiveUp(mail); return; }
        try
        {
            var outcome = telling is not null ? await TellOneAsync(relay, telling, mail.Subscriber) : await ConfirmOneAsync(relay, mail);
            if (outcome != Delivery.Later) parts.Queue.Remove(mail);
            else Later(mail);
        }
        catch (RelayException) when (relay.WasUsed)
        {
            Later(mail);
            throw;
        }
    }

    private async Task<Delivery> ConfirmOneAsync(LazyRelay relay, WaitingMail mail)
    {
        var outcome = await relay.SendAsync(parts.Letters.Confirmation(new ConfirmTicket(mail.Subscriber, mail.Mailbox!, mail.Language, mail.Until)));
        parts.Counters.Count(outcome);
        return outcome;
    }

    private void Later(WaitingMail mail)
    {
        if (!parts.Queue.Later(mail)) parts.Counters.GiveUp();
    }

    private void GiveUp(WaitingMail mail)
    {
        parts.Queue.Remove(mail);
        parts.Counters.GiveUp();
    }

    private Task NoteAsync(Telling telling, string upTo, bool isDone) =>
        parts.Journal.AppendAsync(TellingNote.Kind, telling.Key, "status page", "", new TellingNote(upTo, isDone).ToBody(), stop.Token);

    private void WakeAfterSettling()
    {
        var timer = new CancellationTokenSource(parts.Limits.SettleFor, parts.Time);
        timer.Token.Register(() =>
        {
            Wake();
            timer.Dispose();
        });
    }

    private void Rest(string why)
    {
        parts.Counters.Trouble();
        restUntil = parts.Time.GetUtcNow() + parts.Limits.RetryAfter[Math.Min(troubles++, parts.Limits.RetryAfter.Count - 1)];
        if (troubles == 1) parts.OnTrouble(why);
    }

    private void Works()
    {
        if (troubles > 0) parts.OnTrouble(null);
        troubles = 0;
    }
}
