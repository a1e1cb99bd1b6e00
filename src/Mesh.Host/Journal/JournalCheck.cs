using System.Text.Json;

namespace Mesh.Host.Journal;

/// <summary>Whether an entry can be in a journal at all, whatever else is in it: the same answer on all sites.</summary>
public static class JournalCheck
{
    private static readonly DateTimeOffset Earliest = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static JournalFault FaultOf(JournalEntry entry)
    {
        if (!IsWord(entry.Site, 1, JournalLimits.MostWordLength) || !IsWord(entry.Kind, 1, JournalLimits.MostWordLength) || !IsWord(entry.Subject, 1, JournalLimits.MostWordLength)
            || !IsWord(entry.Who, 1, JournalLimits.MostWordLength) || !IsWord(entry.Why, 0, JournalLimits.MostWhyLength))
            return JournalFault.BadWord;
        if (entry.Number is < 1 or > JournalLimits.MostEntriesOfSite) return JournalFault.BadNumber;
        if (entry.At.Offset != TimeSpan.Zero || entry.At.Ticks % TimeSpan.TicksPerMicrosecond != 0 || entry.At < Earliest) return JournalFault.BadTime;
        return Normal(entry.Body) is null ? JournalFault.BadBody : JournalFault.None;
    }

    /// <summary>The body as it is kept and sent; null when it cannot be.</summary>
    public static string? Normal(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || !IsWithin(body, JournalLimits.MostBodyDepth)) return null;
        try
        {
            byte[] octets = JsonSerializer.SerializeToUtf8Bytes(body, JournalText.Json);
            return octets.Length <= JournalLimits.MostBodyOctets ? System.Text.Encoding.UTF8.GetString(octets) : null;
        }
        // Half of a surrogate pair, written as an escape: no text.
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or JsonException) { return null; }
    }

    private static bool IsWord(string? word, int least, int most)
    {
        if (word is null || word.Length < least || word.Length > most) return false;
        for (int i = 0; i < word.Length; i++)
        {
            if (char.IsControl(word[i])) return false;
            if (!char.IsSurrogate(word[i])) continue;
            if (!char.IsHighSurrogate(word[i]) || i + 1 == word.Length || !char.IsLowSurrogate(word[i + 1])) return false;
            i++;
        }
        return true;
    }

    private static bool IsWithin(JsonElement value, int depth) => value.ValueKind switch
    {
        JsonValueKind.Object => depth > 0 && value.EnumerateObject().All(p => IsWithin(p.Value, depth - 1)),
        JsonValueKind.Array => depth > 0 && value.EnumerateArray().All(v => IsWithin(v, depth - 1)),
        _ => true,
    };
}
