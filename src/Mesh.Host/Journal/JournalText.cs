using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Mesh.Host.Journal;

/// <summary>How entries are written, on disk and between sites. Nothing of it is ever put into a page as it is.</summary>
public static class JournalText
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        MaxDepth = JournalLimits.MostBodyDepth + 8,
    };

    /// <summary>Half of an entry's SHA-256, in hexadecimal; the same at all sites.</summary>
    public static string MarkOf(JournalEntry entry) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(entry, Json)).AsSpan(0, 16));

    /// <summary>Octets an entry takes in a message, at most.</summary>
    public static int OctetsOf(JournalEntry entry) =>
        // A character of a word is at most six octets, as an escape.
        200 + 6 * (entry.Site.Length + entry.Kind.Length + entry.Subject.Length + entry.Who.Length + entry.Why.Length) + 3 * entry.Body.GetRawText().Length;
}
