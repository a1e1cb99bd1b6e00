using System.Globalization;
using System.Text;

namespace Mesh.Host.Sorry.Copies;

/// <summary>What a style sheet refers to: <c>url(...)</c> and <c>@import "..."</c>, found as a browser's tokenizer would (CSS Syntax Level 3), comments and strings passed over.</summary>
public static class CssReferences
{
    /// <summary>The sheet with each reference as <paramref name="replace"/> has it; null: one that leads nowhere.</summary>
    public static string Rewrite(string css, Func<string, string?> replace)
    {
        var written = new StringBuilder(css.Length);
        bool importing = false;
        for (int i = 0; i < css.Length;)
        {
            if (Is(css, i, "/*"))
            {
                int end = css.IndexOf("*/", i + 2, StringComparison.Ordinal);
                i = end < 0 ? css.Length : end + 2;
                // A comment parts two words.
                written.Append(' ');
            }
            else if (css[i] is '"' or '\'')
            {
                int start = i;
                string text = ReadString(css, ref i);
                if (importing) written.Append(Written(replace(text)));
                else written.Append(css, start, i - start);
                importing = false;
            }
            else if (Is(css, i, "url(") && (i == 0 || !IsWord(css[i - 1])))
            {
                written.Append("url(").Append(Written(replace(ReadUrl(css, ref i)))).Append(')');
                importing = false;
            }
            else
            {
                if (Is(css, i, "@import")) importing = true;
                else if (css[i] is ';' or '{' or '}') importing = false;
                if (css[i] == '\\' && i + 1 < css.Length) written.Append(css[i++]);
                written.Append(css[i++]);
            }
        }
        return written.ToString();
    }

    private static bool Is(string css, int at, string word) => string.Compare(css, at, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0;

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '\\' || c >= 128;

    // From a quote to the one that closes it, the line's end, or the end.
    private static string ReadString(string css, ref int i)
    {
        char quote = css[i++];
        var text = new StringBuilder();
        while (i < css.Length && css[i] != quote)
        {
            if (css[i] is '\n' or '\r' or '\f') return text.ToString();
            text.Append(ReadOne(css, ref i));
        }
        i++;
        if (i > css.Length) i = css.Length;
        return text.ToString();
    }

    private static string ReadUrl(string css, ref int i)
    {
        i += "url(".Length;
        while (i < css.Length && char.IsWhiteSpace(css[i])) i++;
        string text;
        if (i < css.Length && css[i] is '"' or '\'')
        {
            text = ReadString(css, ref i);
            while (i < css.Length && css[i] != ')') i++;
        }
        else
        {
            var plain = new StringBuilder();
            while (i < css.Length && css[i] != ')') plain.Append(ReadOne(css, ref i));
            text = plain.ToString().Trim();
        }
        if (i < css.Length) i++;
        return text;
    }

    // A character, or what an escape stands for (section 4.3.7).
    private static string ReadOne(string css, ref int i)
    {
        if (css[i] != '\\' || i + 1 >= css.Length) return css[i++].ToString();
        i++;
        int digits = 0;
        while (digits < 6 && i + digits < css.Length && char.IsAsciiHexDigit(css[i + digits])) digits++;
        if (digits == 0) return css[i++] is var c and not ('\n' or '\r' or '\f') ? c.ToString() : "";
        int code = int.Parse(css.AsSpan(i, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        i += digits;
        if (i < css.Length && char.IsWhiteSpace(css[i])) i++;
        return Rune.TryCreate(code, out var rune) && code != 0 ? rune.ToString() : "\ufffd";
    }

    // In quotes; what an address may have besides letters was escaped by whoever replaced it, and nothing ends a string or a style element.
    private static string Written(string? reference) =>
        $"\"{string.Concat((reference ?? "data:,").Select(static c => c is '"' or '\\' or '<' or '>' || char.IsControl(c) ? $"\\{(int)c:x} " : c.ToString()))}\"";
}
