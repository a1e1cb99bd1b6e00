using System.Text;

namespace Mesh.Sip.Messages;

/// <summary>quoted-string of RFC 3261 section 25.1.</summary>
public static class QuotedString
{
    /// <summary>What the quotes hold, quoted pairs undone; text without quotes is returned as it is.</summary>
    public static string Decode(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2 || text[0] != '"' || text[^1] != '"') return Encoding.UTF8.GetString(text);
        text = text[1..^1];
        if (!text.Contains((byte)'\\')) return Encoding.UTF8.GetString(text);
        var plain = new byte[text.Length];
        int length = 0;
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length) at++;
            plain[length++] = text[at];
        }
        return Encoding.UTF8.GetString(plain.AsSpan(0, length));
    }

    /// <summary>The text in quotes. Line ends and NUL have no place in a header and become spaces.</summary>
    public static string Encode(ReadOnlySpan<char> text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (char c in text)
        {
            if (c is '"' or '\\') quoted.Append('\\');
            quoted.Append(c is '\r' or '\n' or '\0' ? ' ' : c);
        }
        return quoted.Append('"').ToString();
    }
}
