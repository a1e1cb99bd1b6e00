using Mesh.Dialplan.Language;

namespace Mesh.Dialplan.Loading;

/// <summary>Reads what <c>Extension("...")</c> and <c>Inbound("...")</c> are given into a <see cref="NumberPattern"/>; throws <see cref="DialplanException"/> for what is neither number nor pattern.</summary>
internal static class NumberPatternReader
{
    public const int MaxLength = 64;

    private const string Literals = "0123456789*#+_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static NumberPattern Extension(string? text)
    {
        string number = Present(text);
        return number[0] == '_' ? Pattern(number, number[1..]) : Number(number);
    }

    /// <summary>The same, for numbers called from outside: what is literal at the head is made E.164, so that <c>_0207946XXXX</c> and <c>_+44207946XXXX</c> are one.</summary>
    public static NumberPattern Inbound(string? text, string homeCountry)
    {
        string number = Present(text);
        if (number[0] == '_') return Pattern(number, GlobalPattern(number[1..], homeCountry));
        if (!PhoneNumber.TryClean(number, out _))
            throw new DialplanException($"'{number}' is not a telephone number", "Write \"+442079460123\" or \"020 7946 0123\"; a pattern begins with _");
        return Literal(number, PhoneNumber.ToE164(number, homeCountry));
    }

    private static string Present(string? text)
    {
        string number = text?.Trim() ?? "";
        if (number.Length is 0 or > MaxLength) throw new DialplanException(number.Length == 0 ? "The number is empty" : $"A number has at most {MaxLength} characters");
        return number;
    }

    private static NumberPattern Number(string text)
    {
        if (text.IndexOfAny(['.', '!', '[']) >= 0 || (text.Any(char.IsAsciiDigit) && text.IndexOfAny(['X', 'Z', 'N']) >= 0))
            throw new DialplanException($"'{text}' looks like a pattern", $"Patterns begin with an underscore: \"_{text}\"");
        if (text is "s" or "i" or "t" or "h")
            throw new DialplanException($"Asterisk's extension '{text}' does not exist here", SpecialInstead(text));
        string number = new([.. text.Where(c => c is not (' ' or '-'))]);
        foreach (char c in number)
            if (!Literals.Contains(c)) throw new DialplanException($"'{c}' cannot be dialled", "Numbers are digits, letters, *, # and +");
        return Literal(text, number);
    }

    private static string SpecialInstead(string text) => text switch
    {
        "s" => "A call from outside goes to Inbound(\"+44...\", handler)",
        "i" => "Numbers nothing matches go to Otherwise(handler)",
        "t" => "call.Menu(...) returns when nothing was pressed in time: use the default: of its switch",
        _ => "When the caller hangs up the handler ends by itself; what must happen then goes into finally { }",
    };

    private static NumberPattern Literal(string text, string number) => new(text, [.. number.Select(One)], 0);

    private static string GlobalPattern(string body, string homeCountry)
    {
        string digits = new([.. body.Where(c => c is not (' ' or '-'))]);
        if (digits.StartsWith("00", StringComparison.Ordinal)) return "+" + digits[2..];
        if (digits.StartsWith('0')) return "+" + homeCountry + digits[1..];
        return digits is ['+' or '.' or '!', ..] ? digits : "+" + digits;
    }

    private static NumberPattern Pattern(string text, string body)
    {
        var slots = new List<UInt128>();
        for (int i = 0; i < body.Length; i++)
        {
            char c = body[i];
            if (c is ' ' or '-') continue;
            if (c is '.' or '!')
            {
                if (i != body.Length - 1) throw new DialplanException($"'{c}' in '{text}' stands before the end", "It means the rest of the number, whatever it is");
                return new(text, [.. slots], c == '.' ? NumberPattern.AnyButNone : NumberPattern.AnyOrNone);
            }
            slots.Add(c switch
            {
                'X' or 'x' => Range('0', '9'),
                'Z' or 'z' => Range('1', '9'),
                'N' or 'n' => Range('2', '9'),
                '[' => Set(text, body, ref i),
                _ when Literals.Contains(c) => One(c),
                _ => throw new DialplanException($"'{c}' means nothing in the pattern '{text}'", "There are digits, X (0-9), Z (1-9), N (2-9), [13-5], . and !"),
            });
        }
        if (slots.Count == 0) throw new DialplanException($"The pattern '{text}' is empty", "Everything else is Otherwise(handler)");
        return new(text, [.. slots], 0);
    }

    private static UInt128 Set(string text, string body, ref int i)
    {
        int end = body.IndexOf(']', i);
        string inside = end < 0 ? "" : body[(i + 1)..end];
        UInt128 set = 0;
        for (int j = 0; j < inside.Length; j++)
        {
            if (j + 2 < inside.Length && inside[j + 1] == '-' && inside[j] <= inside[j + 2] && char.IsAscii(inside[j + 2])) { set |= Range(inside[j], inside[j + 2]); j += 2; }
            else if (Literals.Contains(inside[j])) set |= One(inside[j]);
            else throw new DialplanException($"'[{inside}]' in '{text}' is not a set of digits", "Write [135] or [1-5]");
        }
        if (set == 0) throw new DialplanException($"'[' in '{text}' is not closed, or holds nothing", "Write [135] or [1-5]");
        i = end;
        return set;
    }

    private static UInt128 One(char c) => UInt128.One << c;

    private static UInt128 Range(char from, char to)
    {
        UInt128 set = 0;
        for (char c = from; c <= to; c++) set |= One(c);
        return set;
    }
}
