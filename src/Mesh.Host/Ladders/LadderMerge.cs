using Mesh.Host.Ladders.Reading;

namespace Mesh.Host.Ladders;

/// <summary>
/// Makes one ladder of what the sites recorded. Pure: records in, ladder out.
/// <code>
/// 1. LadderMatching.Samples   what messages both ends recorded say of their clocks
/// 2. SiteClocks.Compare       how far the sites' clocks are apart
/// 3. LadderMatching.Join      every message with its other end
/// 4. rows                     each message once, read; the dialplan's steps; the voice of every leg
/// </code>
/// </summary>
public static class LadderMerge
{
    /// <param name="records">At least one.</param>
    /// <param name="missing">Sites that told nothing.</param>
    /// <param name="addresses">The sites by the addresses they listen on for each other.</param>
    public static Ladder Merge(IReadOnlyList<SiteLadder> records, IReadOnlyList<MissingSite> missing, IReadOnlyDictionary<string, string> addresses)
    {
        var first = records.FirstOrDefault(r => r.Legs.Any(l => l is { IsCaller: true, Kind: not "site" })) ?? records[0];
        var sites = records.OrderBy(r => r != first).ThenBy(r => r.Site, StringComparer.Ordinal).ToList();
        var seen = sites.SelectMany(s => s.Legs, (s, leg) => (s, leg)).SelectMany(p => p.leg.Messages, (p, m) => new SeenMessage(p.s, p.leg, m)).ToList();
        var clocks = SiteClocks.Compare([.. sites.Select(s => s.Site)], LadderMatching.Samples(seen));
        var ahead = clocks.ToDictionary(c => c.Site, c => c.AheadMicros);
        foreach (var message in seen) message.At = message.Message.At - ahead[message.Site];
        LadderMatching.Join(seen);

        var lanes = new LaneBook(addresses);
        var told = sites.Select(s => s.Site).ToHashSet(StringComparer.Ordinal);
        var repeats = new HashSet<(string Source, string Destination, string Octets)>();
        var messages = seen.Where(m => m.Message.Sent || m.Other is null).OrderBy(m => m.At).Select(m => Message(m, lanes, told, repeats)).ToList();
        var steps = sites.SelectMany(s => s.Steps, (s, step) => new LadderStep(step.At - ahead[s.Site], s.Site, step.Call, PlainText.Of(step.Text), step.File.Length == 0 ? "" : PlainText.Of($"{step.File}:{step.Line}")))
            .OrderBy(s => s.At).ToList();
        foreach (var site in sites) lanes.OfSite(site.Site);
        var voice = sites.SelectMany(s => s.Legs.Where(l => l.Quality is not null && l.Messages.Count > 0), (s, leg) => new LadderVoice(s.Site, lanes.OfRemote(leg, leg.Messages[^1].Remote), leg.Protocol, leg.Quality!)).ToList();
        return new Ladder(first.Origin, records.Any(r => r.IsLive), lanes.Lanes, messages, steps, voice, clocks, missing, [.. Notes(sites, clocks)]);
    }

    private static LadderMessage Message(SeenMessage seen, LaneBook lanes, HashSet<string> told, HashSet<(string, string, string)> repeats)
    {
        var message = seen.Message;
        // Who sends comes up first.
        int from = message.Sent ? lanes.OfSite(seen.Site) : lanes.OfRemote(seen.Leg, message.Remote);
        int to = !message.Sent ? lanes.OfSite(seen.Site) : seen.Other is { } other ? lanes.OfSite(other.Site) : lanes.OfRemote(seen.Leg, message.Remote);
        var (source, destination) = message.Sent ? (message.Local, message.Remote) : (message.Remote, message.Local);
        var reading = MessageReading.Of(seen.Leg.Protocol, message.Octets);
        bool isRepeat = !repeats.Add((source, destination, seen.Octets)) || reading.IsRepeat;
        return new LadderMessage(seen.At, from, to, seen.Leg.Protocol, message.Transport, source, destination, reading.Title, reading.Text,
            message.Sent ? seen.At : null, message.Sent ? seen.Other?.At : seen.At, isRepeat, IsLost(seen, lanes.Lanes[to], told), reading.Sip, reading.Iax) { Octets = message.Octets };
    }

    /// <summary>Only of what another of our sites would have recorded.</summary>
    private static bool IsLost(SeenMessage seen, Lane to, HashSet<string> told) => seen.Message.Sent && seen.Other is null && to.IsSite && told.Contains(to.Name) && to.Name != seen.Site;

    private static IEnumerable<string> Notes(IReadOnlyList<SiteLadder> sites, IReadOnlyList<SiteClock> clocks)
    {
        foreach (var clock in clocks.Skip(1).Where(c => c.ComparedWith.Length == 0))
            yield return $"{clock.Site} shares no message with the others: its times are by its own clock";
        foreach (var site in sites)
        {
            if (site.LegsMissed > 0) yield return $"{site.Site} had no room for {site.LegsMissed} legs";
            foreach (var leg in site.Legs)
            {
                if (leg.Missed > 0) yield return $"{site.Site} had no memory for {leg.Missed} messages with {PlainText.Of(leg.Name)}";
                if (leg.IsCut) yield return $"{site.Site} kept the beginning and the end of what was said with {PlainText.Of(leg.Name)}: the middle was too much";
            }
        }
    }
}
