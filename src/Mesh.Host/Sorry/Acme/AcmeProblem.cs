using System.Text.Json;

namespace Mesh.Host.Sorry.Acme;

/// <summary>What an authority says went wrong (RFC 8555 section 6.7).</summary>
/// <param name="Type">A URN; <c>urn:ietf:params:acme:error:badNonce</c> and the like.</param>
public sealed record AcmeProblem(string Type, string Detail)
{
    /// <summary>Characters of the authority's words that are kept.</summary>
    public const int MaxDetail = 300;

    private const string Prefix = "urn:ietf:params:acme:error:";

    public bool Is(string error) => Type == Prefix + error;

    public static AcmeProblem? Read(JsonElement? problem) => problem is not { ValueKind: JsonValueKind.Object } body ? null : new AcmeProblem(Text(body, "type"), Text(body, "detail"));

    /// <summary>For a log: one line, whatever was sent.</summary>
    public override string ToString() => Plain($"{(Type.StartsWith(Prefix, StringComparison.Ordinal) ? Type[Prefix.Length..] : Type)}: {Detail}");

    private static string Text(JsonElement body, string name) => body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string Plain(string text) => string.Concat(text.Take(MaxDetail).Select(static c => char.IsControl(c) ? ' ' : c));
}
