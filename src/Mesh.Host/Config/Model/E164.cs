namespace Mesh.Host.Config.Model;

/// <summary>Public telephone numbers in one spelling, ITU-T E.164 with its plus. Carriers and people write four: <c>020…</c>, <c>4420…</c>, <c>+4420…</c>, <c>004420…</c>.</summary>
public static class E164
{
    /// <summary>The country that national numbers belong to.</summary>
    public const string HomeCountry = "44";

    /// <summary><c>+</c> and digits when <paramref name="text"/> is a public number in any of its forms; else what was given without blanks and brackets (an extension stays an extension).</summary>
    public static string Normalise(string text, string country = HomeCountry)
    {
        bool plus = text.AsSpan().TrimStart().StartsWith("+");
        Span<char> kept = stackalloc char[Math.Min(text.Length, 32)];
        int n = 0;
        foreach (char c in text)
        {
            if (c is ' ' or '-' or '(' or ')' or '.' || (c == '+' && n == 0)) continue;
            if (!char.IsAsciiDigit(c) || n == kept.Length) return text;
            kept[n++] = c;
        }
        var digits = kept[..n];
        if (plus) return $"+{DropTrunkZero(digits, country)}";
        if (digits.StartsWith("00") && n >= 9) return $"+{DropTrunkZero(digits[2..], country)}";
        if (digits.StartsWith("0") && n >= 9) return $"+{country}{digits[1..]}";
        // Bare 44... is national only from the length a whole number has; shorter ones are extensions.
        if (digits.StartsWith(country) && n >= country.Length + 9) return $"+{digits}";
        return digits.ToString();
    }

    // +44 (0)20 7946 0123, as printed on paper.
    private static string DropTrunkZero(ReadOnlySpan<char> digits, string country) =>
        digits.StartsWith(country) && digits.Length > country.Length && digits[country.Length] == '0' && digits.Length > country.Length + 9
            ? $"{country}{digits[(country.Length + 1)..]}" : digits.ToString();
}
