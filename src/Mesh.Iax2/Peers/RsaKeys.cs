using System.Security.Cryptography;
using Mesh.Iax2.Wire;

namespace Mesh.Iax2.Peers;

/// <summary>
/// The keys of a proof by RSA (RFC 5456 section 8.6.16): ours, with which we sign its challenges, and the peer's, by which its signatures are judged. SHA-1 and PKCS #1 v1.5 over
/// the challenge's octets, in base64. One loop's.
/// </summary>
public sealed class RsaKeys
{
    /// <summary>Bits of a key: the signature's text must fit into one element. Asterisk's keys have 1,024.</summary>
    public const int MinBits = 1_024, MaxBits = ElementWriter.MaxData / 4 * 3 * 8;

    private readonly RSA? ours, theirs;

    private RsaKeys(RSA? ours, RSA? theirs)
    {
        this.ours = ours;
        this.theirs = theirs;
    }

    /// <summary>We can prove ourselves.</summary>
    public bool CanSign => ours is not null;

    /// <summary>The peer can prove itself.</summary>
    public bool CanVerify => theirs is not null;

    /// <summary>Reads keys in PEM: PKCS #1 or PKCS #8 without a passphrase, and a public key.</summary>
    /// <exception cref="ArgumentException">One is no such key, or of another size than <see cref="MinBits"/> to <see cref="MaxBits"/>.</exception>
    public static RsaKeys FromPem(string? ourPrivateKey, string? theirPublicKey)
    {
        var ours = ourPrivateKey is null ? null : Read(ourPrivateKey, nameof(ourPrivateKey));
        if (ours is not null && !HasPrivateKey(ours)) throw new ArgumentException("it is a public key: ours must be the private one", nameof(ourPrivateKey));
        return new RsaKeys(ours, theirPublicKey is null ? null : Read(theirPublicKey, nameof(theirPublicKey)));
    }

    /// <summary>RSA_RESULT. <see cref="CanSign"/> must hold.</summary>
    public string Sign(ReadOnlySpan<byte> challenge) => Convert.ToBase64String(ours!.SignData(challenge, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1));

    /// <summary>Judges an RSA_RESULT.</summary>
    public bool Verify(ReadOnlySpan<byte> challenge, string result)
    {
        Span<byte> signature = stackalloc byte[ElementWriter.MaxData];
        return theirs is not null && Convert.TryFromBase64String(result, signature, out int length)
            && theirs.VerifyData(challenge, signature[..length], HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);
    }

    private static RSA Read(string pem, string parameter)
    {
        var key = RSA.Create();
        try { key.ImportFromPem(pem); }
        catch (Exception wrong) when (wrong is CryptographicException or ArgumentException) { throw new ArgumentException("it cannot be read: " + wrong.Message, parameter, wrong); }
        if (key.KeySize is < MinBits or > MaxBits) throw new ArgumentException($"it has {key.KeySize} bits, not {MinBits} to {MaxBits}", parameter);
        return key;
    }

    private static bool HasPrivateKey(RSA key)
    {
        try { return key.ExportParameters(true).D is not null; }
        catch (CryptographicException) { return false; }
    }
}
