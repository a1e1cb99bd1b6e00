using System.Text.Json;
using Mesh.Host.Journal;

namespace Mesh.Host.Status.Subscriptions;

/// <summary>The body of a journal entry whose subject is a change of an incident: how far a site has come with telling it.</summary>
/// <param name="UpTo">Subscriptions with this id and all before it have been told; empty: it is about to begin.</param>
/// <param name="IsDone">All have.</param>
public sealed record TellingNote(string UpTo, bool IsDone)
{
    public const string Kind = "status-mail";

    public JsonElement ToBody() => JsonSerializer.SerializeToElement(this, JournalText.Json);

    /// <summary>Null when the entry is none this version understands.</summary>
    public static TellingNote? Read(JournalEntry entry)
    {
        try { return entry.Body.Deserialize<TellingNote>(JournalText.Json) is { UpTo: not null } note ? note : null; }
        catch (JsonException) { return null; }
    }
}
