using System.Text.Json;
using Mesh.Host.Journal;

namespace Mesh.Host.Tests.Status.Subscriptions;

/// <summary>One journal in memory that several sites write, as if they were always connected; each has its own end of it.</summary>
internal sealed class SharedPages(TimeProvider time)
{
    private readonly List<JournalEntry> entries = [];
    private readonly List<Action<JournalEntry>> observers = [];

    public IReadOnlyList<JournalEntry> All { get { lock (entries) return [.. entries]; } }

    public ISharedJournal At(string site) => new End(this, site);

    private JournalEntry Append(string site, string kind, string subject, string who, string why, JsonElement body)
    {
        JournalEntry entry;
        Action<JournalEntry>[] told;
        lock (entries)
        {
            // Later than every entry there is, as a real one dates them.
            var at = entries.Count > 0 && entries[^1].At >= time.GetUtcNow() ? entries[^1].At.AddMicroseconds(1) : new DateTimeOffset(time.GetUtcNow().UtcTicks / 10 * 10, TimeSpan.Zero);
            entries.Add(entry = new JournalEntry(site, entries.Count(e => e.Site == site) + 1, at, kind, subject, who, why, body));
            told = [.. observers];
        }
        foreach (var observer in told) observer(entry);
        return entry;
    }

    private sealed class End(SharedPages pages, string site) : ISharedJournal
    {
        public Task<JournalEntry> AppendAsync(string kind, string subject, string who, string why, JsonElement body, CancellationToken cancelled = default) =>
            Task.FromResult(pages.Append(site, kind, subject, who, why, body));

        public IReadOnlyList<JournalEntry> Read(string kind) { lock (pages.entries) return [.. pages.entries.Where(e => e.Kind == kind)]; }

        public IDisposable Observe(Action<JournalEntry> onEntry)
        {
            lock (pages.entries) pages.observers.Add(onEntry);
            return new Ended(() => { lock (pages.entries) pages.observers.Remove(onEntry); });
        }
    }

    private sealed class Ended(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
