using System.Security.Cryptography;

namespace Mesh.Iax2.Ciphers;

/// <summary>
/// AES-128-CBC that begins every message with an IV of zero and allocates nothing for it: one transform goes on from message to message, and what it would chain over from the
/// last block it saw is taken off the first block of the next message. One thread at a time.
/// </summary>
internal sealed class ZeroIvCbc
{
    // Not disposed but left to the collector: a media thread may be in the middle of a frame when the call ends.
    private readonly ICryptoTransform transform;
    private readonly byte[] chained = new byte[EncryptedFrame.BlockLength];
    private readonly bool encrypts;

    public ZeroIvCbc(ReadOnlySpan<byte> key, bool encrypts)
    {
        this.encrypts = encrypts;
        using var aes = Aes.Create();
        aes.Mode = CipherMode.CBC;
        aes.Padding = PaddingMode.None;
        aes.SetKey(key);
        aes.IV = new byte[EncryptedFrame.BlockLength];
        transform = encrypts ? aes.CreateEncryptor() : aes.CreateDecryptor();
    }

    /// <summary>Transforms one message, whole blocks, in place.</summary>
    public void Transform(byte[] buffer, int offset, int length)
    {
        var first = buffer.AsSpan(offset, EncryptedFrame.BlockLength);
        var last = buffer.AsSpan(offset + length - EncryptedFrame.BlockLength, EncryptedFrame.BlockLength);
        if (encrypts)
        {
            Xor(first, chained);
            transform.TransformBlock(buffer, offset, length, buffer, offset);
            last.CopyTo(chained);
        }
        else
        {
            Span<byte> next = stackalloc byte[EncryptedFrame.BlockLength];
            last.CopyTo(next);
            transform.TransformBlock(buffer, offset, length, buffer, offset);
            Xor(first, chained);
            next.CopyTo(chained);
        }
    }

    private static void Xor(Span<byte> block, ReadOnlySpan<byte> with)
    {
        for (int i = 0; i < EncryptedFrame.BlockLength; i++) block[i] ^= with[i];
    }
}
