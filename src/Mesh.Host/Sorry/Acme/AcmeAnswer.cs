using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Mesh.Host.Sorry.Acme;

/// <summary>What an authority answered to one request.</summary>
/// <param name="Location">Absolute; of a new account or order.</param>
/// <param name="RetryAfter">From now; null when it does not say.</param>
public sealed record AcmeAnswer(HttpStatusCode Status, Uri? Location, TimeSpan? RetryAfter, string Body)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>The body as an object.</summary>
    /// <exception cref="AcmeException">It is none.</exception>
    public JsonElement Object(string step)
    {
        try
        {
            var body = JsonSerializer.Deserialize<JsonElement>(Body);
            if (body.ValueKind == JsonValueKind.Object) return body;
        }
        catch (JsonException)
        {
            // Said below.
        }
        throw new AcmeException($"{step}: the authority answered {((int)Status).ToString(CultureInfo.InvariantCulture)} and no JSON object");
    }

    public AcmeProblem? Problem()
    {
        try { return AcmeProblem.Read(JsonSerializer.Deserialize<JsonElement>(Body)); }
        catch (JsonException) { return null; }
    }

    public static TimeSpan? After(RetryConditionHeaderValue? retry, DateTimeOffset now) => retry?.Delta ?? (retry?.Date is { } date ? date - now : null);
}
