using System.Numerics;

namespace Mesh.Media.Codecs;

/// <summary>
/// A-law of ITU-T G.711: sign, three bits of segment, four of step, even bits inverted on the line. Thirteen bits of precision; here the linear side is
/// 16-bit, left-justified.
/// </summary>
public static class Alaw
{
    /// <summary>The even bits are inverted (G.711 table 1a, note 2).</summary>
    private const byte EvenBits = 0x55;

    /// <summary>One sample from 16-bit linear.</summary>
    public static byte Encode(short sample)
    {
        // One's complement for the negative half: G.711 has no code for zero, both halves are mirror images.
        int magnitude = (sample < 0 ? ~sample : sample) >> 4;
        int segment = magnitude < 32 ? magnitude >> 4 : BitOperations.Log2((uint)magnitude) - 3;
        int step = (segment < 2 ? magnitude : magnitude >> (segment - 1)) & 0x0F;
        int sign = sample < 0 ? 0 : 0x80;
        return (byte)((sign | segment << 4 | step) ^ EvenBits);
    }

    /// <summary>One sample to 16-bit linear: the middle of the decision interval.</summary>
    public static short Decode(byte code)
    {
        int plain = code ^ EvenBits;
        int segment = (plain >> 4) & 7;
        int magnitude = ((plain & 0x0F) << 4) + 8;
        if (segment > 0) magnitude = (magnitude + 0x100) << (segment - 1);
        return (short)((plain & 0x80) != 0 ? magnitude : -magnitude);
    }
}
