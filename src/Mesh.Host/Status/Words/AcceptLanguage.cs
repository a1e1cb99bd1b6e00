using System.Globalization;

namespace Mesh.Host.Status.Words;

/// <summary>Chooses among our languages by Accept-Language, RFC 9110 section 12.5.4, with the basic filtering of RFC 4647 section 3.3.1.</summary>
public static class AcceptLanguage
{
    /// <summary>Ranges of a header that are looked at.</summary>
    public const int MaxRanges = 30;

    public static StatusWords Choose(string? header)
    {
        var best = StatusWords.All[0];
        double weight = 0;
        foreach (string range in (header ?? "").Split(',').Take(MaxRanges))
        {
            var parts = range.Split(';');
            double quality = Quality(parts);
            if (quality <= weight) continue;
            string tag = parts[0].Trim();
            var match = tag == "*" ? StatusWords.All[0]
                : StatusWords.All.FirstOrDefault(w => tag.Equals(w.Language, StringComparison.OrdinalIgnoreCase) || tag.StartsWith(w.Language + "-", StringComparison.OrdinalIgnoreCase));
            if (match is null) continue;
            (best, weight) = (match, quality);
        }
        return best;
    }

    private static double Quality(string[] parts)
    {
        foreach (string parameter in parts.Skip(1))
            if (parameter.Trim() is ['q' or 'Q', '=', .. var text])
                return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double q) && q is >= 0 and <= 1 ? q : 0;
        return 1;
    }
}
