using Mesh.Host.Config.Model;
using Mesh.Io;
using Mesh.Sip;
using Mesh.Sip.Messages;
using Mesh.Sip.Security;

namespace Mesh.Host.Legs;

/// <summary>Which phone sent a request, by digest (RFC 3261 section 22, RFC 8760). Every account's hashes are made once, at the start.</summary>
public sealed class SipAuthentication
{
    private readonly Dictionary<string, (DigestSecret Secret, DigestOffer Offer)> users = new(StringComparer.Ordinal);
    private readonly DigestServer server;
    private readonly Loop loop;

    public SipAuthentication(Loop loop, string realm, ReadOnlySpan<byte> nonceKey, IEnumerable<PhoneConfig> phones)
    {
        this.loop = loop;
        server = new DigestServer(realm, new NonceSource(nonceKey, loop.Chance));
        foreach (var phone in phones)
            if (!phone.Iax2) users[phone.Account] = (DigestSecret.From(phone.Account, realm, phone.Secret.Reveal()), phone.Digest);
    }

    /// <summary>Requests without credentials, with wrong ones, and with a nonce too old.</summary>
    public long Challenged { get; private set; }

    public long Wrong { get; private set; }

    public long Stale { get; private set; }

    /// <summary>The account that proved itself; else null and the status to refuse with, challenges in <paramref name="headers"/>.</summary>
    public string? Authenticate(SipRequest request, out SipStatus refusal, out HeaderLines? headers)
    {
        refusal = SipStatus.Unauthorized;
        long now = loop.Clock.NowMs;
        if (!server.TryFind(request, HeaderName.Authorization, out var credentials))
        {
            Challenged++;
            headers = server.Challenges(HeaderName.WwwAuthenticate, OfferTo(request.From.Uri.UnescapedUser), stale: false, now);
            return null;
        }
        string account = credentials.UserName.ToString();
        var user = users.GetValueOrDefault(account);
        var verdict = server.Check(request, credentials, user.Secret, user.Offer, now);
        if (verdict == DigestVerdict.Accepted) { headers = null; return account; }
        if (verdict == DigestVerdict.Stale)
        {
            Stale++;
            headers = server.Challenges(HeaderName.WwwAuthenticate, user.Offer, stale: true, now);
            return null;
        }
        Wrong++;
        refusal = SipStatus.Forbidden;
        headers = null;
        return null;
    }

    private DigestOffer OfferTo(string account) => users.TryGetValue(account, out var user) ? user.Offer : DigestOffer.Md5;
}
