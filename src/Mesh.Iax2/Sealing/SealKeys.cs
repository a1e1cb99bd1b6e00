using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Mesh.Iax2.Sealing;

/// <summary>
/// The keys of one path, all by HKDF-SHA-256 (RFC 5869) from the pair's key. Each is bound to who sends to whom, so nothing can be turned round; those of datagrams
/// also to both boot epochs and to a generation, so none is ever used twice.
/// </summary>
public sealed class SealKeys
{
    private const int KeyLength = 32;

    private readonly byte[][] ring;
    private readonly byte[][] helloOut, helloIn;
    private readonly string sending, receiving;

    /// <param name="ring">The pair's keys, 32 octets each, the one to seal with first; the others are only believed, while keys are changed.</param>
    public SealKeys(IReadOnlyList<byte[]> ring, string ourselves, string them)
    {
        if (ring.Count == 0 || ring.Any(key => key.Length != KeyLength)) throw new ArgumentException($"a path is sealed with keys of {KeyLength} octets", nameof(ring));
        this.ring = [.. ring];
        (sending, receiving) = ($"{ourselves}>{them}", $"{them}>{ourselves}");
        helloOut = [.. ring.Select(key => Derive(key, [], $"mesh seal hello {sending}"))];
        helloIn = [.. ring.Select(key => Derive(key, [], $"mesh seal hello {receiving}"))];
    }

    /// <summary>Signs a hello of ours in place, with the first key.</summary>
    public void Sign(Span<byte> hello) => Mac(helloOut[0], hello, hello[SealHello.MacOffset..]);

    /// <summary>Which of the ring's keys signed a hello to us; negative when none did.</summary>
    public int SignerOf(ReadOnlySpan<byte> hello)
    {
        Span<byte> expected = stackalloc byte[SealHello.MacLength];
        for (int i = 0; i < ring.Length; i++)
        {
            Mac(helloIn[i], hello, expected);
            if (CryptographicOperations.FixedTimeEquals(expected, hello[SealHello.MacOffset..])) return i;
        }
        return -1;
    }

    /// <summary>The secret of what we send between these boots.</summary>
    public byte[] SendingSecret(SealEpoch own, SealEpoch peer) => Derive(ring[0], Salt(own, peer), $"mesh seal data {sending}");

    /// <summary>The secret of what the peer sends between these boots, sealed with the key its hello was signed with.</summary>
    public byte[] ReceivingSecret(SealEpoch own, SealEpoch peer, int signer) => Derive(ring[signer], Salt(peer, own), $"mesh seal data {receiving}");

    /// <summary>The AES-256 key of one generation.</summary>
    public static byte[] OfGeneration(byte[] secret, uint generation)
    {
        Span<byte> info = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(info, generation);
        byte[] key = new byte[KeyLength];
        HKDF.Expand(HashAlgorithmName.SHA256, secret, key, info);
        return key;
    }

    private static byte[] Salt(SealEpoch sender, SealEpoch receiver)
    {
        byte[] salt = new byte[2 * SealEpoch.Length];
        sender.Write(salt);
        receiver.Write(salt.AsSpan(SealEpoch.Length));
        return salt;
    }

    private static byte[] Derive(byte[] key, byte[] salt, string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, key, KeyLength, salt, Encoding.UTF8.GetBytes(purpose));

    private static void Mac(byte[] key, ReadOnlySpan<byte> hello, Span<byte> mac)
    {
        Span<byte> whole = stackalloc byte[32];
        HMACSHA256.HashData(key, hello[..SealHello.MacOffset], whole);
        whole[..SealHello.MacLength].CopyTo(mac);
    }
}
