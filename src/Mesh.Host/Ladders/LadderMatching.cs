namespace Mesh.Host.Ladders;

/// <summary>Finds what one site sent in what another received: the same octets, for call numbers and Call-IDs are random.</summary>
internal static class LadderMatching
{
    /// <summary>What is certain: the first arrival of a message is not before its first sending, however often it was sent and lost.</summary>
    public static List<SiteClocks.Sample> Samples(IReadOnlyList<SeenMessage> seen) =>
    [
        .. from same in seen.GroupBy(m => m.Octets)
           let sent = same.Where(m => m.Message.Sent).MinBy(m => m.Message.At)
           let received = same.Where(m => !m.Message.Sent).MinBy(m => m.Message.At)
           where sent is not null && received is not null && sent.Site != received.Site
           where same.All(m => m.Site == (m.Message.Sent ? sent.Site : received.Site))
           select new SiteClocks.Sample(sent.Site, received.Site, received.Message.At - sent.Message.At),
    ];

    /// <summary>Joins them, once their times can be compared: of a message sent several times, each arrival is the latest sending before it.</summary>
    public static void Join(IReadOnlyList<SeenMessage> seen)
    {
        foreach (var same in seen.GroupBy(m => m.Octets))
        {
            var sent = same.Where(m => m.Message.Sent).OrderBy(m => m.At).ToList();
            foreach (var received in same.Where(m => !m.Message.Sent).OrderBy(m => m.At))
            {
                var origin = sent.LastOrDefault(s => s.Other is null && s.Site != received.Site && s.At <= received.At) ?? sent.FirstOrDefault(s => s.Other is null && s.Site != received.Site);
                if (origin is not null) (origin.Other, received.Other) = (received, origin);
            }
        }
    }
}
