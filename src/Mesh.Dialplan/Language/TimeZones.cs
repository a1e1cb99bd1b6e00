namespace Mesh.Dialplan.Language;

/// <summary>Time zones by their IANA names, from the system's own tables.</summary>
internal static class TimeZones
{
    /// <summary>Throws <see cref="DialplanException"/>, with the nearest known name, when the system does not know it.</summary>
    public static TimeZoneInfo Find(string name)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)) return zone;
        var near = NearestName.Of(name, TimeZoneInfo.GetSystemTimeZones().Select(known => known.Id));
        throw new DialplanException($"This system knows no time zone '{name}'", near is null ? "Write it as \"Europe/London\"" : $"Did you mean {near}?");
    }
}
