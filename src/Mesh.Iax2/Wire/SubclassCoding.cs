using System.Numerics;

namespace Mesh.Iax2.Wire;

/// <summary>
/// The compressed subclass octet (RFC 5456 section 8.1.1): below 128 as it is, a higher power of two as 0x80 | log2, and -1 as 0xFF.
/// Both spellings of a small power of two are read; the short one is written.
/// </summary>
public static class SubclassCoding
{
    /// <summary>Bit of a VIDEO subclass that marks the end of a picture; taken off before decoding.</summary>
    public const byte VideoMarker = 0x40;

    public static long Decode(byte octet) => octet switch
    {
        0xFF => -1,
        >= 0x80 => 1L << (octet & 0x3F),
        _ => octet,
    };

    /// <summary>False when the value has several bits set and does not fit seven.</summary>
    public static bool TryEncode(long value, out byte octet)
    {
        octet = 0;
        if (value == -1) { octet = 0xFF; return true; }
        if (value is >= 0 and < 0x80) { octet = (byte)value; return true; }
        if (value < 0 || !BitOperations.IsPow2(value)) return false;
        octet = (byte)(0x80 | BitOperations.Log2((ulong)value));
        return true;
    }
}
