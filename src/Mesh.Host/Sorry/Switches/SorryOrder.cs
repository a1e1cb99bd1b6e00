using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mesh.Host.Sorry.Switches;

/// <summary>What somebody orders for a target: the body of a journal entry of kind <c>sorry</c>.</summary>
public sealed record SorryOrder
{
    /// <summary>The kind of the journal's entries.</summary>
    public const string Kind = "sorry";

    /// <summary>The JSON of orders: camel case, words for answers, numbers refused in their place.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) } };

    /// <summary>On: <see cref="Answers"/> are given from now on. Off: <see cref="Channels"/> are answered for no more.</summary>
    public required bool On { get; init; }

    /// <summary>At most one for each channel.</summary>
    public IReadOnlyList<SorryAnswer> Answers { get; init; } = [];

    /// <summary>Of an order to switch off.</summary>
    public IReadOnlyList<SorryChannel> Channels { get; init; } = [];

    /// <summary>Where a redirect leads.</summary>
    public string Location { get; init; } = "";

    /// <summary>What is told to whoever asks; empty for the usual sentence.</summary>
    public string Message { get; init; } = "";

    /// <summary>The id of the stored pages shown instead of the usual page; empty: the usual page.</summary>
    public string Content { get; init; } = "";

    /// <summary>The customer who ordered it; empty: an operator.</summary>
    public string Customer { get; init; } = "";

    /// <summary>A recorded announcement, see <see cref="Phone.SorryRecording"/>; empty: the message is spoken.</summary>
    public string Recording { get; init; } = "";

    /// <summary>Given by the site itself because this other one is gone; null: by a person.</summary>
    public string? Automatic { get; init; }

    /// <summary>Of an automatic order: all it switches at once.</summary>
    public IReadOnlyList<AutomaticTarget> Targets { get; init; } = [];

    /// <summary>In force from then; null: at once.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>In force until then; null: until switched off.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Null when <paramref name="body"/> is no order: the writer was another version.</summary>
    public static SorryOrder? Read(JsonElement body)
    {
        try { return body.Deserialize<SorryOrder>(Json) is { } order && order.Targets.All(t => t?.Target is not null) ? order : null; }
        catch (JsonException) { return null; }
    }

    public JsonElement Write() => JsonSerializer.SerializeToElement(this, Json);
}

/// <summary>One target of an automatic order.</summary>
public sealed record AutomaticTarget(string Target, SorryAnswer Answer);
