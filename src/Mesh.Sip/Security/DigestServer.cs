using System.Text;
using Mesh.Sip.Messages;
using Mesh.Sip.Wire;

namespace Mesh.Sip.Security;

/// <summary>
/// The registrar's side of Digest for one realm: writes challenges, judges credentials. The strongest hash is offered first, each in a header of its own
/// (RFC 8760 section 2.3). Belongs to one loop.
/// </summary>
public sealed class DigestServer(string realm, NonceSource nonces, bool offerMd5 = true)
{
    private readonly SipText realmText = SipText.From(realm);

    public string Realm => realm;

    /// <summary>The credentials a request has for this realm, to look the user up by. False for none.</summary>
    public bool TryFind(SipRequest request, HeaderName header, out DigestCredentials credentials) =>
        DigestCredentials.TryFind(request, header, realmText.Span, out credentials);

    /// <summary>
    /// Judges credentials found by <see cref="TryFind"/>. <paramref name="secret"/> is null for a user nobody knows, which costs and answers the same as a wrong password.
    /// A right answer counts as a use of its nonce, so ask once a request: retransmissions are the transaction's business.
    /// </summary>
    public DigestVerdict Check(SipRequest request, in DigestCredentials credentials, DigestSecret? secret, long nowMs) =>
        Check(request, credentials, secret, offerMd5 ? DigestOffer.Both : DigestOffer.Sha256, nowMs);

    /// <summary>The same, where this user was offered these hashes: an answer with another is wrong.</summary>
    public DigestVerdict Check(SipRequest request, in DigestCredentials credentials, DigestSecret? secret, DigestOffer offer, long nowMs)
    {
        bool right = Digest.Verify(credentials, secret ?? Nobody, request.Method);
        bool offered = credentials.Algorithm switch { DigestAlgorithm.Sha256 => offer != DigestOffer.Md5, DigestAlgorithm.Md5 => offer != DigestOffer.Sha256, _ => false };
        if (!right || secret is null || !offered) return DigestVerdict.Wrong;
        return nonces.Use(credentials.Nonce.Span, credentials.NonceCount, nowMs) == NonceVerdict.Fresh ? DigestVerdict.Accepted : DigestVerdict.Stale;
    }

    /// <summary>Writes WWW-Authenticate (401) or Proxy-Authenticate (407) for every hash offered, with one new nonce.</summary>
    public void WriteChallenges(SipWriter writer, HeaderName header, bool stale, long nowMs)
    {
        Span<byte> nonce = stackalloc byte[NonceSource.Length];
        nonces.Make(nowMs, nonce);
        DigestChallenge.Write(writer, header, realm, nonce, DigestAlgorithm.Sha256, stale);
        if (offerMd5) DigestChallenge.Write(writer, header, realm, nonce, DigestAlgorithm.Md5, stale);
    }

    /// <summary>
    /// The challenge for one user, as lines to add to a response. Of <see cref="DigestOffer.Both"/> the stronger comes first (RFC 8760 section 2.4), which some user agents do not
    /// survive: they give up at any challenge they cannot read.
    /// </summary>
    public HeaderLines Challenges(HeaderName header, DigestOffer offer, bool stale, long nowMs)
    {
        Span<byte> nonce = stackalloc byte[NonceSource.Length];
        nonces.Make(nowMs, nonce);
        var lines = new HeaderLines();
        if (offer != DigestOffer.Md5) lines.Add(header, Text(nonce, DigestAlgorithm.Sha256, stale));
        if (offer != DigestOffer.Sha256) lines.Add(header, Text(nonce, DigestAlgorithm.Md5, stale));
        return lines;
    }

    private string Text(ReadOnlySpan<byte> nonce, DigestAlgorithm algorithm, bool stale) =>
        $"Digest realm={QuotedString.Encode(realm)},nonce=\"{Encoding.ASCII.GetString(nonce)}\",algorithm={Encoding.ASCII.GetString(algorithm.Token())},qop=\"auth\"{(stale ? ",stale=true" : "")}";

    private static readonly DigestSecret Nobody = DigestSecret.From("", "", "");
}
