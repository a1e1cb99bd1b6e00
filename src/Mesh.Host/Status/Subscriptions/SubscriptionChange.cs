using System.Text.Json;
using Mesh.Host.Journal;

namespace Mesh.Host.Status.Subscriptions;

/// <summary>The body of a journal entry: a subscription, its subject an id that says nothing of anybody, begins or ends. One that has ended never begins again.</summary>
public sealed record SubscriptionChange(bool Ends)
{
    public const string Kind = "status-subscription";

    public JsonElement ToBody() => JsonSerializer.SerializeToElement(this, JournalText.Json);

    /// <summary>Null when the entry is none this version understands.</summary>
    public static SubscriptionChange? Read(JournalEntry entry)
    {
        try { return entry.Body.Deserialize<SubscriptionChange>(JournalText.Json); }
        catch (JsonException) { return null; }
    }
}
