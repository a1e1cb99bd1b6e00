using System.Collections.Frozen;
using Mesh.Host.Journal;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Sorry.Contents;

/// <summary>Which versions there are: a pure projection of the journal, frozen.</summary>
public sealed class ContentBoard
{
    public static readonly ContentBoard Empty = new([], _ => "");

    private readonly Dictionary<string, List<ContentVersion>> byTarget;
    private readonly FrozenDictionary<string, ContentVersion> bySecret;

    private ContentBoard(Dictionary<string, List<ContentVersion>> byTarget, Func<ContentVersion, string> secret)
    {
        this.byTarget = byTarget;
        bySecret = All.ToFrozenDictionary(secret, StringComparer.Ordinal);
        Ids = All.Select(static v => v.Id).ToFrozenSet(StringComparer.Ordinal);
    }

    public IEnumerable<ContentVersion> All => byTarget.Values.SelectMany(static v => v);

    /// <summary>What is to be on the disk of every site.</summary>
    public FrozenSet<string> Ids { get; }

    /// <summary>Octets on a disk that has all of it.</summary>
    public long Octets => All.DistinctBy(static v => v.Id).Sum(static v => v.Octets);

    /// <summary>Projects entries of kind <c>sorry-content</c>, in the journal's order.</summary>
    /// <param name="secret">The secret of a version's preview.</param>
    public static ContentBoard From(IEnumerable<JournalEntry> entries, Func<ContentVersion, string> secret)
    {
        var targets = new Dictionary<string, List<ContentVersion>>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (ContentAnnouncement.Read(entry.Body) is not { } said || SorryTarget.Parse(entry.Subject) is not { } target) continue;
            if (!targets.TryGetValue(target, out var versions)) targets[target] = versions = [];
            versions.RemoveAll(v => said.Drops.Contains(v.Id) || v.Id == said.Id);
            if (said.Id.Length > 0) versions.Add(new ContentVersion(target, said.Id, said.From, said.Label, said.Files, said.Octets, said.TakenAt ?? entry.At, said.Owner, entry.Who, entry.Site));
        }
        return new ContentBoard(targets, secret);
    }

    /// <summary>Of a target, the newest first.</summary>
    public IReadOnlyList<ContentVersion> Versions(string target) => byTarget.TryGetValue(target, out var versions) ? [.. Enumerable.Reverse(versions)] : [];

    public ContentVersion? BySecret(string secret) => bySecret.GetValueOrDefault(secret);
}
