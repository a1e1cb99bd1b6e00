using Mesh.Host.Journal;

namespace Mesh.Host.Status.Subscriptions;

/// <summary>
/// How far all sites together have come with each change, as far as this site has heard. When something was heard is by this site's own clock, since those of others may be wrong; in which order it
/// was said is the journal's, since all must agree. Any thread.
/// </summary>
public sealed class TellingProgress : IDisposable
{
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly Dictionary<string, Progress> all = new(StringComparer.Ordinal);
    private readonly IDisposable observation;

    /// <param name="since">Notes older than this are of no use any more.</param>
    public TellingProgress(ISharedJournal journal, TimeProvider time, DateTimeOffset since)
    {
        this.time = time;
        observation = journal.Observe(Take);
        foreach (var entry in journal.Read(TellingNote.Kind))
            if (entry.At >= since) Take(entry);
    }

    public bool IsDone(string change) { lock (gate) return all.TryGetValue(change, out var p) && p.IsDone; }

    /// <summary>The last subscription that has been told; empty before the first.</summary>
    public string UpTo(string change) { lock (gate) return all.TryGetValue(change, out var p) ? p.UpTo : ""; }

    /// <summary>The site that tells: the first that said so lately; null when none did.</summary>
    /// <param name="lately">How long the word of a site counts.</param>
    public string? Teller(string change, Func<string, TimeSpan> lately)
    {
        lock (gate)
            return !all.TryGetValue(change, out var p) ? null
                : p.Notes.Where(n => time.GetElapsedTime(n.Heard) < lately(n.Entry.Site)).OrderBy(static n => n.Entry, JournalOrder.Instance).FirstOrDefault().Entry?.Site;
    }

    /// <summary>How long nothing has been heard of a change; counted from the first time somebody asks, when nothing ever was.</summary>
    public TimeSpan Silence(string change)
    {
        lock (gate) return time.GetElapsedTime(Of(change).LastHeard);
    }

    /// <summary>Forgets changes but these.</summary>
    public void KeepOnly(IReadOnlySet<string> changes)
    {
        lock (gate)
            foreach (string change in all.Keys.Where(c => !changes.Contains(c) && time.GetElapsedTime(all[c].LastHeard) > TimeSpan.FromHours(1)).ToArray()) all.Remove(change);
    }

    public void Dispose() => observation.Dispose();

    private Progress Of(string change)
    {
        if (!all.TryGetValue(change, out var progress)) all[change] = progress = new Progress { LastHeard = time.GetTimestamp() };
        return progress;
    }

    private void Take(JournalEntry entry)
    {
        if (entry.Kind != TellingNote.Kind || TellingNote.Read(entry) is not { } note) return;
        lock (gate)
        {
            var progress = Of(entry.Subject);
            progress.LastHeard = time.GetTimestamp();
            progress.IsDone |= note.IsDone;
            if (string.CompareOrdinal(note.UpTo, progress.UpTo) > 0) progress.UpTo = note.UpTo;
            progress.Notes.Add((entry, progress.LastHeard));
            if (progress.Notes.Count > Progress.MostNotes) progress.Notes.RemoveAt(0);
        }
    }

    private sealed class Progress
    {
        /// <summary>Only the fresh ones matter.</summary>
        public const int MostNotes = 100;

        public long LastHeard { get; set; }
        public bool IsDone { get; set; }
        public string UpTo { get; set; } = "";
        public List<(JournalEntry Entry, long Heard)> Notes { get; } = [];
    }
}
