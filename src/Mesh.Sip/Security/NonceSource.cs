using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Mesh.Io;

namespace Mesh.Sip.Security;

/// <summary>
/// Makes nonces that need no memory until they are used: time, random bits, and an HMAC over both (RFC 7616 section 5.4). The counts of those in use are
/// kept in a table of fixed size, each with a window of 64, so that a request overtaken by the next is still taken and a repeated one never is. Belongs to one loop.
/// </summary>
public sealed class NonceSource
{
    /// <summary>A nonce's octets as written: 22 of them in base64url.</summary>
    public const int Length = 30;
    private const int RawLength = 22, SealedLength = 8;

    private readonly byte[] key;
    private readonly IChance chance;
    private readonly NonceSourceOptions options;
    private readonly NonceUse[] uses;

    /// <param name="key">32 octets that only this source, or those that share its nonces, know.</param>
    /// <param name="chance">Where the random bits come from.</param>
    /// <param name="options">Limits.</param>
    public NonceSource(ReadOnlySpan<byte> key, IChance chance, NonceSourceOptions? options = null)
    {
        this.key = key.ToArray();
        this.chance = chance;
        this.options = options ?? NonceSourceOptions.Default;
        if (!System.Numerics.BitOperations.IsPow2(this.options.Tracked)) throw new ArgumentException("Tracked is a power of two", nameof(options));
        uses = new NonceUse[this.options.Tracked];
    }

    /// <summary>Writes a new nonce into <paramref name="nonce"/>, <see cref="Length"/> octets. <paramref name="nowMs"/> is the loop's clock.</summary>
    public void Make(long nowMs, Span<byte> nonce)
    {
        Span<byte> raw = stackalloc byte[RawLength];
        BinaryPrimitives.WriteUInt32BigEndian(raw, (uint)(nowMs / 1000));
        chance.Fill(raw[4..SealedLength]);
        Seal(raw);
        Base64Url.EncodeToUtf8(raw, nonce[..Length]);
    }

    /// <summary>
    /// Judges the nonce of credentials whose response is right, and counts the use. Asked about wrong ones it would let strangers push the counts of others out of the table.
    /// </summary>
    public NonceVerdict Use(ReadOnlySpan<byte> nonce, uint nonceCount, long nowMs)
    {
        Span<byte> raw = stackalloc byte[RawLength], expected = stackalloc byte[RawLength];
        if (nonce.Length != Length || Base64Url.DecodeFromUtf8(nonce, raw, out _, out int written) != OperationStatus.Done || written != RawLength) return NonceVerdict.Foreign;
        raw.CopyTo(expected);
        Seal(expected);
        if (!CryptographicOperations.FixedTimeEquals(raw, expected)) return NonceVerdict.Foreign;
        long age = nowMs / 1000 - BinaryPrimitives.ReadUInt32BigEndian(raw);
        if (age < 0 || age > options.LifetimeSeconds || nonceCount == 0 || nonceCount > options.MaxUses) return NonceVerdict.Stale;
        ref var use = ref uses[BinaryPrimitives.ReadUInt32LittleEndian(raw[SealedLength..]) & (uses.Length - 1)];
        ulong id = BinaryPrimitives.ReadUInt64BigEndian(raw);
        if (use.Id == id) return use.Count(nonceCount) ? NonceVerdict.Fresh : NonceVerdict.Replayed;
        if (nonceCount != 1 || age > options.FirstUseSeconds) return NonceVerdict.Stale;
        use = new NonceUse(id);
        return NonceVerdict.Fresh;
    }

    /// <summary>Puts the truncated HMAC of the first octets behind them.</summary>
    private void Seal(Span<byte> raw)
    {
        Span<byte> mac = stackalloc byte[32];
        HMACSHA256.HashData(key, raw[..SealedLength], mac);
        mac[..(RawLength - SealedLength)].CopyTo(raw[SealedLength..]);
    }

}
