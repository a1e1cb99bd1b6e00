using System.Numerics;

namespace Mesh.Media.Codecs;

/// <summary>
/// u-law of ITU-T G.711: sign, three bits of segment, four of step, all inverted on the line. Fourteen bits of precision; here the linear side is 16-bit,
/// left-justified.
/// </summary>
public static class Ulaw
{
    /// <summary>Added to the 14-bit magnitude so that every segment begins at a power of two.</summary>
    private const int Bias = 33;
    private const int Largest = 0x1FFF;

    /// <summary>One sample from 16-bit linear.</summary>
    public static byte Encode(short sample)
    {
        int magnitude = Math.Min(((sample < 0 ? ~sample : sample) >> 2) + Bias, Largest);
        int segment = BitOperations.Log2((uint)magnitude) - 5;
        int step = (magnitude >> (segment + 1)) & 0x0F;
        int sign = sample < 0 ? 0x80 : 0;
        return (byte)~(sign | segment << 4 | step);
    }

    /// <summary>One sample to 16-bit linear: the middle of the decision interval.</summary>
    public static short Decode(byte code)
    {
        int plain = (byte)~code;
        int magnitude = ((((plain & 0x0F) << 1) + Bias) << ((plain >> 4) & 7)) - Bias;
        magnitude <<= 2;
        return (short)((plain & 0x80) == 0 ? magnitude : -magnitude);
    }
}
