using System.Text.Json;

namespace Mesh.Host.Sorry.Acme;

/// <summary>How an authority wants to be shown that a host is ours (RFC 8555 section 8.3): at <c>/.well-known/acme-challenge/TOKEN</c>.</summary>
public sealed record AcmeChallenge(Uri Url, string Token, string Status, AcmeProblem? Error)
{
    /// <summary>Characters of a token.</summary>
    public const int MaxToken = 200;

    /// <exception cref="AcmeException">Its token is none.</exception>
    public static AcmeChallenge Read(JsonElement body)
    {
        string token = AcmeOrder.Text(body, "token");
        // It goes into a path and a journal: nothing but the alphabet it must be of.
        if (!IsToken(token)) throw new AcmeException("challenge: the authority's token is not base64url");
        return new AcmeChallenge(AcmeOrder.Url(body, "url", "challenge"), token, AcmeOrder.Text(body, "status"), AcmeProblem.Read(body.TryGetProperty("error", out var error) ? error : null));
    }

    public static bool IsToken(string text) => text.Length is > 0 and <= MaxToken && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
