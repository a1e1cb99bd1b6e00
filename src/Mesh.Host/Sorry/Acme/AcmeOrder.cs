using System.Text.Json;

namespace Mesh.Host.Sorry.Acme;

/// <summary>An order or an authorization as the authority shows it (RFC 8555 sections 7.1.3 and 7.1.4).</summary>
/// <param name="Status">pending, ready, processing, valid, invalid, ...</param>
public sealed record AcmeOrder(string Status, JsonElement Body)
{
    /// <summary>Authorizations of one order that are looked at: we ask for one host.</summary>
    public const int MaxAuthorizations = 4;

    public static AcmeOrder Read(JsonElement body) => new(Text(body, "status"), body);

    public AcmeProblem? Error => AcmeProblem.Read(Body.TryGetProperty("error", out var error) ? error : null);

    public Uri Finalize => Url(Body, "finalize", "order");

    public Uri Certificate => Url(Body, "certificate", "order");

    /// <exception cref="AcmeException">There are none, or too many.</exception>
    public IReadOnlyList<Uri> Authorizations
    {
        get
        {
            if (!Body.TryGetProperty("authorizations", out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is 0 or > MaxAuthorizations)
                throw new AcmeException($"new order: the authority asks for no authorization, or more than {MaxAuthorizations}");
            return [.. list.EnumerateArray().Select(u => Url(u.ValueKind == JsonValueKind.String ? u.GetString() : null, "authorization", "order"))];
        }
    }

    /// <summary>Of an authorization: the host it is for.</summary>
    public string Host => Body.TryGetProperty("identifier", out var who) && who.ValueKind == JsonValueKind.Object && Text(who, "type") == "dns" ? Text(who, "value").ToLowerInvariant() : "";

    /// <summary>Of an authorization: its HTTP-01 challenge.</summary>
    public AcmeChallenge? Http01 => Body.TryGetProperty("challenges", out var list) && list.ValueKind == JsonValueKind.Array
        ? list.EnumerateArray().Where(c => c.ValueKind == JsonValueKind.Object && Text(c, "type") == "http-01").Select(AcmeChallenge.Read).FirstOrDefault() : null;

    /// <exception cref="AcmeException">There is no such address.</exception>
    public static Uri Url(JsonElement body, string name, string of) => Url(Text(body, name), name, of);

    public static string Text(JsonElement body, string name) => body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static Uri Url(string? text, string name, string of) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) ? url : throw new AcmeException($"{of}: the authority gives no address for {name}");
}
