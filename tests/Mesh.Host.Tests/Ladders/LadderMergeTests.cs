using Mesh.Host.Ladders;
using Mesh.Iax2.Wire;

namespace Mesh.Host.Tests.Ladders;

/// <summary>Two sites whose clocks differ: one ladder, nothing received before it was sent.</summary>
public sealed class LadderMergeTests
{
    private const long Day = 1_790_000_000_000_000;

    [Theory]
    [InlineData(0)]
    [InlineData(5_000_000)]
    [InlineData(-3_000_000)]
    public void Clocks_are_compared_by_what_both_have_recorded(long ahead)
    {
        // A frame every 10 ms each way, on its way between 1 and 9 ms.
        var (there, back) = (new List<SiteMessage>(), new List<SiteMessage>());
        for (byte i = 0; i < 20; i++)
        {
            long sent = Day + i * 10_000, delay = 1_000 + i * 7919 % 8_000;
            bool fromLondon = i % 2 == 0;
            there.Add(Recorded.Message(fromLondon ? sent : sent + delay, fromLondon, Recorded.Frame(i), Recorded.London, Recorded.Manchester));
            back.Add(Recorded.Message(ahead + (fromLondon ? sent + delay : sent), !fromLondon, Recorded.Frame(i), Recorded.Manchester, Recorded.London));
        }
        var ladder = Merge([Recorded.Iax("manchester", there)], [Recorded.Iax("london", back)]);
        var clock = Assert.Single(ladder.Clocks, c => c.Site == "manchester");
        Assert.Equal(("london", 20), (clock.ComparedWith, clock.Messages));
        Assert.InRange(clock.AheadMicros, ahead - clock.UncertainMicros!.Value, ahead + clock.UncertainMicros.Value);
        Assert.InRange(clock.UncertainMicros.Value, 1_000, 9_000);
        Assert.Equal(20, ladder.Messages.Count);
        Assert.All(ladder.Messages, m => Assert.True(m.DelayMicros >= 0));
        Assert.Equal(Enumerable.Range(0, 20), ladder.Messages.Select(m => m.Iax!.OutSequence));
    }

    [Fact]
    public void Of_messages_one_way_only_no_more_is_believed_than_they_demand()
    {
        var ladder = Merge([Recorded.Iax("manchester", Recorded.Message(Day, true, Recorded.Frame(1), Recorded.London, Recorded.Manchester))],
            [Recorded.Iax("london", Recorded.Message(Day - 700, false, Recorded.Frame(1), Recorded.Manchester, Recorded.London))]);
        var clock = ladder.Clocks[1];
        Assert.Equal((-700, null), (clock.AheadMicros, clock.UncertainMicros));
        Assert.Equal(0, Assert.Single(ladder.Messages).DelayMicros);
    }

    /// <summary>Frames without a stamp of their own (INVAL) have the same octets each time.</summary>
    [Fact]
    public void The_same_octets_sent_several_times_bound_the_clocks_too()
    {
        byte[] same = Recorded.Frame(1);
        var ladder = Merge([Recorded.Iax("manchester", [.. Sent(0, same), .. Sent(100, same)])], [Recorded.Iax("london", [.. Received(-5_000, same), .. Received(-4_900, same)])]);
        Assert.Equal(-5_000, ladder.Clocks[1].AheadMicros);
        Assert.Equal([0L, 0L], ladder.Messages.Select(m => m.DelayMicros));
        Assert.DoesNotContain(ladder.Messages, m => m.IsLost);
    }

    [Fact]
    public void What_was_sent_twice_and_arrived_once_is_lost_once()
    {
        byte[] first = Recorded.Frame(3), again = Recorded.Frame(3, again: true), last = Recorded.Frame(4);
        var ladder = Merge(
            [Recorded.Iax("manchester", [.. Sent(0, first), .. Sent(100_000, again), .. Sent(200_000, again), .. Sent(300_000, last)])],
            [Recorded.Iax("london", [.. Received(101_000, again), .. Received(301_000, last)])]);
        Assert.Equal([(true, false), (false, true), (true, true), (false, false)], ladder.Messages.Select(m => (m.IsLost, m.IsRepeat)));
        Assert.Equal([null, 0, null, 0], ladder.Messages.Select(m => m.DelayMicros is { } d ? d / 10_000 : (long?)null));
    }

    [Fact]
    public void A_site_that_does_not_tell_is_named_and_what_went_there_is_not_called_lost()
    {
        var ladder = LadderMerge.Merge([Recorded.Site("london", [Recorded.Iax("manchester", Sent(0, Recorded.Frame(1)))])], [new MissingSite("manchester", "it does not answer")], Recorded.Addresses);
        Assert.False(Assert.Single(ladder.Messages).IsLost);
        Assert.Equal(["london", "manchester"], ladder.Lanes.Select(l => l.Name));
        Assert.Contains("manchester did not tell: it does not answer", Host.Ladders.Export.LadderText.Write(ladder), StringComparison.Ordinal);
    }

    [Fact]
    public void After_the_middle_has_left_a_leg_leads_to_whom_it_talks_with()
    {
        var leg = Recorded.Iax("office", [.. Sent(0, Recorded.Frame(1)) .Select(m => m with { Remote = "127.0.0.3:4569" }), .. Sent(10, Recorded.Frame(2))]);
        var ladder = LadderMerge.Merge([Recorded.Site("london", [leg])], [], new Dictionary<string, string>(Recorded.Addresses) { ["127.0.0.3:4569"] = "office" });
        Assert.Equal(["office", "manchester"], ladder.Messages.Select(m => ladder.Lanes[m.To].Name));
    }

    [Fact]
    public void Gaps_are_told()
    {
        var site = new SiteLadder("london", "origin", false, [Recorded.Iax("manchester", Sent(0, Recorded.Frame(1))) with { Missed = 3, IsCut = true }], [], 2);
        string text = Host.Ladders.Export.LadderText.Write(LadderMerge.Merge([site], [], Recorded.Addresses));
        Assert.Contains("no memory for 3 messages", text, StringComparison.Ordinal);
        Assert.Contains("no room for 2 legs", text, StringComparison.Ordinal);
        Assert.Contains("the middle was too much", text, StringComparison.Ordinal);
    }

    private static Ladder Merge(IReadOnlyList<SiteLeg> london, IReadOnlyList<SiteLeg> manchester)
    {
        var entry = Recorded.Sip("carrier", "carrier", Recorded.Message(Day - 1, false, Recorded.Request("OPTIONS sip:b@127.0.0.1 SIP/2.0")));
        var ladder = LadderMerge.Merge([Recorded.Site("manchester", manchester), Recorded.Site("london", [entry, .. london])], [], Recorded.Addresses);
        Assert.Equal("london", ladder.Clocks[0].Site);
        return ladder with { Messages = [.. ladder.Messages.Where(m => m.Protocol == "iax2")] };
    }

    private static SiteMessage[] Sent(long at, byte[] octets) => [Recorded.Message(Day + at, true, octets, Recorded.London, Recorded.Manchester)];

    private static SiteMessage[] Received(long at, byte[] octets) => [Recorded.Message(Day + at, false, octets, Recorded.Manchester, Recorded.London)];
}
