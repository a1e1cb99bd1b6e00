using System.Net;
using Mesh.Host.Journal;
using Mesh.Host.Status.Subscriptions.Mail;
using Mesh.Io;

namespace Mesh.Host.Status.Subscriptions;

/// <summary>Where subscriptions are asked for, confirmed and ended, at any site. Any thread.</summary>
/// <param name="chance">Of the desk alone.</param>
public sealed class SubscriptionDesk(
    SubscriberBook book, MailQueue queue, TicketSeal seal, ISharedJournal journal, SubscriptionLimits limits, SubscriptionCounters counters, TimeProvider time, IChance chance)
{
    private const string Who = "status page";
    private readonly AskAllowance allowance = new(limits, time);

    /// <summary>Told when there is something to send.</summary>
    public Action OnMail { get; set; } = static () => { };

    /// <param name="trap">What was written in a field that people do not see.</param>
    public async Task<SubscriptionOutcome> AskAsync(string address, string trap, string language, IPAddress source)
    {
        var outcome = await AskInTurnAsync(address, trap, language, source);
        counters.Count(outcome);
        return outcome;
    }

    /// <summary>Begins the subscription of a link; doing it twice is doing it once.</summary>
    public async Task<SubscriptionOutcome> ConfirmAsync(string link)
    {
        var outcome = await ConfirmInTurnAsync(link);
        counters.Count(outcome);
        return outcome;
    }

    /// <summary>Whether a link could be confirmed; changes nothing.</summary>
    public SubscriptionOutcome Look(string link) => seal.Open(link) switch
    {
        ConfirmTicket ticket => ticket.Expires < time.GetUtcNow() || book.StandingOf(ticket.Id).HasEnded ? SubscriptionOutcome.Expired : SubscriptionOutcome.Asked,
        EndTicket ticket => book.StandingOf(ticket.Id).HasEnded ? SubscriptionOutcome.Ended : SubscriptionOutcome.Confirmed,
        _ => SubscriptionOutcome.Unknown,
    };

    /// <summary>Ends the subscription of a link, and any other of the same address.</summary>
    public async Task<SubscriptionOutcome> EndAsync(string link)
    {
        if (seal.Open(link) is not EndTicket ticket) return SubscriptionOutcome.Unknown;
        string[] ids = book.Find(ticket.Id) is { } subscriber ? [.. book.Of(subscriber.Mailbox).Select(s => s.Id)] : [ticket.Id];
        var outcome = await EndAllAsync(ids);
        counters.Count(outcome);
        return outcome;
    }

    /// <summary>Ends all subscriptions of an address: somebody asked an operator to. Their number.</summary>
    /// <exception cref="JournalException">Not all have ended.</exception>
    public async Task<int> EndAsync(Mailbox mailbox, string who)
    {
        string[] ids = [.. book.Of(mailbox).Select(s => s.Id)];
        foreach (string id in ids) await journal.AppendAsync(SubscriptionChange.Kind, id, who, "", new SubscriptionChange(Ends: true).ToBody());
        return ids.Length;
    }

    private async Task<SubscriptionOutcome> AskInTurnAsync(string address, string trap, string language, IPAddress source)
    {
        if (trap.Length > 0)
        {
            counters.Trap();
            return SubscriptionOutcome.Asked;
        }
        if (!Mailbox.TryParse(address, out var mailbox)) return SubscriptionOutcome.BadAddress;
        if (IsFull) return SubscriptionOutcome.Full;
        if (!allowance.TryTake(source, mailbox)) return SubscriptionOutcome.TooMany;
        var now = time.GetUtcNow();
        if (!await queue.AddAsync(new WaitingMail(0, TicketSeal.NewId(chance), null, mailbox, language, now + limits.ConfirmWithin) { Due = now })) return SubscriptionOutcome.Unavailable;
        OnMail();
        return SubscriptionOutcome.Asked;
    }

    private async Task<SubscriptionOutcome> ConfirmInTurnAsync(string link)
    {
        if (seal.Open(link) is not ConfirmTicket ticket) return SubscriptionOutcome.Unknown;
        var standing = book.StandingOf(ticket.Id);
        if (standing.IsOn) return SubscriptionOutcome.Confirmed;
        if (standing.HasEnded || ticket.Expires < time.GetUtcNow()) return SubscriptionOutcome.Expired;
        if (IsFull) return SubscriptionOutcome.Full;
        string[] earlier = [.. book.Of(ticket.Mailbox).Select(s => s.Id)];
        // The address first: what the journal says begins is never without one here.
        if (!await book.KeepAsync(new Subscriber(ticket.Id, ticket.Mailbox, ticket.Language))) return SubscriptionOutcome.Unavailable;
        try { await journal.AppendAsync(SubscriptionChange.Kind, ticket.Id, Who, "", new SubscriptionChange(Ends: false).ToBody()); }
        catch (JournalException)
        {
            book.Forget(ticket.Id);
            return SubscriptionOutcome.Unavailable;
        }
        await EndAllAsync(earlier);
        return SubscriptionOutcome.Confirmed;
    }

    private async Task<SubscriptionOutcome> EndAllAsync(IEnumerable<string> ids)
    {
        try
        {
            foreach (string id in ids)
                if (!book.StandingOf(id).HasEnded) await journal.AppendAsync(SubscriptionChange.Kind, id, Who, "", new SubscriptionChange(Ends: true).ToBody());
            return SubscriptionOutcome.Ended;
        }
        catch (JournalException) { return SubscriptionOutcome.Unavailable; }
    }

    // Each subscription stays in the journal for ever, so their number in a day has a limit too.
    private bool IsFull => book.Count >= limits.Subscribers || book.BegunSince(time.GetUtcNow().AddDays(-1)) >= limits.BegunInDay;
}
