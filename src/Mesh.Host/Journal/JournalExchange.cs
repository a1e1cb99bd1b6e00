using System.Text.Json;

namespace Mesh.Host.Journal;

/// <summary>One message between two sites, either way: what the sender has, and entries the other seems to lack.</summary>
/// <param name="Have">The last number of each site.</param>
/// <param name="Marks">Of each site, the mark of that entry.</param>
/// <param name="Before">Of each site of which there are <paramref name="Entries"/>, the mark of the entry before the first; none before number 1.</param>
public sealed record JournalExchange(
    IReadOnlyDictionary<string, long> Have, IReadOnlyDictionary<string, string> Marks, IReadOnlyDictionary<string, string> Before, IReadOnlyList<JournalEntry> Entries)
{
    public static JournalExchange Of(JournalState state, IReadOnlyList<JournalEntry> entries) => new(state.Have, state.Marks, state.MarksBefore(entries), entries);

    public byte[] ToOctets() => JsonSerializer.SerializeToUtf8Bytes(this, JournalText.Json);

    /// <summary>Null when the octets are no message.</summary>
    public static JournalExchange? Read(ReadOnlySpan<byte> octets)
    {
        try
        {
            var read = JsonSerializer.Deserialize<JournalExchange>(octets, JournalText.Json);
            // Nullable annotations say nothing of the items of a list.
            return read is null || read.Have.Count > JournalLimits.MostSites || read.Entries.Any(static e => e is null) ? null : read;
        }
        catch (JsonException) { return null; }
    }
}
