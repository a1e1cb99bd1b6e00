using System.Buffers.Binary;

namespace Mesh.Media.Rtp;

/// <summary>
/// The payload of a telephone event (RFC 4733 section 2.3).
/// <code>
/// |     event     |E|R| volume    |          duration             |
/// </code>
/// </summary>
/// <param name="Code">0-9 the digits, 10 star, 11 pound, 12-15 A-D (section 3.2).</param>
/// <param name="Duration">Timestamp units since the segment began.</param>
public readonly record struct TelephoneEvent(byte Code, bool IsEnd, ushort Duration, byte Volume = 10)
{
    public const int Size = 4;

    private const string Digits = "0123456789*#ABCD";

    /// <summary>The key pressed; null for events that are no DTMF digit (flash, fax tones).</summary>
    public char? Digit => Code < Digits.Length ? Digits[Code] : null;

    /// <summary>The event code of a key; false for a character that is none.</summary>
    public static bool TryCode(char digit, out byte code)
    {
        int index = Digits.IndexOf(char.ToUpperInvariant(digit), StringComparison.Ordinal);
        code = (byte)Math.Max(0, index);
        return index >= 0;
    }

    public static bool TryRead(ReadOnlySpan<byte> payload, out TelephoneEvent read)
    {
        read = default;
        if (payload.Length < Size) return false;
        read = new TelephoneEvent(payload[0], (payload[1] & 0x80) != 0, BinaryPrimitives.ReadUInt16BigEndian(payload[2..]), (byte)(payload[1] & 0x3F));
        return true;
    }

    public void Write(Span<byte> destination)
    {
        destination[0] = Code;
        destination[1] = (byte)((IsEnd ? 0x80 : 0) | (Volume & 0x3F));
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], Duration);
    }
}
