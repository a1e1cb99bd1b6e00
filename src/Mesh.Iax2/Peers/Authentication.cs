using System.Security.Cryptography;
using System.Text;
using Mesh.Iax2.Wire;

namespace Mesh.Iax2.Peers;

/// <summary>Proof of who somebody is (RFC 5456 sections 8.6.13 to 8.6.16), both roles: lower-case hexadecimal MD5 over the challenge's octets and the secret's, or a signature of the challenge.</summary>
public static class Authentication
{
    /// <summary>The 32 characters of MD5_RESULT.</summary>
    public static string Md5Result(ReadOnlySpan<byte> challenge, string secret)
    {
        Span<byte> digest = stackalloc byte[MD5.HashSizeInBytes];
        Digest(challenge, secret, digest);
        return Convert.ToHexStringLower(digest);
    }

    /// <summary>The 16 octets behind MD5_RESULT, which are also the key of an encrypted call (RFC 5456 section 10.1).</summary>
    public static void Digest(ReadOnlySpan<byte> challenge, string secret, Span<byte> digest)
    {
        int secretLength = Encoding.UTF8.GetByteCount(secret);
        var both = new byte[challenge.Length + secretLength];
        challenge.CopyTo(both);
        Encoding.UTF8.GetBytes(secret, both.AsSpan(challenge.Length));
        MD5.HashData(both, digest);
        CryptographicOperations.ZeroMemory(both);
    }

    /// <summary>True when the request offers a method we may use and we have a secret.</summary>
    public static bool CanAnswer(PeerOptions peer, Elements request) => Choose(peer, request) != AuthenticationMethods.None;

    /// <summary>The elements that answer AUTHREQ or REGAUTH; <see cref="CanAnswer"/> must hold.</summary>
    public static byte[] Answer(PeerOptions peer, Elements request)
    {
        Span<byte> buffer = stackalloc byte[300];
        var elements = new ElementWriter(buffer);
        switch (Choose(peer, request))
        {
            case AuthenticationMethods.Rsa: elements.AddText(ElementId.RsaResult, peer.Rsa!.Sign(request.Challenge)); break;
            case AuthenticationMethods.Md5: elements.AddText(ElementId.Md5Result, Md5Result(request.Challenge, peer.Secret!)); break;
            default: elements.AddText(ElementId.Password, peer.Secret!); break;
        }
        return elements.Written.ToArray();
    }

    /// <summary>Judges AUTHREP, in constant time: RSA where it is given and can be judged, else MD5 where it is allowed, else plaintext. Who may use MD5 gets nowhere with plaintext.</summary>
    public static bool Verify(PeerOptions peer, ReadOnlySpan<byte> challenge, Elements answer)
    {
        if (peer.Methods.HasFlag(AuthenticationMethods.Rsa) && peer.Rsa is { CanVerify: true } && !string.IsNullOrEmpty(answer.RsaResult)) return IsSigned(peer, challenge, answer);
        return peer.Methods.HasFlag(AuthenticationMethods.Md5) ? IsDigested(peer, challenge, answer) : IsPassword(peer, answer);
    }

    /// <summary>Judges the answer of a REGREQ or REGREL: here the element given decides, among the methods allowed.</summary>
    public static bool VerifyRegistration(PeerOptions peer, ReadOnlySpan<byte> challenge, Elements answer)
    {
        if (peer.Methods.HasFlag(AuthenticationMethods.Rsa) && !string.IsNullOrEmpty(answer.RsaResult)) return IsSigned(peer, challenge, answer);
        if (peer.Methods.HasFlag(AuthenticationMethods.Md5) && !string.IsNullOrEmpty(answer.Md5Result)) return IsDigested(peer, challenge, answer);
        return IsPassword(peer, answer);
    }

    private static bool IsSigned(PeerOptions peer, ReadOnlySpan<byte> challenge, Elements answer) =>
        answer.RsaResult is { } result && peer.Rsa is { } keys && keys.Verify(challenge, result);

    private static bool IsDigested(PeerOptions peer, ReadOnlySpan<byte> challenge, Elements answer) =>
        peer.Secret is { } secret && AreEqual(answer.Md5Result?.ToLowerInvariant(), Md5Result(challenge, secret));

    private static bool IsPassword(PeerOptions peer, Elements answer) =>
        peer.Secret is { } secret && peer.Methods.HasFlag(AuthenticationMethods.Plaintext) && AreEqual(answer.Password, secret);

    /// <summary>The strongest of the methods offered that we may use and can.</summary>
    private static AuthenticationMethods Choose(PeerOptions peer, Elements request)
    {
        // Whoever may be told the secret may as well be given its digest.
        var ours = peer.Methods.HasFlag(AuthenticationMethods.Plaintext) ? peer.Methods | AuthenticationMethods.Md5 : peer.Methods;
        var common = ours & (request.AuthMethods ?? AuthenticationMethods.None);
        bool isChallenged = request.Challenge is { Length: > 0 };
        if (common.HasFlag(AuthenticationMethods.Rsa) && isChallenged && peer.Rsa is { CanSign: true }) return AuthenticationMethods.Rsa;
        if (peer.Secret is null) return AuthenticationMethods.None;
        if (common.HasFlag(AuthenticationMethods.Md5) && isChallenged) return AuthenticationMethods.Md5;
        return common & AuthenticationMethods.Plaintext;
    }

    private static bool AreEqual(string? given, string expected) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}
