using Mesh.Host.Incidents;
using Mesh.Host.Journal;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Sorry.Http;

/// <summary>When what is down is thought to be back: the estimates of public incidents, by the hosts, domains and sites they name. Read again only when somebody said something.</summary>
public sealed class IncidentEnds : IDisposable
{
    private readonly ISharedJournal journal;
    private readonly IDisposable observing;
    private volatile IReadOnlyList<(string Service, DateTimeOffset At)> estimates = [];

    public IncidentEnds(ISharedJournal journal)
    {
        this.journal = journal;
        observing = journal.Observe(entry => { if (entry.Kind == IncidentChange.Kind) Read(); });
        Read();
    }

    /// <summary>
    /// The latest estimate, still ahead, of an incident that names the host, a wildcard above it, the switch's target, or the site whose absence switched it. Null: nobody has said.
    /// </summary>
    /// <param name="host">In its one spelling.</param>
    public DateTimeOffset? Of(string host, SorryNotice? notice, DateTimeOffset now)
    {
        DateTimeOffset? latest = null;
        foreach (var (service, at) in estimates)
            if (at > now && (latest is null || at > latest) && Concerns(service, host, notice)) latest = at;
        return latest;
    }

    public void Dispose() => observing.Dispose();

    private static bool Concerns(string service, string host, SorryNotice? notice) =>
        (host.Length > 0 && SorryTarget.Covering(host).Contains(service)) || (notice is not null && (service == notice.Target || (notice.Automatic.Length > 0 && (service == notice.Automatic || service == $"site-{notice.Automatic}"))));

    private void Read() => estimates =
    [
        .. IncidentHistory.Of(journal.Read(IncidentChange.Kind)).Where(static i => i is { IsOpen: true, IsPublic: true, Estimate: not null })
            .SelectMany(static i => i.Services.Select(s => (SorryTarget.Parse(s) ?? s.ToLowerInvariant(), i.Estimate!.Value))),
    ];
}
