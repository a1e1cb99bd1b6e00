using System.Globalization;

namespace Mesh.Host.Config.Scalars;

/// <summary>Counts and durations.</summary>
public static class Numbers
{
    /// <summary>A whole number in [<paramref name="min"/>, <paramref name="max"/>].</summary>
    public static Scalar<int> Count(int min, int max) => new($"a whole number from {min} to {max}", Math.Max(min, Math.Min(max, 10)).ToString(CultureInfo.InvariantCulture), "^[0-9]+$",
        (string text, out int value, out string why) =>
        {
            why = "";
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= min && value <= max;
        });

    /// <summary>A number and its unit: <c>500ms</c>, <c>25s</c>, <c>2m</c>, <c>1h</c>.</summary>
    public static Scalar<TimeSpan> Duration(TimeSpan min, TimeSpan max) => new("a duration", "25s", "^[0-9]+(ms|s|m|h)$",
        (string text, out TimeSpan value, out string why) =>
        {
            value = default;
            why = "a number and its unit: ms, s, m or h";
            int digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
            if (digits <= 0 || !long.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out long amount) || amount > 1_000_000_000) return false;
            long unitMs = text[digits..] switch { "ms" => 1, "s" => 1_000, "m" => 60_000, "h" => 3_600_000, _ => 0 };
            if (unitMs == 0) return false;
            value = TimeSpan.FromMilliseconds(amount * (double)unitMs);
            why = $"it must be from {Spelling(min)} to {Spelling(max)}";
            return value >= min && value <= max;
        });

    /// <summary>As an operator would write it.</summary>
    public static string Spelling(TimeSpan duration) => duration switch
    {
        { Ticks: 0 } => "0s",
        _ when duration.TotalMilliseconds % 1000 != 0 => $"{duration.TotalMilliseconds:0}ms",
        _ when duration.TotalSeconds % 60 != 0 => $"{duration.TotalSeconds:0}s",
        _ when duration.TotalMinutes % 60 != 0 => $"{duration.TotalMinutes:0}m",
        _ => $"{duration.TotalHours:0}h",
    };
}
