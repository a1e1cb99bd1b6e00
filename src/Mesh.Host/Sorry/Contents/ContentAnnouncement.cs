using System.Text.Json;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Sorry.Contents;

/// <summary>A version that came, and versions that went: the body of a journal entry of kind <c>sorry-content</c>, whose subject is the target. The files themselves are fetched.</summary>
public sealed record ContentAnnouncement
{
    /// <summary>The kind of the journal's entries.</summary>
    public const string Kind = "sorry-content";

    /// <summary>Empty when the entry only drops.</summary>
    public string Id { get; init; } = "";

    public ContentKind From { get; init; }

    public string Label { get; init; } = "";

    public int Files { get; init; }

    public long Octets { get; init; }

    public DateTimeOffset? TakenAt { get; init; }

    public string Owner { get; init; } = "";

    /// <summary>Ids of versions of the target that are kept no more.</summary>
    public IReadOnlyList<string> Drops { get; init; } = [];

    /// <summary>Null when <paramref name="body"/> is none: the writer was another version.</summary>
    public static ContentAnnouncement? Read(JsonElement body)
    {
        try
        {
            var read = body.Deserialize<ContentAnnouncement>(SorryOrder.Json);
            return read is { Id: not null, Label: not null, Owner: not null, Drops: not null } && (read.Id.Length == 0 || ContentVersion.IsId(read.Id)) ? read : null;
        }
        catch (JsonException) { return null; }
    }

    public JsonElement Write() => JsonSerializer.SerializeToElement(this, SorryOrder.Json);
}
