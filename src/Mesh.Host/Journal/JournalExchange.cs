using System.Text.Json;

namespace Mesh.Host.Journal;

/// <summary>One message between two sites, either way: what the sender has, and entries the other seems to lack.</summary>
/// <param name="Have">The last number of each site.</param>
public sealed record JournalExchange(IReadOnlyDictionary<string, long> Have, IReadOnlyList<JournalEntry> Entries)
{
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
