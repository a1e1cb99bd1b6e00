using System.Globalization;

namespace Mesh.Dialplan.Language;

/// <summary>Days a plan's hours leave out: one day, a run of days, or a day of every year.</summary>
internal readonly record struct ClosedDays(DateOnly First, DateOnly Last, bool EveryYear)
{
    // A leap year, so that the 29th of February can be written without a year.
    private const int AnyYear = 2000;

    public bool Contains(DateOnly day) =>
        EveryYear ? day.Month == First.Month && day.Day == First.Day : day >= First && day <= Last;

    public static ClosedDays Parse(string text)
    {
        string[] ends = text.Split("..", 2);
        if (ends.Length == 1 && TryDate($"{AnyYear}-{text}", out var anniversary)) return new(anniversary, anniversary, true);
        if (TryDate(ends[0], out var first) && TryDate(ends[^1], out var last) && first <= last) return new(first, last, false);
        throw new DialplanException($"'{text}' is not a day", "Write \"2026-12-25\", \"12-25\" for every year, or \"2026-12-24..2027-01-01\"");
    }

    private static bool TryDate(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
