using Mesh.Iax2.Tests.Support;

namespace Mesh.Iax2.Tests.Pair;

public class LossTests
{
    [Theory]
    [InlineData(0.00, 100)]
    [InlineData(0.01, 100)]
    [InlineData(0.05, 99)]
    [InlineData(0.10, 99)]
    [InlineData(0.20, 95)]
    public void Calls_are_set_up_over_a_bad_wire_and_end_on_both_sides(double loss, int atLeast)
    {
        int up = 0;
        for (ulong seed = 1; seed <= 100; seed++)
        {
            using var pair = new IaxPair(seed, new Impairment { Loss = loss, Duplication = 0.1, Reordering = 0.1, Latency = TimeSpan.FromMilliseconds(5) });
            var (call, log, _) = pair.London.Place("manchester");
            if (pair.Until(() => call.IsUp, 20)) up++;
            Assert.True(pair.Manchester.Received.Count <= 1, "one NEW is one call");
            pair.London.Loop.Invoke(() => call.Hangup(CauseCode.NormalClearing));
            pair.AssertNothingLeft(90);
            Assert.Null(log.Cause);
            Assert.True(log.Events.Count(line => line == "answered") <= 1);
        }
        Assert.True(up >= atLeast, $"{up} of 100");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_burst_of_two_hundred_digits_arrives_in_order(ulong seed)
    {
        using var pair = new IaxPair(seed, new Impairment { Loss = 0.05, Duplication = 0.05, Reordering = 0.05, Latency = TimeSpan.FromMilliseconds(10) });
        var (call, _, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => call.IsUp, 20));
        string digits = string.Concat(Enumerable.Range(0, 200).Select(i => "0123456789*#ABCD"[i * 7 % 16]));
        pair.London.Loop.Invoke(() => { foreach (char digit in digits) { call.SendDigit(digit, false); call.SendDigit(digit, true); } });
        Assert.True(pair.Until(() => pair.Manchester.ReceivedLogs[0].Digits.Length == 200, 60), pair.Manchester.ReceivedLogs[0].Digits);
        Assert.Equal(digits, pair.Manchester.ReceivedLogs[0].Digits);
        Assert.True(pair.Until(() => call.Unacknowledged == 0, 20));
        pair.London.Loop.Invoke(() => call.Hangup(CauseCode.NormalClearing));
        pair.AssertNothingLeft();
    }

    [Fact]
    public void A_call_whose_window_is_full_can_still_be_ended()
    {
        using var pair = new IaxPair();
        var (call, _, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => call.IsUp, 20));
        pair.London.Loop.Invoke(() =>
        {
            for (int i = 0; i < 5_000; i++) call.SendDigit('1', true);
            Assert.Equal(ReliableWindow.Capacity + pair.London.Endpoint.Options.MaxBacklog, call.Unacknowledged);
            call.Hangup(CauseCode.NormalClearing);
        });
        pair.Run(1);
        Assert.Equal(CauseCode.NormalClearing, pair.Manchester.ReceivedLogs[0].Cause);
        pair.AssertNothingLeft();
    }

    [Fact]
    public void Between_our_sites_a_lost_new_costs_little()
    {
        using var pair = new IaxPair(toCallee: peer => peer with { Qualify = QualifyOptions.Site });
        pair.Run(1);
        pair.World.Wire.Cut(pair.London.Address, pair.Manchester.Address);
        var (call, _, _) = pair.London.Place("manchester");
        pair.Run(0.01);
        pair.World.Wire.Heal();
        Assert.True(pair.Until(() => call.IsUp, 0.15));
    }

    [Fact]
    public void Two_hundred_calls_both_ways_at_once_do_not_mix()
    {
        using var pair = new IaxPair(7, new Impairment { Loss = 0.02, Latency = TimeSpan.FromMilliseconds(3), Jitter = TimeSpan.FromMilliseconds(3) });
        var calls = new List<(OutgoingIaxCall Call, string Number)>();
        for (int i = 0; i < 100; i++)
        {
            foreach (var (site, peer) in (ReadOnlySpan<(IaxSite, string)>)[(pair.London, "manchester"), (pair.Manchester, "london")])
                calls.Add((site.Place(peer, new NewCallOptions { CalledNumber = $"{peer}{i}" }).Call, $"{peer}{i}"));
        }
        Assert.True(pair.Until(() => calls.TrueForAll(c => c.Call.IsUp), 60));
        foreach (var site in (IaxSite[])[pair.London, pair.Manchester])
        {
            Assert.Equal(100, site.Received.Count);
            Assert.Equal(100, site.Received.Select(call => call.CalledNumber).Distinct().Count());
        }
        foreach (var (call, _) in calls) (call.PeerName == "manchester" ? pair.London : pair.Manchester).Loop.Invoke(() => call.Hangup(CauseCode.NormalClearing));
        pair.AssertNothingLeft();
    }
}
