using System.Text;

namespace Mesh.Sip.Security;

/// <summary>
/// What a registrar keeps of a password: H(user:realm:password) for each hash (HA1, RFC 7616 section 3.4.2), so that the password itself need not stay in memory and a
/// request costs two hashes instead of three. As good as the password for this realm: never written to a log.
/// </summary>
public sealed class DigestSecret
{
    private readonly byte[] md5, sha256;

    private DigestSecret(byte[] md5, byte[] sha256) => (this.md5, this.sha256) = (md5, sha256);

    public static DigestSecret From(string userName, string realm, string password)
    {
        var joined = Encoding.UTF8.GetBytes($"{userName}:{realm}:{password}");
        Span<byte> hex = stackalloc byte[DigestAlgorithms.MaxHex];
        var md5 = HexHash.Write(DigestAlgorithm.Md5, joined, hex).ToArray();
        return new DigestSecret(md5, HexHash.Write(DigestAlgorithm.Sha256, joined, hex).ToArray());
    }

    /// <summary>From hashes made elsewhere, in hexadecimal. Throws <see cref="FormatException"/> when they are not 32 and 64 digits.</summary>
    public static DigestSecret FromHashes(string md5, string sha256)
    {
        if (md5.Length != 32 || sha256.Length != 64 || !(md5 + sha256).All(char.IsAsciiHexDigit)) throw new FormatException("HA1 is 32 hexadecimal digits for MD5 and 64 for SHA-256");
        return new DigestSecret(Encoding.ASCII.GetBytes(md5.ToLowerInvariant()), Encoding.ASCII.GetBytes(sha256.ToLowerInvariant()));
    }

    internal ReadOnlySpan<byte> Ha1(DigestAlgorithm algorithm) => algorithm.IsSha256() ? sha256 : md5;

    public override string ToString() => "(secret)";
}
