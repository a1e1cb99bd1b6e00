namespace Mesh.Iax2.Sealing;

/// <summary>
/// Seals what goes to one peer, from any thread and without a lock: a number is taken by one interlocked addition. After <see cref="SealOptions.RotateAfterDatagrams"/> of them
/// whoever took that number has the next generation's key made; until it is there the present one goes on.
/// </summary>
internal sealed class SealSender(byte[] secret, SealOptions options, Action rotate)
{
    private sealed class Use(SealCipher cipher)
    {
        public readonly SealCipher Cipher = cipher;
        public long Sequence = -1;
    }

    private Use use = new(new SealCipher(SealKeys.OfGeneration(secret, 0), 0));

    public uint Generation => Volatile.Read(ref use).Cipher.Generation;

    /// <summary>The sealed length, or 0 when this generation has no number left.</summary>
    public int Seal(ReadOnlySpan<byte> clear, Span<byte> destination)
    {
        var current = Volatile.Read(ref use);
        long sequence = Interlocked.Increment(ref current.Sequence);
        if (sequence == options.RotateAfterDatagrams) rotate();
        return sequence > uint.MaxValue ? 0 : current.Cipher.Seal((uint)sequence, clear, destination);
    }

    /// <summary>Takes the next generation's key. On the loop.</summary>
    public void Rotate()
    {
        uint next = Generation + 1;
        Volatile.Write(ref use, new Use(new SealCipher(SealKeys.OfGeneration(secret, next), next)));
    }
}
