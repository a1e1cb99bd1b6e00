using System.Buffers.Binary;
using Mesh.Io;

namespace Mesh.Iax2.Ciphers;

/// <summary>Encrypts the frames of one direction under one key, see <see cref="EncryptedFrame"/>. Nothing is allocated per frame. One thread at a time.</summary>
public sealed class FrameEncryptor
{
    private readonly ZeroIvCbc cipher;
    private readonly byte[] nonce = new byte[EncryptedFrame.BlockLength];
    private byte[] buffer = new byte[256];

    /// <param name="chance">Drawn from now, not later: it may belong to another thread.</param>
    public FrameEncryptor(ReadOnlySpan<byte> key, IChance chance)
    {
        cipher = new ZeroIvCbc(key, encrypts: true);
        chance.Fill(nonce);
    }

    /// <summary>
    /// The datagram of a frame whose first <paramref name="clear"/> octets stay as they are; good until the next one. The prefix is a number used once, which the block cipher
    /// makes as good as chance (NIST SP 800-38A, appendix C).
    /// </summary>
    public ReadOnlySpan<byte> Encrypt(scoped ReadOnlySpan<byte> frame, int clear)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(nonce, BinaryPrimitives.ReadUInt64LittleEndian(nonce) + 1);
        Span<byte> prefix = stackalloc byte[EncryptedFrame.MaxPrefix];
        nonce.CopyTo(prefix);
        nonce.AsSpan(0, EncryptedFrame.MaxPrefix - EncryptedFrame.BlockLength).CopyTo(prefix[EncryptedFrame.BlockLength..]);
        return Encrypt(frame, clear, prefix);
    }

    /// <summary>The same with a prefix of the caller's, as many octets of it as it takes; its octet 15 is given the length.</summary>
    public ReadOnlySpan<byte> Encrypt(scoped ReadOnlySpan<byte> frame, int clear, scoped ReadOnlySpan<byte> prefix)
    {
        int rest = frame.Length - clear, prefixLength = EncryptedFrame.PrefixLength(rest), length = clear + prefixLength + rest;
        if (buffer.Length < length) buffer = new byte[length];
        frame[..clear].CopyTo(buffer);
        prefix[..prefixLength].CopyTo(buffer.AsSpan(clear));
        ref byte told = ref buffer[clear + EncryptedFrame.LeastPrefix - 1];
        told = (byte)((told & 0xF0) | (prefixLength & 0x0F));
        frame[clear..].CopyTo(buffer.AsSpan(clear + prefixLength));
        cipher.Transform(buffer, clear, length - clear);
        return buffer.AsSpan(0, length);
    }
}
