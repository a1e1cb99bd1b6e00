using Mesh.Host.Journal;

namespace Mesh.Host.Sorry.Switches;

/// <summary>
/// Which switches are on: a pure projection of the journal, frozen. The last entry about a target and channel decides. What a site switched by itself is in force at that site only, and
/// gives way to whatever a person ordered that covers the target.
/// </summary>
public sealed class SorryBoard
{
    public static readonly SorryBoard Empty = new([], [], [], 0);

    private readonly Dictionary<(SorryChannel, string), SorryNotice> notices, own;

    private SorryBoard(Dictionary<(SorryChannel, string), SorryNotice> notices, Dictionary<(SorryChannel, string), SorryNotice> own, IReadOnlyList<AutomaticOrder> automatic, int unreadable)
    {
        (this.notices, this.own, Automatic, Unreadable) = (notices, own, automatic, unreadable);
        HasPhone = notices.Keys.Concat(own.Keys).Any(k => k.Item1 == SorryChannel.Phone);
    }

    /// <summary>Entries that say nothing this version understands, passed over.</summary>
    public int Unreadable { get; }

    /// <summary>All that people switched on and not off, in force or not, by target.</summary>
    public IEnumerable<SorryNotice> Notices => Sorted(notices.Values);

    /// <summary>What sites switched by themselves and have not yet taken back, this one's and others'.</summary>
    public IReadOnlyList<AutomaticOrder> Automatic { get; }

    /// <summary>All that may answer at this site.</summary>
    public IEnumerable<SorryNotice> InForceHere => Sorted(notices.Values.Concat(own.Values));

    public int Count => notices.Count;

    /// <summary>False when no call can be switched: the usual case, known without looking further.</summary>
    public bool HasPhone { get; }

    /// <summary>Projects entries of kind <c>sorry</c>, in the journal's order.</summary>
    /// <param name="site">Whose own switches are in force.</param>
    public static SorryBoard From(IEnumerable<JournalEntry> entries, string site)
    {
        var notices = new Dictionary<(SorryChannel, string), SorryNotice>();
        var automatic = new Dictionary<(string Site, string Gone), AutomaticOrder>();
        var ordered = new Dictionary<(SorryChannel, string), DateTimeOffset>();
        int unreadable = 0;
        foreach (var entry in entries)
        {
            if (SorryOrder.Read(entry.Body) is not { } order || (order.Automatic is null && SorryTarget.Parse(entry.Subject) is null)) unreadable++;
            else if (order.Automatic is { } gone) Take(automatic, entry, order, gone);
            else
            {
                string target = SorryTarget.Parse(entry.Subject)!;
                foreach (var channel in order.On ? order.Answers.Select(a => a.Channel()) : order.Channels) ordered[(channel, target)] = entry.At;
                Take(notices, entry, order, target);
            }
        }
        // Whoever said something of a target since a site switched it by itself knows better.
        var own = automatic.Values.Where(a => a.Site == site).SelectMany(a => a.Notices)
            .Where(n => !(ordered.TryGetValue((n.Channel, n.Target), out var at) && at >= n.From))
            .GroupBy(n => (n.Channel, n.Target)).ToDictionary(g => g.Key, g => g.First());
        return new SorryBoard(notices, own, [.. automatic.Values.OrderBy(a => a.Gone, StringComparer.Ordinal).ThenBy(a => a.Site, StringComparer.Ordinal)], unreadable);
    }

    /// <summary>What is answered for <paramref name="host"/> (lower case) at <paramref name="now"/>: the most specific switch in force. Null: none.</summary>
    public SorryNotice? Find(SorryChannel channel, string host, DateTimeOffset now) => Find(channel, SorryTarget.Covering(host), now);

    /// <summary>What a call hears that comes in for <paramref name="number"/> (E.164) through <paramref name="trunk"/>: the number's switch, else the trunk's, else that of everything. Null: none.</summary>
    public SorryNotice? FindCall(string number, string trunk, DateTimeOffset now) => Find(SorryChannel.Phone, [number, trunk.ToLowerInvariant(), SorryTarget.Everything], now);

    /// <summary>The one answer that is given whatever the host; null when some host may have another.</summary>
    public SorryNotice? OnlyAnswer(SorryChannel channel, DateTimeOffset now)
    {
        SorryNotice? only = null;
        foreach (var notice in notices.Values)
        {
            if (notice.Channel != channel || !notice.InForce(now)) continue;
            if (notice.Target != SorryTarget.Everything) return null;
            only = notice;
        }
        return only;
    }

    public SorryNotice? At(SorryChannel channel, string target) => notices.GetValueOrDefault((channel, target));

    /// <summary>Whether what this site switched by itself answers here: no person has ordered otherwise.</summary>
    public bool IsOwn(SorryNotice notice) => own.GetValueOrDefault((notice.Channel, notice.Target)) == notice;

    private SorryNotice? Find(SorryChannel channel, IEnumerable<string> targets, DateTimeOffset now)
    {
        foreach (var layer in (Dictionary<(SorryChannel, string), SorryNotice>[])[notices, own])
        {
            if (layer.Count == 0) continue;
            foreach (var target in targets)
                if (layer.TryGetValue((channel, target), out var notice) && notice.InForce(now)) return notice;
        }
        return null;
    }

    private static void Take(Dictionary<(SorryChannel, string), SorryNotice> notices, JournalEntry entry, SorryOrder order, string target)
    {
        if (!order.On)
            foreach (var channel in order.Channels) notices.Remove((channel, target));
        else
            foreach (var answer in order.Answers)
            {
                var key = (answer.Channel(), target);
                var from = order.From ?? entry.At;
                notices[key] = new SorryNotice(target, answer, order.Location, order.Message, Since(notices.GetValueOrDefault(key), answer, from), from, order.Until, entry.Who, entry.Why, entry.Site)
                {
                    Content = order.Content ?? "", Customer = order.Customer ?? "", Recording = order.Recording,
                };
            }
    }

    private static void Take(Dictionary<(string, string), AutomaticOrder> automatic, JournalEntry entry, SorryOrder order, string gone)
    {
        if (!order.On) automatic.Remove((entry.Site, gone));
        else
            automatic[(entry.Site, gone)] = new AutomaticOrder(entry.Site, gone, [.. order.Targets.Select(t => (Target: SorryTarget.Parse(t.Target), t.Answer)).Where(t => t.Target is not null)
                .Select(t => new SorryNotice(t.Target!, t.Answer, "", order.Message, entry.At, entry.At, t.Answer.IsSoft() ? order.Until : null, entry.Who, entry.Why, entry.Site) { Recording = order.Recording, Automatic = gone })]);
    }

    private static IEnumerable<SorryNotice> Sorted(IEnumerable<SorryNotice> all) => all.OrderBy(n => n.Target, StringComparer.Ordinal).ThenBy(n => n.Channel);

    // A soft answer that is renewed before its end goes on: senders have been waiting since it began.
    private static DateTimeOffset Since(SorryNotice? before, SorryAnswer answer, DateTimeOffset from) =>
        before is not null && before.Answer.IsSoft() && answer.IsSoft() && (before.Until is not { } until || from <= until) && before.Since < from ? before.Since : from;
}

/// <summary>What one site switched by itself because another was gone.</summary>
public sealed record AutomaticOrder(string Site, string Gone, IReadOnlyList<SorryNotice> Notices);
