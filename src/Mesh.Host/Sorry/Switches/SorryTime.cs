using System.Globalization;
using Mesh.Host.Config.Scalars;

namespace Mesh.Host.Sorry.Switches;

/// <summary>A moment as a person gives it: <c>2026-03-02T14:00Z</c>, UTC unless it says otherwise, or <c>2h</c> from now.</summary>
public static class SorryTime
{
    private static readonly Scalar<TimeSpan> Within = Numbers.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromDays(365));

    /// <summary>False when it is none; nothing given is null.</summary>
    public static bool TryRead(string? text, TimeProvider time, out DateTimeOffset? at)
    {
        at = null;
        if (text is null) return true;
        if (Within.TryRead(text, out var within)) at = time.GetUtcNow() + within;
        else if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var given)) at = given;
        return at is not null;
    }
}
