using System.Text.Json;
using Mesh.Host.Storage;

namespace Mesh.Host.Journal;

/// <summary>
/// A site's copy of the journal. One change at a time: what is new goes to disk, then into <see cref="State"/>, then to whoever observes, so nobody ever hears of an entry that a crash
/// could take back. Any thread.
/// </summary>
public sealed class SharedJournal : ISharedJournal
{
    private readonly string site;
    private readonly IStorage storage;
    private readonly TimeProvider time;
    private readonly JournalLimits limits;
    private readonly SemaphoreSlim gate = new(1, 1);
    private volatile JournalState state;
    private readonly Lock observing = new();
    private volatile Observation[] observers = [];

    /// <param name="state">What is on disk.</param>
    public SharedJournal(string site, JournalState state, IStorage storage, TimeProvider time, JournalLimits limits)
    {
        this.site = site;
        this.state = state;
        this.storage = storage;
        this.time = time;
        this.limits = limits;
    }

    public JournalState State => state;

    public JournalCounters Counters { get; } = new();

    /// <summary>
    /// A site that finds no entry of its own on its disk makes the first only after this: its disk may be new while others still have what it made before, and counting from 1 again
    /// would make two entries of one number.
    /// </summary>
    public Task Asked { get; set; } = Task.CompletedTask;

    public IReadOnlyList<JournalEntry> Read(string kind) => state.Read(kind);

    /// <exception cref="JournalException">Nothing was appended.</exception>
    public async Task<JournalEntry> AppendAsync(string kind, string subject, string who, string why, JsonElement body, CancellationToken cancelled = default)
    {
        string normal = JournalCheck.Normal(body) ?? throw Refuse(JournalFault.BadBody, "the body is no JSON object, or too large");
        var kept = JsonSerializer.Deserialize<JsonElement>(normal);
        if (state.Last(site) == 0) await Asked.WaitAsync(cancelled);
        await gate.WaitAsync(cancelled);
        // From here on it is done whole, whether or not the asker still waits: a number must never be used twice.
        return await AppendInTurnAsync(kind, subject, who, why, kept).WaitAsync(cancelled);
    }

    /// <summary>Takes what another site sent; on disk when the task ends.</summary>
    /// <exception cref="JournalException">The disk did not take it: nothing has changed.</exception>
    public async Task<JournalMerge> MergeAsync(IReadOnlyList<JournalEntry> offered, CancellationToken cancelled = default)
    {
        await gate.WaitAsync(cancelled);
        return await MergeInTurnAsync(_ => offered).WaitAsync(cancelled);
    }

    /// <summary>Takes what another site sent, except of sites whose entries there and here are not the same; those are counted, and returned.</summary>
    /// <exception cref="JournalException">The disk did not take it: nothing has changed.</exception>
    public async Task<(JournalMerge Merge, IReadOnlySet<string> Conflicts)> TakeAsync(JournalExchange exchange, CancellationToken cancelled = default)
    {
        await gate.WaitAsync(cancelled);
        IReadOnlySet<string> conflicts = new HashSet<string>();
        var merge = await MergeInTurnAsync(now =>
        {
            conflicts = now.ConflictsWith(exchange);
            foreach (string _ in conflicts) Counters.Refuse(JournalFault.Conflict);
            return [.. exchange.Entries.Where(e => !conflicts.Contains(e.Site))];
        }).WaitAsync(cancelled);
        return (merge, conflicts);
    }

    public IDisposable Observe(Action<JournalEntry> onEntry)
    {
        var observation = new Observation(this, onEntry);
        lock (observing) observers = [.. observers, observation];
        return observation;
    }

    private async Task<JournalEntry> AppendInTurnAsync(string kind, string subject, string who, string why, JsonElement body)
    {
        try
        {
            var before = state;
            var entry = new JournalEntry(site, before.Last(site) + 1, before.NextAt(site, time.GetUtcNow(), limits.FollowedAhead), kind, subject, who, why, body);
            var merge = before.Merge([entry]);
            if (merge.Refused is [var (_, fault), ..]) throw Refuse(fault, fault == JournalFault.BadNumber ? "the journal is full" : $"the entry cannot be in a journal: {fault}");
            await KeepAsync(merge);
            Counters.Append();
            return entry;
        }
        finally { gate.Release(); }
    }

    private async Task<JournalMerge> MergeInTurnAsync(Func<JournalState, IReadOnlyList<JournalEntry>> offered)
    {
        try
        {
            var merge = state.Merge(offered(state));
            foreach (var (_, fault) in merge.Refused) Counters.Refuse(fault);
            if (merge.New.Count > 0) await KeepAsync(merge);
            Counters.Merge(merge.New.Count);
            return merge;
        }
        finally { gate.Release(); }
    }

    private async Task KeepAsync(JournalMerge merge)
    {
        var work = new StoreEntries(merge.New);
        if (!storage.TryPost(work) || !await work.Stored) throw new JournalException(JournalFault.None, "the disk does not take the entry: nothing was done");
        state = merge.State;
        foreach (var entry in merge.New)
        {
            foreach (var observer in observers)
            {
                try { observer.OnEntry(entry); }
                catch (Exception) { Counters.ObserverFault(); }
            }
        }
    }

    private JournalException Refuse(JournalFault fault, string message)
    {
        Counters.Refuse(fault);
        return new JournalException(fault, message);
    }

    private sealed class StoreEntries(IReadOnlyList<JournalEntry> entries) : StorageWork
    {
        private readonly TaskCompletionSource<bool> stored = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<bool> Stored => stored.Task;

        public override void Write(SiteDatabase database)
        {
            foreach (var entry in entries) database.Journal.Write(entry);
        }

        public override void OnStored(bool done) => stored.TrySetResult(done);
    }

    private sealed class Observation(SharedJournal journal, Action<JournalEntry> onEntry) : IDisposable
    {
        public Action<JournalEntry> OnEntry => onEntry;

        public void Dispose()
        {
            lock (journal.observing) journal.observers = [.. journal.observers.Where(o => o != this)];
        }
    }
}
