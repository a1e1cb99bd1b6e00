namespace Mesh.Host.Ladders;

/// <summary>Finds what one site sent in what another received: the same octets, for call numbers and Call-IDs are random.</summary>
internal static class LadderMatching
{
    /// <summary>Messages there is no doubt about: sent once by one site, received once by another.</summary>
    public static List<SiteClocks.Sample> Samples(IReadOnlyList<SeenMessage> seen) =>
    [
        .. from same in seen.GroupBy(m => m.Octets)
           let sent = same.Where(m => m.Message.Sent).Take(2).ToList()
           let received = same.Where(m => !m.Message.Sent).Take(2).ToList()
           where sent.Count == 1 && received.Count == 1 && sent[0].Site != received[0].Site
           select new SiteClocks.Sample(sent[0].Site, received[0].Site, received[0].Message.At - sent[0].Message.At),
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
