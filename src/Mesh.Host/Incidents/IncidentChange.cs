using System.Text.Json;
using System.Text.Json.Serialization;
using Mesh.Host.Journal;

namespace Mesh.Host.Incidents;

/// <summary>The body of a journal entry of kind <see cref="Kind"/>: what one person did to one incident. What is null stays as it was.</summary>
/// <param name="Opens">It is the incident's first.</param>
/// <param name="State">Null: only something was said or set right.</param>
/// <param name="Text">Markdown; may be empty.</param>
public sealed record IncidentChange(bool Opens, [property: JsonConverter(typeof(HyphenWords<IncidentState>))] IncidentState? State, string Text)
{
    public const string Kind = "incident";

    public string? Title { get; init; }

    [JsonConverter(typeof(HyphenWords<IncidentImpact>))]
    public IncidentImpact? Impact { get; init; }

    /// <summary>What is affected, all of it.</summary>
    public IReadOnlyList<string>? Services { get; init; }

    /// <summary>When it is thought to be over.</summary>
    public DateTimeOffset? Estimate { get; init; }

    public DateTimeOffset? PlannedFrom { get; init; }

    public DateTimeOffset? PlannedTo { get; init; }

    /// <summary>The alarm that drafted it, see <see cref="Mesh.Host.Alarms.AlarmFact.Key"/>; of an opening by an alarm, and of what alarms say later.</summary>
    public string? Alarm { get; init; }

    /// <summary>With <see cref="Alarm"/>: the site that made the entry sees it, or sees it no more.</summary>
    public bool Sees { get; init; }

    /// <summary>
    /// Who did it knew that it was closed and opens it again. Without it a state from the other side of a split, where nobody knew, does not undo the closing.
    /// </summary>
    public bool Reopens { get; init; }

    public JsonElement ToBody() => JsonSerializer.SerializeToElement(this, Json);

    /// <summary>Null when the entry is none this version understands.</summary>
    public static IncidentChange? Read(JournalEntry entry)
    {
        try
        {
            var read = entry.Body.Deserialize<IncidentChange>(Json);
            return read is { Text: not null } && read.Services?.Contains(null!) != true ? read : null;
        }
        catch (JsonException) { return null; }
    }

    private static readonly JsonSerializerOptions Json = new(JournalText.Json)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectRequiredConstructorParameters = false,
    };

}
