using Mesh.Host.Storage;

namespace Mesh.Host.Status.Subscriptions;

/// <summary>Mails that wait at this site, on disk. Any thread.</summary>
public sealed class MailQueue
{
    private readonly IStorage storage;
    private readonly SubscriptionLimits limits;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly SortedDictionary<long, WaitingMail> waiting = [];
    private long last;

    /// <param name="stored">What waited when the site last ran.</param>
    public MailQueue(IReadOnlyList<WaitingMail> stored, IStorage storage, SubscriptionLimits limits, TimeProvider time)
    {
        (this.storage, this.limits, this.time) = (storage, limits, time);
        foreach (var mail in stored) waiting[last = mail.Row] = mail;
    }

    public int Count { get { lock (gate) return waiting.Count; } }

    /// <summary>Those whose time has come, the oldest first.</summary>
    public IReadOnlyList<WaitingMail> Due
    {
        get
        {
            var now = time.GetUtcNow();
            lock (gate) return [.. waiting.Values.Where(m => m.Due <= now)];
        }
    }

    /// <summary>On disk when the task ends with true; false when there is no room.</summary>
    /// <param name="mail">Its row is given here.</param>
    public async Task<bool> AddAsync(WaitingMail mail)
    {
        lock (gate)
        {
            if (waiting.Count >= limits.Waiting) return false;
            mail = mail with { Row = ++last };
            // Not due until it is on disk.
            waiting[mail.Row] = mail with { Due = DateTimeOffset.MaxValue };
        }
        bool stored = await StorageWrite.DoneAsync(storage, d => d.Subscribers.Write(mail));
        lock (gate)
        {
            if (stored) waiting[mail.Row] = mail;
            else waiting.Remove(mail.Row);
        }
        return stored;
    }

    /// <summary>It was sent, or never will be.</summary>
    public void Remove(WaitingMail mail)
    {
        lock (gate) waiting.Remove(mail.Row);
        storage.TryPost(new StorageWrite(d => d.Subscribers.DeleteMail(mail.Row)));
    }

    /// <summary>Tried in vain: once more later. False, and it is gone, when that would be too late.</summary>
    public bool Later(WaitingMail mail)
    {
        var next = mail with { Tries = mail.Tries + 1, Due = time.GetUtcNow() + limits.RetryAfter[Math.Min(mail.Tries, limits.RetryAfter.Count - 1)] };
        if (next.Due >= mail.Until)
        {
            Remove(mail);
            return false;
        }
        lock (gate) waiting[mail.Row] = next;
        storage.TryPost(new StorageWrite(d => d.Subscribers.Write(next)));
        return true;
    }
}
