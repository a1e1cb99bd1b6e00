using System.Text.Json;
using Mesh.Host.Admin;
using Mesh.Host.Journal;

namespace Mesh.Host.Sorry.Acme;

/// <summary>
/// The challenges that are answered now, of all sites: the authority asks whichever site a name leads it to. They come through the shared journal, live for minutes, and are only of hosts on
/// this site's list. What is answered is no secret: it says which account asks, and that account shows itself by its key.
/// </summary>
public sealed class ChallengeAnswers : IMetricSource, IDisposable
{
    /// <summary>The kind of the journal's entries; their subject is the host.</summary>
    public const string Kind = "acme-challenge";

    /// <summary>Before the token.</summary>
    public const string Path = "/.well-known/acme-challenge/";

    /// <param name="Token">See <see cref="AcmeChallenge.Token"/>.</param>
    private sealed record Shown(string Token, string Authorization);

    private readonly ISharedJournal journal;
    private readonly HashSet<string> hosts;
    private readonly AcmeOptions options;
    private readonly TimeProvider time;
    private readonly IDisposable observing;
    private readonly Lock gate = new();
    private readonly Dictionary<string, (string Authorization, DateTimeOffset Until)> live = new(StringComparer.Ordinal);
    private long answered, unknown;

    public ChallengeAnswers(ISharedJournal journal, IEnumerable<string> hosts, AcmeOptions options, TimeProvider time)
    {
        (this.journal, this.options, this.time) = (journal, options, time);
        this.hosts = hosts.ToHashSet(StringComparer.Ordinal);
        observing = journal.Observe(Take);
        var now = time.GetUtcNow();
        foreach (var entry in journal.Read(Kind))
            if (entry.At > now - options.ChallengeLife) Take(entry);
    }

    /// <summary>Answered here from now on, at the other sites as soon as they have the entry that is returned.</summary>
    /// <exception cref="JournalException">The journal did not take it.</exception>
    public Task<JournalEntry> ShowAsync(string host, string token, string authorization, CancellationToken cancelled) =>
        journal.AppendAsync(Kind, host, "acme", "", JsonSerializer.SerializeToElement(new Shown(token, authorization), JsonSerializerOptions.Web), cancelled);

    /// <summary>The key authorization to answer a request with; null: it is no challenge of ours, or over.</summary>
    /// <param name="host">In its one spelling. Any host of the list will do: a web server of another may send the authority on to it.</param>
    public string? Find(string host, string path)
    {
        if (!path.StartsWith(Path, StringComparison.Ordinal)) return null;
        lock (gate)
        {
            if (hosts.Contains(host) && live.TryGetValue(path[Path.Length..], out var shown) && time.GetUtcNow() < shown.Until)
            {
                answered++;
                return shown.Authorization;
            }
            unknown++;
            return null;
        }
    }

    public void Write(MetricWriter writer)
    {
        lock (gate)
        {
            const string Help = "Requests for answers of ACME HTTP-01.";
            writer.Counter("mesh_sorry_acme_challenges_total", Help, answered, ("outcome", "answered"));
            writer.Counter("mesh_sorry_acme_challenges_total", Help, unknown, ("outcome", "unknown"));
        }
    }

    public void Dispose() => observing.Dispose();

    private void Take(JournalEntry entry)
    {
        if (entry.Kind != Kind || !hosts.Contains(entry.Subject) || Read(entry) is not { } shown) return;
        var now = time.GetUtcNow();
        var from = entry.At < now ? entry.At : now;
        lock (gate)
        {
            foreach (var (token, _) in live.Where(l => l.Value.Until <= now).ToList()) live.Remove(token);
            if (live.Count >= options.Challenges && !live.ContainsKey(shown.Token)) live.Remove(live.MinBy(static l => l.Value.Until).Key);
            live[shown.Token] = (shown.Authorization, from + options.ChallengeLife);
        }
    }

    private static Shown? Read(JournalEntry entry)
    {
        try
        {
            return entry.Body.Deserialize<Shown>(JsonSerializerOptions.Web) is { Token: { } token, Authorization: { } answer } shown && AcmeChallenge.IsToken(token)
                && answer.StartsWith(token + ".", StringComparison.Ordinal) && AcmeChallenge.IsToken(answer[(token.Length + 1)..]) ? shown : null;
        }
        catch (JsonException) { return null; }
    }
}
