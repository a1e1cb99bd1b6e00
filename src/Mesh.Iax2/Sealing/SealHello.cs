namespace Mesh.Iax2.Sealing;

/// <summary>
/// What two sites tell each other to associate; every one has all of it and is as long as any other, so no answer is longer than its question.
/// <code>
/// 00 00 54 | A, Version (1) | Epoch (16) | Challenge (16) | Echo (16) | Known (16) | HMAC-SHA-256 of all before, first 16 octets
/// </code>
/// </summary>
/// <param name="Epoch">The sender's boot epoch.</param>
/// <param name="Challenge">What a hello to the sender must echo for its epoch to be believed.</param>
/// <param name="Echo">The last challenge the sender heard from us.</param>
/// <param name="Known">Our epoch as the sender has accepted it; none when it has not.</param>
/// <param name="Asks">Bit A: the sender has not heard yet that we have accepted its epoch, and wants an answer.</param>
public readonly record struct SealHello(SealEpoch Epoch, SealEpoch Challenge, SealEpoch Echo, SealEpoch Known, bool Asks)
{
    private const byte AskBit = 0x80;

    public const int MacLength = 16, MacOffset = 4 + 4 * SealEpoch.Length, Length = MacOffset + MacLength;

    /// <summary>False for one of another length or version. The MAC is for <see cref="SealKeys"/> to judge.</summary>
    public static bool TryRead(ReadOnlySpan<byte> datagram, out SealHello hello)
    {
        hello = default;
        if (datagram.Length != Length || !SealFormat.IsHello(datagram) || (datagram[3] & ~AskBit) != SealFormat.HelloVersion) return false;
        hello = new SealHello(At(datagram, 0), At(datagram, 1), At(datagram, 2), At(datagram, 3), (datagram[3] & AskBit) != 0);
        return hello.Epoch != SealEpoch.None && hello.Challenge != SealEpoch.None;
    }

    /// <summary>Writes all but the MAC.</summary>
    public void Write(Span<byte> destination)
    {
        destination[0] = destination[1] = 0;
        destination[2] = SealFormat.HelloCommand;
        destination[3] = (byte)(SealFormat.HelloVersion | (Asks ? AskBit : 0));
        Epoch.Write(destination[4..]);
        Challenge.Write(destination[(4 + SealEpoch.Length)..]);
        Echo.Write(destination[(4 + 2 * SealEpoch.Length)..]);
        Known.Write(destination[(4 + 3 * SealEpoch.Length)..]);
    }

    private static SealEpoch At(ReadOnlySpan<byte> datagram, int field) => SealEpoch.Read(datagram[(4 + field * SealEpoch.Length)..]);
}
