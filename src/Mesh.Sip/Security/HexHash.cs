using System.Security.Cryptography;

namespace Mesh.Sip.Security;

/// <summary>H(data) of RFC 7616: a hash in lower-case hexadecimal, without a string on the way.</summary>
internal static class HexHash
{
    /// <summary>Writes the hash into <paramref name="hex"/> and returns the part it took: 32 octets for MD5, 64 for SHA-256.</summary>
    public static ReadOnlySpan<byte> Write(DigestAlgorithm algorithm, scoped ReadOnlySpan<byte> data, Span<byte> hex)
    {
        Span<byte> hash = stackalloc byte[32];
        int length = algorithm.IsSha256() ? SHA256.HashData(data, hash) : MD5.HashData(data, hash);
        Convert.TryToHexStringLower(hash[..length], hex, out int written);
        return hex[..written];
    }
}
