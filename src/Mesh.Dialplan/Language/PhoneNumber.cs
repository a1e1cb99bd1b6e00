namespace Mesh.Dialplan.Language;

/// <summary>Telephone numbers as people and carriers write them.</summary>
public static class PhoneNumber
{
    /// <summary>Digits a number may have: E.164 has 15, and prefixes come on top.</summary>
    public const int MaxDigits = 32;

    /// <summary>Takes out spaces, hyphens, dots and brackets; false when what is left is not digits, *, # and a leading +.</summary>
    public static bool TryClean(string text, out string number)
    {
        Span<char> kept = stackalloc char[MaxDigits];
        int length = 0;
        number = "";
        foreach (char c in text)
        {
            if (c is ' ' or '-' or '.' or '(' or ')' or '/' or '\u00a0') continue;
            if (!(char.IsAsciiDigit(c) || c is '*' or '#' || (c == '+' && length == 0)) || length == MaxDigits) return false;
            kept[length++] = c;
        }
        number = kept[..length].ToString();
        return length > 0 && number != "+";
    }

    /// <summary>
    /// E.164 with its plus (RFC 3966 global number): <c>020 7946 0123</c>, <c>442079460123</c>, <c>00442079460123</c> and <c>+442079460123</c> are one number where
    /// <paramref name="homeCountry"/> is 44. Anything that begins with none of these (a short code) stays as it is.
    /// </summary>
    public static string ToE164(string text, string homeCountry)
    {
        string number = TryClean(text, out string clean) ? clean : text;
        if (number.StartsWith('+')) return TrunkZero(number, homeCountry);
        if (number.StartsWith("00", StringComparison.Ordinal)) return TrunkZero("+" + number[2..], homeCountry);
        if (number.StartsWith('0') && number.Length > 1) return $"+{homeCountry}{number[1..]}";
        return number.StartsWith(homeCountry, StringComparison.Ordinal) && number.Length >= homeCountry.Length + 7 ? TrunkZero("+" + number, homeCountry) : number;
    }

    /// <summary><c>+44 (0)20 7946 0123</c>: the zero in brackets is dialled inside the country only.</summary>
    private static string TrunkZero(string global, string homeCountry) =>
        global.StartsWith($"+{homeCountry}0", StringComparison.Ordinal) ? string.Concat(global.AsSpan(0, homeCountry.Length + 1), global.AsSpan(homeCountry.Length + 2)) : global;
}
