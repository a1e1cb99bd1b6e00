using System.Buffers.Binary;

namespace Mesh.Iax2.Sealing;

/// <summary>
/// Opens what one peer seals, between two boots. The generation before the present one is still taken, for what was overtaken; a later one once it proves genuine.
/// One loop's.
/// </summary>
internal sealed class SealReceiver(byte[] secret)
{
    /// <summary>How far ahead a generation may be whose predecessors were never heard: the peer went on while the path was cut.</summary>
    private const int MostAhead = 100;

    private sealed class Use(SealCipher cipher)
    {
        public readonly SealCipher Cipher = cipher;
        public readonly ReplayWindow Window = new();
    }

    private Use present = Make(secret, 0);
    private Use? previous, ahead;

    public uint Generation => present.Cipher.Generation;

    /// <summary>Opens a datagram in its place. <see cref="DropReason"/> says why not; null when it was opened and may be read behind its header.</summary>
    public DropReason? Open(Span<byte> datagram)
    {
        if (UseOf(datagram[3]) is not { } use) return DropReason.SealTooOld;
        uint sequence = BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]);
        switch (use.Window.Judge(sequence))
        {
            case ReplayVerdict.Replayed: return DropReason.SealReplayed;
            case ReplayVerdict.TooOld: return DropReason.SealTooOld;
        }
        if (!use.Cipher.TryOpen(sequence, datagram)) return DropReason.SealForged;
        use.Window.Remember(sequence);
        if (ReferenceEquals(use, ahead)) (previous, present, ahead) = (present, ahead, null);
        return null;
    }

    private Use? UseOf(byte low)
    {
        byte distance = (byte)(low - (byte)Generation);
        if (distance == 0) return present;
        if (distance == byte.MaxValue) return previous?.Cipher.Generation == Generation - 1 ? previous : null;
        if (distance > MostAhead) return null;
        if (ahead?.Cipher.Generation != Generation + distance) ahead = Make(secret, Generation + distance);
        return ahead;
    }

    private static Use Make(byte[] secret, uint generation) => new(new SealCipher(SealKeys.OfGeneration(secret, generation), generation));
}
