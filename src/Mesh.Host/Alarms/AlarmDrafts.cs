using System.Globalization;
using Mesh.Host.Incidents;
using Mesh.Host.Journal;

namespace Mesh.Host.Alarms;

/// <summary>
/// Turns the alarms a site stands by into drafts of incidents. Each site says in the shared journal what it sees itself and takes back only that; the id of a draft follows from the alarm's
/// key and from how many there were, so that sites that draft at the same moment, or on two sides of a split, have drafted one.
/// </summary>
public sealed class AlarmDrafts : IDisposable
{
    private readonly ISharedJournal journal;
    private readonly string site;
    private readonly AlarmOptions options;
    private readonly IDisposable observing;
    private volatile bool isStale = true;
    private volatile IReadOnlyList<Incident> drafted = [];

    public AlarmDrafts(ISharedJournal journal, string site, AlarmOptions options)
    {
        (this.journal, this.site, this.options) = (journal, site, options);
        observing = journal.Observe(entry => { if (entry.Kind == IncidentChange.Kind) isStale = true; });
    }

    /// <summary>The sites that say they see it now.</summary>
    public IReadOnlyList<string> SeenBy(string key) => Latest(key)?.SeenBy ?? [];

    /// <summary>Says what is new. One caller at a time.</summary>
    /// <param name="standing">By key.</param>
    /// <param name="mayClear">False while this site has not looked for long enough to say that something is over.</param>
    /// <exception cref="JournalException">The rest is said at the next look.</exception>
    public async Task SayAsync(IReadOnlyDictionary<string, AlarmFact> standing, bool mayClear, DateTimeOffset now, CancellationToken cancelled)
    {
        foreach (var fact in standing.Values)
            if (!SeenBy(fact.Key).Contains(site)) await SeeAsync(fact, now, cancelled);
        if (!mayClear) return;
        foreach (var over in Drafted().Where(i => i.SeenBy.Contains(site) && !standing.ContainsKey(i.Alarm)).ToList())
            await journal.AppendAsync(IncidentChange.Kind, over.Id, site, "", new IncidentChange(false, null, $"{site} sees it no more") { Alarm = over.Alarm, Sees = false }.ToBody(), cancelled);
    }

    public void Dispose() => observing.Dispose();

    private Task<JournalEntry> SeeAsync(AlarmFact fact, DateTimeOffset now, CancellationToken cancelled)
    {
        var latest = Latest(fact.Key);
        bool isSame = latest is not null && IsSame(latest, now);
        string id = isSame ? latest!.Id : string.Create(CultureInfo.InvariantCulture, $"{fact.Key}-{Ordinal(latest, fact.Key) + 1}");
        var seen = new IncidentChange(!isSame, isSame ? null : IncidentState.Draft, $"seen by {site}") { Alarm = fact.Key, Sees = true };
        return journal.AppendAsync(IncidentChange.Kind, id, site, "", (isSame ? seen : seen with { Title = fact.Title, Services = fact.Services, Impact = fact.Impact }).ToBody(), cancelled);
    }

    /// <summary>Somebody still sees it, or it is only just over and no person has closed it: the same again.</summary>
    private bool IsSame(Incident latest, DateTimeOffset now) =>
        latest.SeenBy.Count > 0 || ((latest.IsOpen || latest.IsClosedByAlarm) && latest.RecoveredAt is { } recovered && now - recovered < options.Flapping);

    private Incident? Latest(string key) => Drafted().Where(i => i.Alarm == key).MaxBy(i => Ordinal(i, key));

    private static int Ordinal(Incident? incident, string key) =>
        incident is not null && incident.Id.Length > key.Length + 1 && int.TryParse(incident.Id.AsSpan(key.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int ordinal) ? ordinal : 0;

    // Read again only when something was said: a look costs nothing else.
    private IReadOnlyList<Incident> Drafted()
    {
        if (!isStale) return drafted;
        isStale = false;
        return drafted = [.. IncidentHistory.Of(journal.Read(IncidentChange.Kind)).Where(static i => i.Alarm.Length > 0)];
    }
}
