namespace Mesh.Sip.Security;

/// <summary>The hash a challenge asks for (RFC 7616 section 3.3, RFC 8760), weakest first. SHA-512-256 is not among those .NET brings and is passed over like any unknown one.</summary>
public enum DigestAlgorithm : byte
{
    Unknown,
    Md5,
    Md5Sess,
    Sha256,
    Sha256Sess,
}

/// <summary>What the algorithms are called and how long their results are.</summary>
public static class DigestAlgorithms
{
    /// <summary>The longest hexadecimal hash, octets.</summary>
    internal const int MaxHex = 64;

    public static DigestAlgorithm Find(ReadOnlySpan<byte> token) =>
        Is(token, "MD5"u8) || token.IsEmpty ? DigestAlgorithm.Md5
        : Is(token, "SHA-256"u8) ? DigestAlgorithm.Sha256
        : Is(token, "MD5-sess"u8) ? DigestAlgorithm.Md5Sess
        : Is(token, "SHA-256-sess"u8) ? DigestAlgorithm.Sha256Sess
        : DigestAlgorithm.Unknown;

    public static ReadOnlySpan<byte> Token(this DigestAlgorithm algorithm) => algorithm switch
    {
        DigestAlgorithm.Md5 => "MD5"u8,
        DigestAlgorithm.Md5Sess => "MD5-sess"u8,
        DigestAlgorithm.Sha256 => "SHA-256"u8,
        DigestAlgorithm.Sha256Sess => "SHA-256-sess"u8,
        _ => default,
    };

    public static bool IsSession(this DigestAlgorithm algorithm) => algorithm is DigestAlgorithm.Md5Sess or DigestAlgorithm.Sha256Sess;

    public static bool IsSha256(this DigestAlgorithm algorithm) => algorithm is DigestAlgorithm.Sha256 or DigestAlgorithm.Sha256Sess;

    private static bool Is(ReadOnlySpan<byte> token, ReadOnlySpan<byte> name) => System.Text.Ascii.EqualsIgnoreCase(token, name);
}
