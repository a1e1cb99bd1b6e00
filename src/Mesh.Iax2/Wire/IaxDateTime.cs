namespace Mesh.Iax2.Wire;

/// <summary>
/// The element DATETIME (RFC 5456 section 8.6.26): 7 bits of years since 2000, 4 month, 5 day, 5 hour, 6 minute, 5 of seconds halved. We write UTC as the RFC says;
/// what others write is often local time, or nonsense: it may be shown, nothing may rest on it.
/// </summary>
public static class IaxDateTime
{
    /// <summary>False when it names no moment there is.</summary>
    public static bool TryDecode(uint octets, out DateTimeOffset time)
    {
        var (year, month, day) = (2000 + (int)(octets >> 25), (int)(octets >> 21 & 0xF), (int)(octets >> 16 & 0x1F));
        var (hour, minute, second) = ((int)(octets >> 11 & 0x1F), (int)(octets >> 5 & 0x3F), (int)(octets & 0x1F) * 2);
        bool isReal = month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) && hour < 24 && minute < 60 && second < 60;
        time = isReal ? new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero) : default;
        return isReal;
    }

    public static uint Encode(DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        return (uint)((utc.Year - 2000) & 0x7F) << 25 | (uint)utc.Month << 21 | (uint)utc.Day << 16 | (uint)utc.Hour << 11 | (uint)utc.Minute << 5 | (uint)utc.Second / 2;
    }
}
