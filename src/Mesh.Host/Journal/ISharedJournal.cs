using System.Text.Json;

namespace Mesh.Host.Journal;

/// <summary>
/// What people did that every site must know: sorry switches, incidents. Each site appends without asking the others, and hands on what it has when it can reach them, so that two
/// administrators on the two sides of a split both succeed.
/// </summary>
public interface ISharedJournal
{
    /// <summary>Appends at this site. On disk when the task ends; the other sites hear of it right after.</summary>
    /// <exception cref="JournalException">Nothing was appended; the message says why.</exception>
    Task<JournalEntry> AppendAsync(string kind, string subject, string who, string why, JsonElement body, CancellationToken cancelled = default);

    /// <summary>All entries of a kind, of all sites, in the order all sites come to.</summary>
    IReadOnlyList<JournalEntry> Read(string kind);

    /// <summary>Called for each entry that is new here, wherever it was made; from any thread, one after another, never waiting for an append itself. Disposing ends it.</summary>
    IDisposable Observe(Action<JournalEntry> onEntry);
}
