using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Mesh.Iax2.Sealing;

/// <summary>
/// One AES-256-GCM key (RFC 5116). An <see cref="AesGcm"/> serves one thread at a time, so there are several, each lent to a thread for one datagram by an exchange of
/// references: mostly a thread finds its own, and nobody ever waits. The nonce is the 64-bit number of the datagram, whose upper half is the generation.
/// </summary>
internal sealed class SealCipher(byte[] key, uint generation)
{
    private const int Lent = 16, NonceLength = 12;

    private readonly AesGcm?[] idle = new AesGcm?[Lent];

    public uint Generation { get; } = generation;

    /// <summary>Seals <paramref name="clear"/> into <paramref name="destination"/>, which has room for it and <see cref="SealFormat.Overhead"/>. The whole length. Any thread.</summary>
    public int Seal(uint sequence, ReadOnlySpan<byte> clear, Span<byte> destination)
    {
        destination[0] = destination[1] = 0;
        destination[2] = SealFormat.SealedCommand;
        destination[3] = (byte)Generation;
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], sequence);
        Span<byte> nonce = stackalloc byte[NonceLength];
        WriteNonce(nonce, sequence);
        var gcm = Take(out int place);
        gcm.Encrypt(nonce, clear, destination.Slice(SealFormat.HeaderLength, clear.Length), destination.Slice(SealFormat.HeaderLength + clear.Length, SealFormat.TagLength),
            destination[..SealFormat.HeaderLength]);
        Return(gcm, place);
        return clear.Length + SealFormat.Overhead;
    }

    /// <summary>Opens a sealed datagram in its place: the clear octets are behind its header. False, and the octets are worth nothing, when the tag does not hold.</summary>
    public bool TryOpen(uint sequence, Span<byte> datagram)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        WriteNonce(nonce, sequence);
        var body = datagram[SealFormat.HeaderLength..^SealFormat.TagLength];
        var gcm = Take(out int place);
        try
        {
            gcm.Decrypt(nonce, body, datagram[^SealFormat.TagLength..], body, datagram[..SealFormat.HeaderLength]);
            return true;
        }
        catch (AuthenticationTagMismatchException) { return false; }
        finally { Return(gcm, place); }
    }

    private void WriteNonce(Span<byte> nonce, uint sequence)
    {
        BinaryPrimitives.WriteUInt32BigEndian(nonce, 0);
        BinaryPrimitives.WriteUInt32BigEndian(nonce[4..], Generation);
        BinaryPrimitives.WriteUInt32BigEndian(nonce[8..], sequence);
    }

    private AesGcm Take(out int place)
    {
        place = Environment.CurrentManagedThreadId % Lent;
        return Interlocked.Exchange(ref idle[place], null) ?? new AesGcm(key, SealFormat.TagLength);
    }

    private void Return(AesGcm gcm, int place)
    {
        // Two threads of the same place at the same time: the one that comes second finds it taken.
        if (Interlocked.CompareExchange(ref idle[place], gcm, null) is not null) gcm.Dispose();
    }
}
