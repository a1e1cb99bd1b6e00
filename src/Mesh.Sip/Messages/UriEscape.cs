using System.Globalization;
using System.Text;
using Mesh.Sip.Wire;

namespace Mesh.Sip.Messages;

/// <summary>Percent escapes in URIs (RFC 3261 section 19.1.2; RFC 3986 section 2.1).</summary>
public static class UriEscape
{
    /// <summary>The text with escapes undone; an escaped NUL is a NUL like any other and cuts nothing.</summary>
    public static string Decode(ReadOnlySpan<byte> text)
    {
        if (!text.Contains((byte)'%')) return Encoding.UTF8.GetString(text);
        var plain = new byte[text.Length];
        int length = 0;
        for (int at = 0; at < text.Length; length++) plain[length] = Next(text, ref at);
        return Encoding.UTF8.GetString(plain.AsSpan(0, length));
    }

    /// <summary>The text as a user part: whatever the grammar does not allow there is escaped.</summary>
    public static string EncodeUser(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (byte octet in Encoding.UTF8.GetBytes(text))
        {
            if (octet is not ((byte)'%' or (byte)'#') && Grammar.Has(octet, Octet.User)) escaped.Append((char)octet);
            else escaped.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
        }
        return escaped.ToString();
    }

    /// <summary>The octet at <paramref name="at"/>, unescaped, and on to the next.</summary>
    internal static byte Next(ReadOnlySpan<byte> text, ref int at)
    {
        byte octet = text[at++];
        if (octet != '%' || at + 1 >= text.Length || !char.IsAsciiHexDigit((char)text[at]) || !char.IsAsciiHexDigit((char)text[at + 1])) return octet;
        octet = (byte)(Digit(text[at]) << 4 | Digit(text[at + 1]));
        at += 2;
        return octet;
    }

    private static int Digit(byte hex) => hex <= '9' ? hex - '0' : (hex | 0x20) - 'a' + 10;
}
