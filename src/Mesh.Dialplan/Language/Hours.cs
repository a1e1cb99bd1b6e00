namespace Mesh.Dialplan.Language;

/// <summary>
/// Opening hours: <c>Hours.Weekdays("09:00-17:30").On(Saturday, "10:00-13:00").Except("12-25").In("Europe/London")</c>. Immutable; each word returns new hours.
/// Ranges are local wall-clock time of the zone, so they follow summer time. One over midnight (<c>22:00-06:00</c>) belongs to the day it begins on.
/// </summary>
public sealed class Hours
{
    private readonly IReadOnlyList<(DayOfWeek Day, HourRange Range)> open;
    private readonly IReadOnlyList<ClosedDays> closed;
    private readonly TimeZoneInfo zone;

    private Hours(IReadOnlyList<(DayOfWeek, HourRange)> open, IReadOnlyList<ClosedDays> closed, TimeZoneInfo zone) =>
        (this.open, this.closed, this.zone) = (open, closed, zone);

    /// <summary>No hours at all yet, in <paramref name="zone"/>: what <c>Hours</c> means at the head of a plan's expression.</summary>
    public static Hours None(TimeZoneInfo zone) => new([], [], zone);

    /// <summary>Monday to Friday, in these ranges (the whole day when none is given).</summary>
    public Hours Weekdays(params string[] ranges) =>
        On([DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday], ranges);

    /// <summary>Saturday and Sunday.</summary>
    public Hours Weekends(params string[] ranges) => On([DayOfWeek.Saturday, DayOfWeek.Sunday], ranges);

    /// <summary>Every day.</summary>
    public Hours Daily(params string[] ranges) => Weekdays(ranges).Weekends(ranges);

    /// <summary>One day of the week.</summary>
    public Hours On(DayOfWeek day, params string[] ranges) => On([day], ranges);

    /// <summary>Several days of the week: <c>Hours.On([Monday, Friday], "09:00-12:00")</c>.</summary>
    public Hours On(IEnumerable<DayOfWeek> days, params string[] ranges)
    {
        HourRange[] parsed = ranges.Length == 0 ? [HourRange.WholeDay] : [.. ranges.Select(HourRange.Parse)];
        return new([.. open, .. days.SelectMany(day => parsed.Select(range => (day, range)))], closed, zone);
    }

    /// <summary>Days that are closed whatever the week says: <c>"2026-12-25"</c>, <c>"12-25"</c> (every year), <c>"2026-12-24..2027-01-01"</c>.</summary>
    public Hours Except(params string[] days) => new(open, [.. closed, .. days.Select(ClosedDays.Parse)], zone);

    /// <summary>The time zone by its IANA name. Throws <see cref="DialplanException"/> when the system does not know it.</summary>
    public Hours In(string zoneName) => new(open, closed, TimeZones.Find(zoneName));

    /// <summary>Whether it is open at that moment.</summary>
    public bool Contains(DateTimeOffset moment)
    {
        var local = TimeZoneInfo.ConvertTime(moment, zone).DateTime;
        var today = DateOnly.FromDateTime(local);
        var now = local.TimeOfDay;
        return IsOpen(today, now) || IsOpen(today.AddDays(-1), now + TimeSpan.FromDays(1));
    }

    /// <summary><paramref name="time"/> counts from midnight of <paramref name="day"/> and passes 24 hours after a range over midnight.</summary>
    private bool IsOpen(DateOnly day, TimeSpan time)
    {
        foreach (var (weekday, range) in open)
            if (weekday == day.DayOfWeek && range.Contains(time) && !IsClosed(day)) return true;
        return false;
    }

    private bool IsClosed(DateOnly day)
    {
        foreach (var days in closed) if (days.Contains(day)) return true;
        return false;
    }
}
