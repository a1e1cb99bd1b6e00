using System.Globalization;
using System.Text;

namespace Mesh.Host.Ladders.Reading;

/// <summary>Text from the wire as it may be shown anywhere: what would move a cursor, colour a terminal, ring a bell or turn the direction of writing is spelled out.</summary>
public static class PlainText
{
    public static string Of(ReadOnlySpan<byte> utf8) => Of(Encoding.UTF8.GetString(utf8));

    public static string Of(string text)
    {
        int at = FirstHidden(text, 0);
        if (at < 0) return text;
        var plain = new StringBuilder(text.Length + 16);
        int done = 0;
        for (; at >= 0; at = FirstHidden(text, at + 1))
        {
            plain.Append(text, done, at - done).Append(CultureInfo.InvariantCulture, $"\\u{(int)text[at]:x4}");
            done = at + 1;
        }
        return plain.Append(text, done, text.Length - done).ToString();
    }

    /// <summary>At most so many characters, with a sign that there were more.</summary>
    public static string Cut(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1)] + "…";

    private static int FirstHidden(string text, int from)
    {
        for (int i = from; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) { i++; continue; }
            if (char.GetUnicodeCategory(text[i]) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse) return i;
        }
        return -1;
    }
}
