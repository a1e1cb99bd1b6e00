using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Mesh.Sip.Messages;

/// <summary>
/// A 64-bit hash for tables keyed by what strangers send (branches, Call-IDs, tags). Its key is drawn once per process, so that nobody outside can choose
/// colliding names; it is never written to a file or to the wire.
/// </summary>
public static class OctetHash
{
    private const ulong Odd = 0x9E37_79B9_7F4A_7C15;
    private static readonly ulong Key = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8)) | 1;

    /// <summary>Hashes <paramref name="octets"/>; feed one result as <paramref name="seed"/> of the next to hash several pieces in order.</summary>
    public static ulong Of(ReadOnlySpan<byte> octets, ulong seed = 0)
    {
        ulong state = seed ^ Key ^ ((ulong)octets.Length * Odd);
        while (octets.Length >= 8)
        {
            state = Fold(state ^ BinaryPrimitives.ReadUInt64LittleEndian(octets), Key ^ Odd);
            octets = octets[8..];
        }
        ulong last = 0;
        foreach (byte octet in octets) last = last << 8 | octet;
        return Fold(Fold(state ^ last, Odd), Key);
    }

    /// <summary>Adds a number (a method, a port) to a hash.</summary>
    public static ulong Add(ulong seed, ulong number) => Fold(seed ^ number, Key ^ Odd);

    private static ulong Fold(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b | 1, out ulong low);
        return high ^ low ^ Odd;
    }
}
