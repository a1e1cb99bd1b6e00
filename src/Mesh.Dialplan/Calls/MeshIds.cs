using System.Buffers.Binary;
using System.Buffers.Text;
using Mesh.Io;

namespace Mesh.Dialplan.Calls;

/// <summary>
/// Makes a server's origin ids and leg ids. A leg id is unique per sender and says when it was issued: 36 bits of sixteenths of a second since 1970, 12 bits that count up from
/// a random start. So a receiver can tell a header that is older than itself without a field for it, and after T a replay is recognised without remembering it.
/// </summary>
public sealed class MeshIds(IChance chance)
{
    public const int OriginLength = 22, LegLength = 8;
    private int count = chance.NextInt32(1 << 12);

    /// <summary>128 random bits.</summary>
    public string NewOrigin()
    {
        Span<byte> bits = stackalloc byte[16];
        chance.Fill(bits);
        return Base64Url.EncodeToString(bits);
    }

    public string NewLeg(DateTimeOffset now)
    {
        Span<byte> word = stackalloc byte[8];
        ulong sixteenths = (ulong)Sixteenths(now) & ((1UL << 36) - 1);
        count = (count + 1) & 0xFFF;
        BinaryPrimitives.WriteUInt64BigEndian(word, sixteenths << 12 | (uint)count);
        return Base64Url.EncodeToString(word[2..]);
    }

    /// <summary>When <paramref name="leg"/> was issued, by its sender's clock, to a sixteenth of a second: milliseconds since 1970.</summary>
    public static long IssuedUnixMs(string leg)
    {
        Span<byte> word = stackalloc byte[8];
        word.Clear();
        Base64Url.DecodeFromChars(leg, word[2..]);
        return (long)(BinaryPrimitives.ReadUInt64BigEndian(word) >> 12) * 1000 / 16;
    }

    /// <summary>A time as coarse as a leg id would give it, milliseconds since 1970.</summary>
    internal static long ToGrain(DateTimeOffset time) => Sixteenths(time) * 1000 / 16;

    private static long Sixteenths(DateTimeOffset time) => time.ToUnixTimeMilliseconds() * 16 / 1000;
}
