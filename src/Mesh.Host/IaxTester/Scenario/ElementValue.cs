using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Mesh.Host.IaxTester.Raw;
using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Host.IaxTester.Scenario;

/// <summary>The data of an element from text: what <see cref="ElementText.Value"/> writes, and <c>hex 0102</c> for any.</summary>
public static class ElementValue
{
    public static bool TryParse(ElementId id, string text, out byte[] data, out string expected)
    {
        (data, expected) = ([], "");
        if (text.StartsWith("hex ", StringComparison.Ordinal) || text == "hex")
        {
            expected = "hexadecimal digits, two an octet";
            return TryHex(text[3..], out data) && Fits(data, out expected);
        }
        switch (ElementText.ShapeOf(id))
        {
            case ElementShape.Text: data = Encoding.UTF8.GetBytes(text); return Fits(data, out expected);
            case ElementShape.Number8: return TryNumber(text, 1, out data, out expected);
            case ElementShape.Number16: return TryNumber(text, 2, out data, out expected);
            case ElementShape.Number32: return TryNumber(text, 4, out data, out expected);
            case ElementShape.Formats: return TryFormats(text, 4, out data, out expected);
            case ElementShape.Formats2: return TryFormats(text, 9, out data, out expected);
            case ElementShape.Address:
                expected = "an address and port are expected, 192.0.2.1:4569";
                if (!NetAddress.TryParse(text, 4569, out var address)) return false;
                data = new byte[address.IsIPv4 ? ApparentAddress.IPv4Length : ApparentAddress.IPv6Length];
                ApparentAddress.Write(data, address);
                return true;
            default:
                expected = "octets are expected, hex 0102";
                return text.Length == 0;
        }
    }

    public static bool TryHex(string text, out byte[] octets)
    {
        string digits = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        octets = [];
        if (digits.Length % 2 != 0 || !digits.All(char.IsAsciiHexDigit)) return false;
        octets = Convert.FromHexString(digits);
        return true;
    }

    /// <summary>Decimal, or hexadecimal after 0x.</summary>
    public static bool TryNumber(string text, out ulong number) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
            : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static bool Fits(byte[] data, out string expected)
    {
        expected = "an element holds at most 255 octets";
        return data.Length <= ElementWriter.MaxData;
    }

    private static bool TryNumber(string text, int octets, out byte[] data, out string expected)
    {
        data = new byte[octets];
        expected = $"a number of {8 * octets} bits is expected";
        if (!TryNumber(text, out ulong number) || number >> (8 * octets) != 0) return false;
        for (int i = octets - 1; i >= 0; i--, number >>= 8) data[i] = (byte)number;
        return true;
    }

    private static bool TryFormats(string text, int octets, out byte[] data, out string expected)
    {
        data = new byte[octets];
        expected = "media formats are expected, ulaw|alaw, or a number";
        ulong mask = 0;
        foreach (string name in text.Split('|', StringSplitOptions.TrimEntries))
        {
            if (Codecs.TryParse(name, out var format)) mask |= (ulong)format;
            else if (TryNumber(name, out ulong number)) mask |= number;
            else if (name != "none") return false;
        }
        if (octets == 4) BinaryPrimitives.WriteUInt32BigEndian(data, (uint)mask);
        else BinaryPrimitives.WriteUInt64BigEndian(data.AsSpan(1), mask);
        return octets == 9 || mask <= uint.MaxValue;
    }
}
