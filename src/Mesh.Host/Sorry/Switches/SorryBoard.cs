using Mesh.Host.Journal;

namespace Mesh.Host.Sorry.Switches;

/// <summary>Which switches are on: a pure projection of the journal, frozen. The last entry about a target and channel decides.</summary>
public sealed class SorryBoard
{
    public static readonly SorryBoard Empty = new([], 0);

    private readonly Dictionary<(SorryChannel, string), SorryNotice> notices;

    private SorryBoard(Dictionary<(SorryChannel, string), SorryNotice> notices, int unreadable) => (this.notices, Unreadable) = (notices, unreadable);

    /// <summary>Entries that say nothing this version understands, passed over.</summary>
    public int Unreadable { get; }

    /// <summary>All that were switched on and not off, in force or not, by target.</summary>
    public IEnumerable<SorryNotice> Notices => notices.Values.OrderBy(n => n.Target, StringComparer.Ordinal).ThenBy(n => n.Channel);

    public int Count => notices.Count;

    /// <summary>Projects entries of kind <c>sorry</c>, in the journal's order.</summary>
    public static SorryBoard From(IEnumerable<JournalEntry> entries)
    {
        var notices = new Dictionary<(SorryChannel, string), SorryNotice>();
        int unreadable = 0;
        foreach (var entry in entries)
        {
            if (SorryOrder.Read(entry.Body) is not { } order || SorryTarget.Parse(entry.Subject) is not { } target)
            {
                unreadable++;
                continue;
            }
            if (!order.On)
                foreach (var channel in order.Channels) notices.Remove((channel, target));
            else
                foreach (var answer in order.Answers)
                {
                    var key = (answer.Channel(), target);
                    var from = order.From ?? entry.At;
                    notices[key] = new SorryNotice(target, answer, order.Location, order.Message, Since(notices.GetValueOrDefault(key), answer, from), from, order.Until, entry.Who, entry.Why, entry.Site)
                    {
                        Content = order.Content ?? "", Customer = order.Customer ?? "",
                    };
                }
        }
        return new SorryBoard(notices, unreadable);
    }

    /// <summary>What is answered for <paramref name="host"/> (lower case) at <paramref name="now"/>: the most specific switch in force. Null: none.</summary>
    public SorryNotice? Find(SorryChannel channel, string host, DateTimeOffset now)
    {
        foreach (var target in SorryTarget.Covering(host))
            if (notices.TryGetValue((channel, target), out var notice) && notice.InForce(now)) return notice;
        return null;
    }

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

    // A soft answer that is renewed before its end goes on: senders have been waiting since it began.
    private static DateTimeOffset Since(SorryNotice? before, SorryAnswer answer, DateTimeOffset from) =>
        before is not null && before.Answer.IsSoft() && answer.IsSoft() && (before.Until is not { } until || from <= until) && before.Since < from ? before.Since : from;
}
