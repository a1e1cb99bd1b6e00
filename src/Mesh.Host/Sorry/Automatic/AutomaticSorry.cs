using Mesh.Host.Alarms;
using Mesh.Host.Config.Model;
using Mesh.Host.Incidents;
using Mesh.Host.Journal;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Sorry.Automatic;

/// <summary>
/// Switches to sorry what belongs to a site that is gone, at this site and for what reaches this site, and back when it lives again. It is gone when this site does not reach it and every
/// other site it hears of agrees; whatever a person orders goes before it. Each switch is an entry of the journal, so that everybody can read who switched what and why.
/// </summary>
public sealed class AutomaticSorry(ISharedJournal journal, Func<SorryBoard> board, string site, IReadOnlyList<SorryAutomaticConfig> configured, SiteRoster roster, AlarmDrafts drafts, AlarmOptions options)
{
    /// <summary>Senders of mail give up after four to five days; what is told to wait without a person knowing ends before.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromDays(4);

    private readonly AlarmBoard gone = new(options);

    /// <summary>One look. One caller at a time.</summary>
    /// <param name="elapsed">Of a monotonic clock.</param>
    /// <param name="mayClear">False while this site has not looked for long enough to say that a site lives.</param>
    /// <exception cref="JournalException">The rest is ordered at the next look.</exception>
    public async Task LookAsync(TimeSpan elapsed, DateTimeOffset now, bool mayClear, CancellationToken cancelled)
    {
        gone.Look(configured.Where(c => c.Site != site && IsGone(c.Site)).Select(c => new AlarmFact(c.Site, "", [], IncidentImpact.None, roster.Heard.Any() ? options.AgreedAfter : options.SiteAfter)), elapsed);
        string[] ordered = [.. board().Automatic.Where(a => a.Site == site).Select(a => a.Gone)];
        foreach (var one in configured.Where(c => gone.Standing.ContainsKey(c.Site) && !ordered.Contains(c.Site))) await OrderAsync(one.Site, On(one, now), "is not reachable", cancelled);
        if (!mayClear) return;
        foreach (string back in ordered.Where(s => !gone.Standing.ContainsKey(s)))
            await OrderAsync(back, new SorryOrder { On = false, Automatic = back }, configured.Any(c => c.Site == back) ? "is reachable again" : "has nothing that is switched", cancelled);
    }

    private bool IsGone(string other) => roster.IsDead(other) && roster.Heard.All(drafts.SeenBy(SiteRoster.KeyOf(other)).Contains);

    private static SorryOrder On(SorryAutomaticConfig config, DateTimeOffset now) => new()
    {
        On = true,
        Automatic = config.Site,
        Message = config.Message,
        Recording = config.Recording,
        Until = now + Wait,
        Targets =
        [
            .. config.Hosts.Select(h => new AutomaticTarget(h, SorryAnswer.Page)),
            .. config.Domains.Select(d => new AutomaticTarget(d, SorryAnswer.Defer)),
            .. config.Numbers.Select(n => new AutomaticTarget(n, SorryAnswer.Announce)),
        ],
    };

    private Task<JournalEntry> OrderAsync(string other, SorryOrder order, string why, CancellationToken cancelled) =>
        journal.AppendAsync(SorryOrder.Kind, SiteRoster.KeyOf(other), site, $"{other} {why}", order.Write(), cancelled);
}
