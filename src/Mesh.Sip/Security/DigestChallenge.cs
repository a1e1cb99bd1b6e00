using Mesh.Sip.Messages;
using Mesh.Sip.Wire;

namespace Mesh.Sip.Security;

/// <summary>A Digest challenge: WWW-Authenticate and Proxy-Authenticate (RFC 7616 section 3.3).</summary>
/// <param name="Realm">Whose password is asked for.</param>
/// <param name="Nonce">To be hashed along.</param>
/// <param name="Opaque">To be given back; not present when there is none.</param>
/// <param name="Algorithm">Unknown when it is one we do not have.</param>
/// <param name="HasQop">Some qop is offered; without one the old form of RFC 2069 is meant.</param>
/// <param name="OffersAuth">qop=auth is among those offered.</param>
/// <param name="IsStale">The password was right, the nonce too old: try again without asking anybody.</param>
public readonly record struct DigestChallenge(SipText Realm, SipText Nonce, SipText Opaque, DigestAlgorithm Algorithm, bool HasQop, bool OffersAuth, bool IsStale)
    : IHeaderValue<DigestChallenge>
{
    /// <summary>We can answer it: a hash we have, and no qop but auth is insisted on.</summary>
    public bool CanBeAnswered => Algorithm != DigestAlgorithm.Unknown && (OffersAuth || !HasQop);

    public static bool TryParse(SipText text, out DigestChallenge challenge)
    {
        challenge = new DigestChallenge { Algorithm = DigestAlgorithm.Md5 };
        var reader = new AuthParameterReader(text);
        if (!reader.IsDigest) return false;
        while (reader.Next()) challenge = challenge.With(reader.Name, reader.Value);
        return !reader.IsBroken && challenge.Nonce.IsPresent && challenge.Realm.IsPresent;
    }

    /// <summary>The strongest challenge of a 401 or 407 that we can answer. False when there is none.</summary>
    public static bool TryStrongest(SipResponse response, out DigestChallenge strongest)
    {
        strongest = default;
        var header = response.Status.Code == 407 ? HeaderName.ProxyAuthenticate : HeaderName.WwwAuthenticate;
        foreach (var challenge in response.All<DigestChallenge>(header))
            if (challenge.CanBeAnswered && challenge.Algorithm > strongest.Algorithm) strongest = challenge;
        return strongest.Algorithm != DigestAlgorithm.Unknown;
    }

    /// <summary>Writes one challenge with qop=auth.</summary>
    public static void Write(SipWriter writer, HeaderName header, ReadOnlySpan<char> realm, ReadOnlySpan<byte> nonce, DigestAlgorithm algorithm, bool stale)
    {
        writer.Begin(header).Append("Digest realm="u8).Append(QuotedString.Encode(realm)).Append(",nonce=\""u8).Append(nonce)
            .Append("\",algorithm="u8).Append(algorithm.Token()).Append(",qop=\"auth\""u8);
        if (stale) writer.Append(",stale=true"u8);
        writer.EndHeader();
    }

    private DigestChallenge With(SipText name, SipText value) =>
        name.IsIgnoringCase("realm"u8) ? this with { Realm = value }
        : name.IsIgnoringCase("nonce"u8) ? this with { Nonce = value }
        : name.IsIgnoringCase("opaque"u8) ? this with { Opaque = value }
        : name.IsIgnoringCase("algorithm"u8) ? this with { Algorithm = DigestAlgorithms.Find(value.Span) }
        : name.IsIgnoringCase("stale"u8) ? this with { IsStale = value.IsIgnoringCase("true"u8) }
        : name.IsIgnoringCase("qop"u8) ? this with { HasQop = true, OffersAuth = Offers(value.Span) }
        : this;

    private static bool Offers(ReadOnlySpan<byte> qop)
    {
        foreach (var range in qop.Split((byte)','))
            if (System.Text.Ascii.EqualsIgnoreCase(qop[range].Trim(" \t"u8), "auth"u8)) return true;
        return false;
    }
}
