using System.Globalization;
using Mesh.Host.Status.Incidents;
using Mesh.Host.Status.Sampling;

namespace Mesh.Host.Status.Words;

/// <summary>Everything the status page says, in one language.</summary>
public abstract class StatusWords
{
    /// <summary>The languages there are, the first where a reader knows none of them.</summary>
    public static readonly IReadOnlyList<StatusWords> All = [new EnglishWords(), new GermanWords()];

    /// <summary>ISO 639-1.</summary>
    public abstract string Language { get; }

    /// <summary>In itself.</summary>
    public abstract string LanguageName { get; }

    public abstract string LanguageChoice { get; }
    public abstract string SkipToContent { get; }
    public abstract string Services { get; }
    public abstract string Current { get; }
    public abstract string PlannedWork { get; }
    public abstract string Past { get; }
    public abstract string NoPast { get; }
    public abstract string AllPast { get; }
    public abstract string Overview { get; }
    public abstract string Feed { get; }
    public abstract string Stale { get; }
    public abstract string OpenForLong { get; }
    public abstract string NeverUpdated { get; }
    public abstract string LastUpdated { get; }
    public abstract string Timeline { get; }
    public abstract string Affects { get; }
    public abstract string Expected { get; }
    public abstract string NotFound { get; }
    public abstract string NotFoundText { get; }
    public abstract string Day { get; }
    public abstract string NinetyDaysAgo { get; }
    public abstract string Today { get; }
    public abstract string NothingKnown { get; }
    public abstract string Legend { get; }

    public abstract string Title(string name);
    public abstract string Sentence(Verdict verdict);
    public abstract string Service(ServiceReading reading, string site);
    public abstract string State(ServiceState state);
    public abstract string Phase(IncidentPhase phase);
    public abstract string Impact(IncidentImpact impact);
    public abstract string Uptime(string percent);
    public abstract string BarText(int bad, int known);
    public abstract string Between(string from, string until);
    public abstract string Date(DateOnly day);
    public abstract string Month(int year, int month);

    protected abstract char DecimalMark { get; }

    /// <summary>A date and a time of day, UTC.</summary>
    public string Moment(DateTimeOffset at) => $"{Date(DateOnly.FromDateTime(at.UtcDateTime))}, {at.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture)} UTC";

    /// <summary>With two decimals, never rounded up: 99.999 % is not 100.</summary>
    public string Percent(double share) => (Math.Floor(share * 10_000) / 100).ToString("0.00", CultureInfo.InvariantCulture).Replace('.', DecimalMark) + " %";

    public string Minutes(TimeSpan time) => ((long)Math.Ceiling(time.TotalMinutes)).ToString(CultureInfo.InvariantCulture);
}
