using System.Globalization;
using Mesh.Host.Config.Scalars;

namespace Mesh.Host.Sorry.Switches;

/// <summary>When a switch begins or ends, as people write it: a time (UTC where nothing is said) or a duration from now.</summary>
public static class SorryTime
{
    private static readonly Scalar<TimeSpan> Within = Numbers.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromDays(365));

    /// <summary>False when it is neither. Nothing written is no time.</summary>
    public static bool TryRead(string? text, TimeProvider time, out DateTimeOffset? at)
    {
        at = null;
        if (text is null) return true;
        if (Within.TryRead(text, out var within)) at = time.GetUtcNow() + within;
        else if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var given)) at = given;
        return at is not null;
    }
}
