using System.Text.Json;
using Mesh.Host.Journal;

namespace Mesh.Host.Tests.Sorry;

/// <summary>A journal that forgets, and that other sites' entries can be put into.</summary>
public sealed class MemoryJournal(TimeProvider time) : ISharedJournal
{
    private readonly List<JournalEntry> entries = [];
    private readonly List<Action<JournalEntry>> observers = [];

    public Task<JournalEntry> AppendAsync(string kind, string subject, string who, string why, JsonElement body, CancellationToken cancelled = default)
    {
        lock (entries) return Task.FromResult(Put(new JournalEntry("london", entries.Count(e => e.Site == "london") + 1, time.GetUtcNow(), kind, subject, who, why, body)));
    }

    public JournalEntry Put(JournalEntry entry)
    {
        lock (entries) entries.Add(entry);
        foreach (var observer in observers) observer(entry);
        return entry;
    }

    public IReadOnlyList<JournalEntry> Read(string kind)
    {
        lock (entries) return [.. entries.Where(e => e.Kind == kind).OrderBy(e => e.At).ThenBy(e => e.Site, StringComparer.Ordinal).ThenBy(e => e.Number)];
    }

    public IDisposable Observe(Action<JournalEntry> onEntry)
    {
        observers.Add(onEntry);
        return new Ended(() => observers.Remove(onEntry));
    }

    private sealed class Ended(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
