using Mesh.Io;
using Mesh.Sip.Messages;
using Mesh.Sip.Security;
using Mesh.Sip.Wire;

namespace Mesh.Sip.Dialogs;

/// <summary>Answers a 401 or 407 (RFC 3261 22.2, 22.3; RFC 8760).</summary>
internal static class ChallengeAnswer
{
    /// <summary>
    /// The Authorization or Proxy-Authorization header to send the request again with; null when the response is no challenge, none of its challenges can be answered, or
    /// <paramref name="before"/> was the answer to one already and this one does not say that only the nonce was too old.
    /// </summary>
    public static HeaderLines? To(SipResponse response, SipAccount account, SipMethod method, SipText uri, IChance chance, HeaderLines? before)
    {
        if (response.Status.Code is not (401 or 407) || !DigestChallenge.TryStrongest(response, out var challenge)) return null;
        if (before is not null && !challenge.IsStale) return null;
        var secret = DigestSecret.From(account.User, challenge.Realm.ToString(), account.Password);
        Span<byte> cnonce = stackalloc byte[16];
        SipNumber.Write(chance.NextUInt64(), cnonce);
        var writer = new SipWriter(512);
        Digest.WriteAnswer(writer, response.Status.Code == 407 ? HeaderName.ProxyAuthorization : HeaderName.Authorization, challenge, account.User, secret, method, uri, 1, cnonce);
        return new HeaderLines().AddWritten(writer.Written);
    }
}
