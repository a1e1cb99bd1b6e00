using System.Collections.Concurrent;
using Mesh.Host.Incidents;
using Mesh.Host.Status.Sampling;

namespace Mesh.Host.Alarms;

/// <summary>Which other sites this one reaches, over IAX2 and for the journal. Told by whoever notices, read by the alarms; any thread.</summary>
/// <param name="own">This site.</param>
/// <param name="others">The other sites of the mesh.</param>
public sealed class SiteRoster(string own, IReadOnlyList<string> others, AlarmOptions options)
{
    private readonly ConcurrentDictionary<string, bool> isDead = new(StringComparer.Ordinal), hasTrouble = new(StringComparer.Ordinal), wasAlive = new(StringComparer.Ordinal);

    /// <summary>Whether some site says already that another is not reached, by its key.</summary>
    public Func<string, bool> IsSeen { get; set; } = static _ => false;

    /// <summary>The other sites that answer and exchange journals: those whose word counts.</summary>
    public IEnumerable<string> Heard => others.Where(s => isDead.TryGetValue(s, out bool dead) && !dead && !hasTrouble.GetValueOrDefault(s));

    public void Set(string site, ServiceState state)
    {
        if (state is ServiceState.Unknown) isDead.TryRemove(site, out _);
        else if (!(isDead[site] = state == ServiceState.Down)) wasAlive[site] = true;
    }

    /// <param name="trouble">Null: the journal is exchanged.</param>
    public void SetJournal(string site, string? trouble) => hasTrouble[site] = trouble is not null;

    public bool IsDead(string site) => isDead.GetValueOrDefault(site);

    /// <summary>
    /// A site that is not reached; when of several none is, it is this one that is cut off, which the others see as well: one thing, one key. A journal that is not exchanged with a site
    /// that answers.
    /// </summary>
    public IEnumerable<AlarmFact> Facts()
    {
        string[] dead = [.. others.Where(IsDead)];
        if (dead.Length == others.Count && others.Count > 1) yield return CutOff(own);
        else
            foreach (string site in dead) yield return CutOff(site);
        foreach (string site in others.Where(s => hasTrouble.GetValueOrDefault(s) && isDead.TryGetValue(s, out bool gone) && !gone))
        {
            string[] pair = [.. new[] { own, site }.Order(StringComparer.Ordinal)];
            yield return new AlarmFact($"journal-{pair[0]}-{pair[1]}", $"Sites {pair[0]} and {pair[1]} do not hear of each other's orders", [], IncidentImpact.None, options.After);
        }
    }

    /// <summary>The key under which all sites know that a site is not reached.</summary>
    public static string KeyOf(string site) => $"site-{site}";

    /// <summary>How long it must not be reached. A mesh comes up one site after another: one never heard of since we started is given time, unless others miss it too.</summary>
    private TimeSpan After(string site) => wasAlive.ContainsKey(site) || IsSeen(KeyOf(site)) || site == own && !wasAlive.IsEmpty ? options.SiteAfter : options.SiteAtStartAfter;

    private AlarmFact CutOff(string site) => new(KeyOf(site), $"Site {site} is not reachable", [KeyOf(site)], IncidentImpact.Major, After(site));
}
