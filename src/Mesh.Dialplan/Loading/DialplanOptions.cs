namespace Mesh.Dialplan.Loading;

/// <summary>How plans are loaded, and the limits a plan is refused at.</summary>
public sealed record DialplanOptions
{
    /// <summary>The country whose national numbers <c>Inbound("020...")</c> means, without plus.</summary>
    public string HomeCountry { get; init; } = "44";

    /// <summary>The zone of hours that name none; the same for all sites, wherever they stand. Europe/London, or UTC on a system without time zones.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.TryFindSystemTimeZoneById("Europe/London", out var london) ? london : TimeZoneInfo.Utc;

    /// <summary>How long a plan's top level may run.</summary>
    public TimeSpan TopLevelBudget { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Rounds of loops and entries into functions a plan's top level may take.</summary>
    public long TopLevelSteps { get; init; } = 5_000_000;

    public int MaxFiles { get; init; } = 256;

    /// <summary>Characters in all files of a plan together.</summary>
    public int MaxSourceLength { get; init; } = 4_000_000;

    /// <summary>Numbers and patterns, dialled and called from outside.</summary>
    public int MaxEntries { get; init; } = 50_000;

    /// <summary>Errors reported at once; the rest is counted in the last.</summary>
    public int MaxErrors { get; init; } = 100;
}
