namespace Mesh.Io;

/// <summary>
/// What somebody who can send from any address, and has seen something of the conversation, might put on the wire: noise, the head of a genuine datagram with other contents,
/// or a genuine datagram with some octets changed. Never longer than the genuine one it is made from.
/// </summary>
public static class ForgedDatagram
{
    /// <summary>Octets kept of the genuine datagram's head at most: enough for the numbers and the sequence of any protocol.</summary>
    private const int MostHead = 16;

    private const int MostChanges = 8;

    /// <summary>Writes the forged datagram that <paramref name="seed"/> and the genuine one stand for; returns its length.</summary>
    public static int Write(ulong seed, ReadOnlySpan<byte> genuine, Span<byte> destination)
    {
        if (genuine.Length == 0) return 0;
        var chance = new SeededChance(seed);
        var forged = destination[..genuine.Length];
        switch (chance.NextInt32(3))
        {
            case 0:
                forged = forged[..(1 + chance.NextInt32(forged.Length))];
                chance.Fill(forged);
                break;
            case 1:
                genuine.CopyTo(forged);
                chance.Fill(forged[Math.Min(forged.Length, 1 + chance.NextInt32(MostHead))..]);
                break;
            default:
                genuine.CopyTo(forged);
                for (int i = 1 + chance.NextInt32(MostChanges); i > 0; i--) forged[chance.NextInt32(forged.Length)] ^= (byte)(1 + chance.NextInt32(255));
                break;
        }
        return forged.Length;
    }
}
