using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Mesh.Host.Admin.Neighbours;

/// <summary>
/// Proves that a message between two sites comes from the other one, unchanged and just now: HMAC-SHA-256 (RFC 2104) under a key of the two, over direction, names, time, nonce and body.
/// The answer is bound to the nonce of its question. What is sent is not hidden.
/// </summary>
/// <param name="scheme">Of the <c>Authorization</c> header: what the messages are about.</param>
/// <param name="key">From <see cref="Sites.MeshKeys"/>, for these two sites and this scheme alone.</param>
public sealed class PairMac(string scheme, byte[] key)
{
    public string Scheme => scheme;

    /// <summary>The header in which an answer is signed.</summary>
    public string AnswerHeader { get; } = scheme + "-Answer";

    /// <summary>The value of the question's <c>Authorization</c> header.</summary>
    public string Question(string from, string to, DateTimeOffset time, string nonce, ReadOnlySpan<byte> body)
    {
        long ms = time.ToUnixTimeMilliseconds();
        return string.Create(CultureInfo.InvariantCulture, $"{scheme} {from} {ms} {nonce} {Convert.ToHexStringLower(Of("question", from, to, ms, nonce, body))}");
    }

    public bool IsQuestion(PairProof proof, string to, ReadOnlySpan<byte> body) => Holds(proof.Mac, Of("question", proof.From, to, proof.Milliseconds, proof.Nonce, body));

    /// <summary>The value of the answer's <see cref="AnswerHeader"/>.</summary>
    public string Answer(string from, string to, string nonce, ReadOnlySpan<byte> body) => Convert.ToHexStringLower(Of("answer", from, to, 0, nonce, body));

    public bool IsAnswer(string? mac, string from, string to, string nonce, ReadOnlySpan<byte> body) => Holds(mac, Of("answer", from, to, 0, nonce, body));

    private static bool Holds(string? hex, byte[] mac) => hex is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(hex), Encoding.UTF8.GetBytes(Convert.ToHexStringLower(mac)));

    private byte[] Of(string direction, string from, string to, long ms, string nonce, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        // No name and no nonce has a line feed, so no two messages give the same octets.
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{direction}\n{from}\n{to}\n{ms}\n{nonce}\n")));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}
