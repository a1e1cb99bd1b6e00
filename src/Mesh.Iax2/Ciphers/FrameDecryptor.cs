namespace Mesh.Iax2.Ciphers;

/// <summary>Decrypts the frames of one direction under one key, see <see cref="EncryptedFrame"/>. Nothing is allocated per frame. One thread at a time.</summary>
public sealed class FrameDecryptor(ReadOnlySpan<byte> key)
{
    private readonly ZeroIvCbc cipher = new(key, encrypts: false);
    private byte[] buffer = new byte[256];

    /// <summary>
    /// Takes a datagram apart, which itself is left as it is; what comes out is good until the next one. False when it cannot have been encrypted: too short, too long, no whole
    /// blocks, or less than <paramref name="leastRest"/> octets behind the prefix. A wrong key shows in nothing else: there is no check of integrity.
    /// </summary>
    public bool TryDecrypt(scoped ReadOnlySpan<byte> datagram, int clear, int leastRest, out ReadOnlySpan<byte> prefix, out ReadOnlySpan<byte> rest)
    {
        prefix = rest = default;
        int length = datagram.Length - clear;
        if (length < EncryptedFrame.LeastPrefix + leastRest || length % EncryptedFrame.BlockLength != 0 || datagram.Length > EncryptedFrame.MaxLength) return false;
        if (buffer.Length < length) buffer = new byte[length];
        datagram[clear..].CopyTo(buffer);
        cipher.Transform(buffer, 0, length);
        int prefixLength = EncryptedFrame.LeastPrefix + (buffer[EncryptedFrame.LeastPrefix - 1] & 0x0F);
        if (length < prefixLength + leastRest) return false;
        prefix = buffer.AsSpan(0, prefixLength);
        rest = buffer.AsSpan(prefixLength, length - prefixLength);
        return true;
    }
}
