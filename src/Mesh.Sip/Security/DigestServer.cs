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
    public DigestVerdict Check(SipRequest request, in DigestCredentials credentials, DigestSecret? secret, long nowMs)
    {
        bool right = Digest.Verify(credentials, secret ?? Nobody, request.Method);
        bool offered = credentials.Algorithm == DigestAlgorithm.Sha256 || (offerMd5 && credentials.Algorithm == DigestAlgorithm.Md5);
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

    /// <summary>The same challenges as lines to add to a response.</summary>
    public HeaderLines Challenges(HeaderName header, bool stale, long nowMs)
    {
        Span<byte> nonce = stackalloc byte[NonceSource.Length];
        nonces.Make(nowMs, nonce);
        var lines = new HeaderLines();
        // MD5 first although RFC 8760 wants the strongest on top: many phones, and SIPp, read the first challenge only and give up at SHA-256.
        if (offerMd5) lines.Add(header, Text(nonce, DigestAlgorithm.Md5, stale));
        return lines.Add(header, Text(nonce, DigestAlgorithm.Sha256, stale));
    }

    private string Text(ReadOnlySpan<byte> nonce, DigestAlgorithm algorithm, bool stale) =>
        $"Digest realm={QuotedString.Encode(realm)},nonce=\"{Encoding.ASCII.GetString(nonce)}\",algorithm={Encoding.ASCII.GetString(algorithm.Token())},qop=\"auth\"{(stale ? ",stale=true" : "")}";

    private static readonly DigestSecret Nobody = DigestSecret.From("", "", "");
}
