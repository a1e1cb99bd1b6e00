namespace Mesh.Host.Alarms;

/// <summary>How one thing amiss stands: pure, so that every case can be tried.</summary>
/// <param name="IsRaised">It is an alarm.</param>
/// <param name="Since">Since when it has been, without a break, the opposite of <paramref name="IsRaised"/>; null: it is not.</param>
/// <param name="ClearedAt">When it was last over.</param>
/// <param name="Returns">How often it came back too soon.</param>
public readonly record struct AlarmPhase(bool IsRaised, TimeSpan? Since, TimeSpan? ClearedAt, int Returns)
{
    /// <summary>One look. Times are of one monotonic clock.</summary>
    public AlarmPhase Step(bool isAmiss, TimeSpan now, TimeSpan after, AlarmOptions options)
    {
        if (isAmiss == IsRaised) return this with { Since = null };
        var since = Since ?? now;
        if (now - since < (IsRaised ? ClearAfter(options) : after)) return this with { Since = since };
        if (IsRaised) return new AlarmPhase(false, null, now, Returns);
        return new AlarmPhase(true, null, ClearedAt, ClearedAt is { } cleared && now - cleared < options.Flapping ? Returns + 1 : 0);
    }

    /// <summary>Nothing would be lost if it were forgotten.</summary>
    public bool IsQuiet(TimeSpan now, AlarmOptions options) => !IsRaised && Since is null && (ClearedAt is not { } cleared || now - cleared >= options.Flapping);

    private TimeSpan ClearAfter(AlarmOptions options)
    {
        var doubled = options.ClearAfter * Math.Pow(2, Math.Min(Returns, 20));
        return doubled < options.Flapping ? doubled : options.ClearAfter > options.Flapping ? options.ClearAfter : options.Flapping;
    }
}
