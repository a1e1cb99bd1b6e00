namespace Mesh.Iax2.Wire;

/// <summary>
/// The element DATETIME (RFC 5456 section 8.6.26): 7 bits of years since 2000, 4 month, 5 day, 5 hour, 6 minute, 5 of seconds halved. We write UTC as the RFC says;
/// what others write is often local time, or nonsense, and is not read.
/// </summary>
public static class IaxDateTime
{
    public static uint Encode(DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        return (uint)((utc.Year - 2000) & 0x7F) << 25 | (uint)utc.Month << 21 | (uint)utc.Day << 16 | (uint)utc.Hour << 11 | (uint)utc.Minute << 5 | (uint)utc.Second / 2;
    }
}
