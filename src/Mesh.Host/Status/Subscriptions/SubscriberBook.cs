using Mesh.Host.Journal;
using Mesh.Host.Status.Subscriptions.Mail;
using Mesh.Host.Storage;

namespace Mesh.Host.Status.Subscriptions;

/// <summary>
/// Who is told by mail. Which subscriptions there are is in the journal, as ids; whose they are is in this site's database only, and deleted the moment this site hears of the end. Any thread.
/// </summary>
public sealed class SubscriberBook : IDisposable
{
    private readonly IStorage storage;
    private readonly Lock gate = new();
    private readonly Dictionary<string, Standing> standings = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Subscriber> known = new(StringComparer.Ordinal);
    private readonly IDisposable observation;

    /// <param name="stored">What this site had when it last ran.</param>
    public SubscriberBook(IReadOnlyList<Subscriber> stored, ISharedJournal journal, IStorage storage)
    {
        this.storage = storage;
        foreach (var subscriber in stored) known[subscriber.Id] = subscriber;
        observation = journal.Observe(Take);
        foreach (var entry in journal.Read(SubscriptionChange.Kind)) Take(entry);
        // Whoever was written down and then not confirmed, since the site died in between.
        foreach (var subscriber in stored)
            if (StandingOf(subscriber.Id).Begun is null) Forget(subscriber.Id);
    }

    /// <summary>Subscriptions that have begun and not ended, those whose address is not here yet too.</summary>
    public int Count { get { lock (gate) return standings.Values.Count(static s => s.IsOn); } }

    /// <summary>Whom this site can write to, by id.</summary>
    public IReadOnlyList<Subscriber> Current { get { lock (gate) return [.. known.Values.Where(s => Of(s.Id).IsOn)]; } }

    /// <summary>Subscriptions another site knows the address of, and this one does not yet.</summary>
    public IReadOnlyList<string> Missing { get { lock (gate) return [.. standings.Where(s => s.Value.IsOn && !known.ContainsKey(s.Key)).Select(s => s.Key)]; } }

    /// <summary>Null when there is none here, or it has ended.</summary>
    public Subscriber? Find(string id) { lock (gate) return Of(id).IsOn ? known.GetValueOrDefault(id) : null; }

    public IReadOnlyList<Subscriber> Of(Mailbox mailbox) { lock (gate) return [.. known.Values.Where(s => s.Mailbox.Key == mailbox.Key && Of(s.Id).IsOn)]; }

    public Standing StandingOf(string id) { lock (gate) return Of(id); }

    /// <summary>Subscriptions begun since a moment, ended or not.</summary>
    public int BegunSince(DateTimeOffset moment) { lock (gate) return standings.Values.Count(s => s.Begun >= moment); }

    /// <summary>On disk when the task ends with true.</summary>
    public async Task<bool> KeepAsync(Subscriber subscriber)
    {
        if (StandingOf(subscriber.Id).HasEnded) return true;
        if (!await StorageWrite.DoneAsync(storage, d => d.Subscribers.Write(subscriber))) return false;
        lock (gate)
        {
            if (!Of(subscriber.Id).HasEnded)
            {
                known[subscriber.Id] = subscriber;
                return true;
            }
        }
        // It ended while it was being written.
        Forget(subscriber.Id);
        return true;
    }

    /// <summary>Deletes what is known of somebody, from memory now and from disk soon.</summary>
    public void Forget(string id)
    {
        lock (gate) known.Remove(id);
        storage.TryPost(new StorageWrite(d => d.Subscribers.Delete(id)));
    }

    public void Dispose() => observation.Dispose();

    private Standing Of(string id) => standings.GetValueOrDefault(id);

    private void Take(JournalEntry entry)
    {
        if (entry.Kind != SubscriptionChange.Kind || SubscriptionChange.Read(entry) is not { } change) return;
        lock (gate)
        {
            var before = Of(entry.Subject);
            standings[entry.Subject] = change.Ends ? before with { HasEnded = true } : before with { Begun = entry.At };
            if (!change.Ends && !before.HasEnded) return;
        }
        Forget(entry.Subject);
    }

    /// <summary>What the journal says of a subscription. An end stands whatever comes after it, or was on its way.</summary>
    public readonly record struct Standing(DateTimeOffset? Begun, bool HasEnded)
    {
        public bool IsOn => Begun is not null && !HasEnded;
    }
}
