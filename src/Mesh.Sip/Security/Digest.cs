using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Mesh.Sip.Messages;
using Mesh.Sip.Wire;

namespace Mesh.Sip.Security;

/// <summary>The Digest calculation (RFC 7616 section 3.4.1), for both sides.</summary>
public static class Digest
{
    /// <summary>
    /// Whether credentials answer with the right password. The URI is hashed as its sender wrote it; freshness is <see cref="NonceSource"/>'s business. Takes the same time
    /// however much of the response is right.
    /// </summary>
    public static bool Verify(in DigestCredentials credentials, DigestSecret secret, SipMethod method)
    {
        Span<byte> hex = stackalloc byte[DigestAlgorithms.MaxHex];
        var qop = credentials.Qop.IsPresent ? credentials.Qop.Span : default;
        var expected = Respond(credentials.Algorithm, secret, credentials.Nonce.Span, credentials.Nc.Span, credentials.Cnonce.Span, qop, method, credentials.Uri.Span, hex);
        Span<byte> given = stackalloc byte[DigestAlgorithms.MaxHex];
        if (credentials.Response.Length != expected.Length) return false;
        System.Text.Ascii.ToLower(credentials.Response.Span, given, out _);
        return CryptographicOperations.FixedTimeEquals(expected, given[..expected.Length]);
    }

    /// <summary>
    /// Answers a challenge: writes Authorization, or Proxy-Authorization for a 407. <paramref name="nonceCount"/> is 1 for a nonce's first use and one more each time;
    /// <paramref name="cnonce"/> is random text of ours. Ignored both in the old form without qop.
    /// </summary>
    public static void WriteAnswer(SipWriter writer, HeaderName header, in DigestChallenge challenge, string userName, DigestSecret secret, SipMethod method,
        SipText uri, uint nonceCount, ReadOnlySpan<byte> cnonce)
    {
        Span<byte> hex = stackalloc byte[DigestAlgorithms.MaxHex];
        Span<byte> nc = stackalloc byte[8];
        System.Buffers.Text.Utf8Formatter.TryFormat(nonceCount, nc, out _, new System.Buffers.StandardFormat('x', 8));
        var response = Respond(challenge.Algorithm, secret, challenge.Nonce.Span, nc, cnonce, challenge.OffersAuth ? "auth"u8 : default, method, uri.Span, hex);
        writer.Begin(header).Append("Digest username="u8).Append(QuotedString.Encode(userName)).Append(",realm=\""u8).Append(challenge.Realm.Span)
            .Append("\",nonce=\""u8).Append(challenge.Nonce.Span).Append("\",uri=\""u8).Append(uri.Span).Append("\",response=\""u8).Append(response)
            .Append("\",algorithm="u8).Append(challenge.Algorithm.Token());
        if (challenge.OffersAuth) writer.Append(",qop=auth,nc="u8).Append(nc).Append(",cnonce=\""u8).Append(cnonce).Append("\""u8);
        if (challenge.Opaque.IsPresent) writer.Append(",opaque=\""u8).Append(challenge.Opaque.Span).Append("\""u8);
        writer.EndHeader();
    }

    /// <summary>KD(H(A1), nonce:nc:cnonce:qop:H(A2)), or without qop KD(H(A1), nonce:H(A2)), in hexadecimal.</summary>
    [SkipLocalsInit]
    internal static ReadOnlySpan<byte> Respond(DigestAlgorithm algorithm, DigestSecret secret, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> nc, ReadOnlySpan<byte> cnonce,
        ReadOnlySpan<byte> qop, SipMethod method, ReadOnlySpan<byte> uri, Span<byte> hex)
    {
        Span<byte> room = stackalloc byte[512], one = stackalloc byte[DigestAlgorithms.MaxHex], two = stackalloc byte[DigestAlgorithms.MaxHex];
        scoped var ha1 = secret.Ha1(algorithm);
        if (algorithm.IsSession())
        {
            var a1 = new ColonJoined(room);
            a1.Add(ha1);
            a1.Add(nonce);
            a1.Add(cnonce);
            ha1 = HexHash.Write(algorithm, a1.Octets, one);
        }
        var a2 = new ColonJoined(room);
        a2.Add(method.Octets);
        a2.Add(uri);
        var ha2 = HexHash.Write(algorithm, a2.Octets, two);
        var all = new ColonJoined(room);
        all.Add(ha1);
        all.Add(nonce);
        if (!qop.IsEmpty)
        {
            all.Add(nc);
            all.Add(cnonce);
            all.Add(qop);
        }
        all.Add(ha2);
        return HexHash.Write(algorithm, all.Octets, hex);
    }
}
