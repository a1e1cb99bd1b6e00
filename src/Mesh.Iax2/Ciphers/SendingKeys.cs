using Mesh.Io;

namespace Mesh.Iax2.Ciphers;

/// <summary>
/// The keys of one direction of a call as its sender has them. Full frames belong to the signalling loop; mini frames come from a media thread at the same time, so they have
/// an encryptor of their own, changed by one volatile write. RTKEY (beyond RFC 5456) brings the next key: it goes out under the old one, and so does what was sent before it,
/// however often it is repeated.
/// </summary>
internal sealed class SendingKeys
{
    private readonly IChance chance;
    private volatile FrameEncryptor voice;
    private FrameEncryptor full;
    private FrameEncryptor? former;
    private byte[]? next;

    public SendingKeys(ReadOnlySpan<byte> key, IChance chance)
    {
        this.chance = chance;
        full = new FrameEncryptor(key, chance);
        voice = new FrameEncryptor(key, chance);
    }

    /// <summary>A key was sent whose RTKEY is not yet acknowledged.</summary>
    public bool IsRotating => former is not null || next is not null;

    /// <summary>OSeqno of the last RTKEY.</summary>
    public byte RotatedBy { get; private set; }

    /// <summary>The datagram of a full frame, good until the next. The loop only.</summary>
    /// <param name="isSequenced">An ACK's number is not its own.</param>
    public ReadOnlySpan<byte> Full(ReadOnlySpan<byte> frame, byte outSequence, bool isSequenced)
    {
        bool isOlder = former is not null && isSequenced && (sbyte)(outSequence - RotatedBy) <= 0;
        return (isOlder ? former! : full).Encrypt(frame, EncryptedFrame.ClearOfFull);
    }

    /// <summary>The datagram of a mini frame, good until the next. One thread at a time, any.</summary>
    public ReadOnlySpan<byte> Mini(ReadOnlySpan<byte> frame) => voice.Encrypt(frame, EncryptedFrame.ClearOfMini);

    /// <summary>RTKEY went out. <paramref name="atOnce"/>: what follows is under the new key already, else once it is acknowledged.</summary>
    public void Rotate(byte[] key, byte outSequence, bool atOnce)
    {
        RotatedBy = outSequence;
        if (!atOnce) { next = key; return; }
        former = full;
        Take(key);
    }

    /// <summary>The other side has the key.</summary>
    public void Acknowledged()
    {
        former = null;
        if (next is { } key) Take(key);
        next = null;
    }

    private void Take(byte[] key)
    {
        full = new FrameEncryptor(key, chance);
        voice = new FrameEncryptor(key, chance);
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(key);
    }
}
