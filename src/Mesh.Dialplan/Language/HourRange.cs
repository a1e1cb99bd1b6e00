using System.Globalization;

namespace Mesh.Dialplan.Language;

/// <summary>A range of a day's wall-clock time, from <paramref name="From"/> up to and without <paramref name="To"/>; <paramref name="To"/> is past 24 hours where it runs over midnight.</summary>
internal readonly record struct HourRange(TimeSpan From, TimeSpan To)
{
    public static readonly HourRange WholeDay = new(TimeSpan.Zero, TimeSpan.FromDays(1));

    public bool Contains(TimeSpan time) => time >= From && time < To;

    /// <summary>Reads <c>09:00-17:30</c>, <c>9-17</c>, <c>22:00-06:00</c>, <c>00:00-24:00</c>. Throws <see cref="DialplanException"/> for anything else.</summary>
    public static HourRange Parse(string text)
    {
        string[] ends = text.Split('-');
        if (ends.Length != 2 || !TryTime(ends[0], out var from) || !TryTime(ends[1], out var to) || from >= TimeSpan.FromDays(1))
            throw new DialplanException($"'{text}' is not a range of hours", "Write \"09:00-17:30\"; over midnight \"22:00-06:00\"");
        if (from == to) throw new DialplanException($"'{text}' begins when it ends", "The whole day is \"00:00-24:00\"");
        return new(from, to < from ? to + TimeSpan.FromDays(1) : to);
    }

    private static bool TryTime(string text, out TimeSpan time)
    {
        time = default;
        string[] parts = text.Trim().Split(':');
        if (parts.Length > 2 || !TryNumber(parts[0], 24, out int hour)) return false;
        int minute = 0;
        if (parts.Length == 2 && (parts[1].Length != 2 || !TryNumber(parts[1], 59, out minute))) return false;
        time = new TimeSpan(hour, minute, 0);
        return time <= TimeSpan.FromDays(1);
    }

    private static bool TryNumber(string text, int most, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= most && text.Length <= 2;
}
