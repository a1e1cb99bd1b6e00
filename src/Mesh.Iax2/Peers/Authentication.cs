using System.Security.Cryptography;
using System.Text;
using Mesh.Iax2.Wire;

namespace Mesh.Iax2.Peers;

/// <summary>Proof of a shared secret (RFC 5456 section 8.6.15): lower-case hexadecimal MD5 over the challenge's octets and the secret's. Both roles.</summary>
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
        if (Choose(peer, request) == AuthenticationMethods.Md5) elements.AddText(ElementId.Md5Result, Md5Result(request.Challenge, peer.Secret!));
        else elements.AddText(ElementId.Password, peer.Secret!);
        return elements.Written.ToArray();
    }

    /// <summary>Judges the answer to our challenge, in constant time. Plaintext counts only where it is allowed and MD5 is not.</summary>
    public static bool Verify(PeerOptions peer, ReadOnlySpan<byte> challenge, Elements answer)
    {
        if (peer.Secret is not { } secret) return false;
        if (peer.Methods.HasFlag(AuthenticationMethods.Md5)) return AreEqual(answer.Md5Result?.ToLowerInvariant(), Md5Result(challenge, secret));
        return peer.Methods.HasFlag(AuthenticationMethods.Plaintext) && AreEqual(answer.Password, secret);
    }

    private static AuthenticationMethods Choose(PeerOptions peer, Elements request)
    {
        var common = peer.Methods & (request.AuthMethods ?? AuthenticationMethods.None);
        if (peer.Secret is null) return AuthenticationMethods.None;
        if (common.HasFlag(AuthenticationMethods.Md5) && request.Challenge is { Length: > 0 }) return AuthenticationMethods.Md5;
        return common & AuthenticationMethods.Plaintext;
    }

    private static bool AreEqual(string? given, string expected) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}
