using System.Globalization;

namespace Mesh.Host.IaxTester.Commands;

/// <summary>Times as people write them: <c>250ms</c>, <c>2s</c>, <c>1.5s</c>, <c>3m</c>.</summary>
public static class DurationText
{
    public const string Expected = "a time with its unit is expected, as in 250ms, 2s or 3m";

    private static readonly (string Unit, double Ms)[] Units = [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000)];

    public static bool TryParse(string text, out int milliseconds)
    {
        milliseconds = 0;
        foreach (var (unit, ms) in Units)
        {
            if (!text.EndsWith(unit, StringComparison.Ordinal)) continue;
            if (!double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)) continue;
            if (number * ms is < 0 or > 86_400_000) return false;
            milliseconds = (int)Math.Round(number * ms);
            return true;
        }
        return false;
    }
}
