using Mesh.Iax2.Sealing;
using Mesh.Iax2.Tests.Support;
using Mesh.Iax2.Transfers;
using Mesh.Iax2.Trunking;

namespace Mesh.Iax2.Tests.Transfers;

/// <summary>A-B-C, and B leaves.</summary>
public class TransferTests
{
    private static readonly Impairment TenMs = new() { Latency = TimeSpan.FromMilliseconds(10) };

    [Fact]
    public void The_middle_leaves_and_the_ends_talk_directly()
    {
        using var sites = new ThreeSites(impairment: TenMs);
        sites.Connect();
        Assert.True(sites.Leave());
        Assert.True(sites.Until(() => sites.IsDirect && sites.Outcomes.Count > 0, 2), string.Join('\n', sites.TransferFrames()));
        Assert.Equal([true], sites.Outcomes);
        Assert.Equal(
        [
            "manchester TxReq london", "manchester TxReq oxford", "london TxCnt oxford", "oxford TxCnt london", "oxford TxAcc london", "london TxAcc oxford",
            "london TxReady manchester", "oxford TxReady manchester", "manchester TxRel london", "manchester TxRel oxford",
        ], sites.TransferFrames());
        Assert.Equal(0, sites.Manchester.Endpoint.CallCount);
        Assert.Equal((0, 0), (sites.Manchester.Endpoint.NumbersInUse, sites.Manchester.Endpoint.Peers.All.Sum(peer => peer.OpenCalls)));
        sites.Run(15);
        int datagrams = sites.Datagrams.Count;
        sites.Run(5);
        Assert.All(sites.Datagrams.Skip(datagrams), datagram => Assert.NotEqual("manchester", sites.Name(datagram.From)));
        Assert.All(sites.Datagrams.Skip(datagrams), datagram => Assert.NotEqual("manchester", sites.Name(datagram.To)));
        Assert.InRange(sites.A.RoundTripMs, 20, 25);
        Assert.Equal((1, 1), (sites.London.Endpoint.Peers.All.Single(p => p.Name == "oxford").OpenCalls, sites.Oxford.Endpoint.Peers.All.Single(p => p.Name == "london").OpenCalls));

        sites.London.Loop.Invoke(() => sites.A.Hangup(CauseCode.NormalClearing));
        sites.Run(0.1);
        Assert.Equal(CauseCode.NormalClearing, sites.LogC.Cause);
        sites.AssertNothingLeft();
        foreach (var site in sites.All) Assert.Equal(0, site.Endpoint.Counters.InvalsSent);
    }

    /// <summary>How far apart the three are: from London to Manchester, from Manchester to Oxford, and directly, in milliseconds one way.</summary>
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(10, 10, 10)]
    [InlineData(10, 10, 1)]
    [InlineData(40, 5, 35)]
    [InlineData(5, 80, 85)]
    [InlineData(60, 60, 20)]
    [InlineData(3, 3, 16)]
    public void The_gap_in_the_audio_is_no_longer_than_three_frames(int toMiddle, int beyond, int direct)
    {
        using var sites = new ThreeSites();
        sites.World.Wire.SetLink(sites.London.Address, sites.Manchester.Address, new Impairment { Latency = TimeSpan.FromMilliseconds(toMiddle) });
        sites.World.Wire.SetLink(sites.Manchester.Address, sites.Oxford.Address, new Impairment { Latency = TimeSpan.FromMilliseconds(beyond) });
        sites.World.Wire.SetLink(sites.London.Address, sites.Oxford.Address, new Impairment { Latency = TimeSpan.FromMilliseconds(direct) });
        sites.Connect();
        sites.Run(25);
        Assert.True(sites.Leave());
        Assert.True(sites.Until(() => sites.IsDirect, 5));
        sites.Run(2);
        foreach (var phone in (EndPhone[])[sites.PhoneA, sites.PhoneC])
        {
            Assert.InRange(phone.LongestGapMs(), 20, 60);
            // What the direct path is shorter by is jumped over, and no more.
            Assert.InRange(phone.MostMissing, 0, (Math.Max(0, toMiddle + beyond - direct) + 19) / 20 + 1);
            Assert.All(phone.Heard.Zip(phone.Heard.Skip(1)), two => Assert.True(two.Second.Number > two.First.Number, "a frame twice, or late"));
            // Whoever listens sees one clock.
            Assert.All(phone.Heard.Zip(phone.Heard.Skip(1)), two => Assert.Contains(two.Second.Timestamp - two.First.Timestamp, (uint[])[20, 40, 60]));
        }
        sites.London.Loop.Invoke(() => sites.A.Hangup(CauseCode.NormalClearing));
        sites.AssertNothingLeft();
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Trunked_voice_and_sealed_paths_change_nothing(bool isSealed, bool isTrunked)
    {
        using var sites = new ThreeSites(impairment: TenMs, change: (name, peer) => peer with
        {
            Qualify = QualifyOptions.Site,
            Seal = isSealed ? new SealOptions { Keys = [SealedPair.Key], Ourselves = name, Them = peer.Name } : null,
            Trunk = isTrunked ? new TrunkOptions { LeastCalls = 1 } : null,
        });
        Assert.True(sites.Until(() => sites.All.All(site => site.Endpoint.Peers.All.All(peer => peer.State == PeerState.Alive)), 5));
        sites.Connect();
        sites.Run(5);
        long trunked = sites.London.Endpoint.Counters.TrunksSent;
        Assert.True(sites.Leave());
        Assert.True(sites.Until(() => sites.IsDirect && sites.Outcomes.Count > 0, 5));
        sites.Run(5);
        Assert.Equal(isTrunked, sites.London.Endpoint.Counters.TrunksSent > trunked + 200);
        foreach (var phone in (EndPhone[])[sites.PhoneA, sites.PhoneC])
        {
            Assert.InRange(phone.LongestGapMs(), 20, 60);
            Assert.InRange(phone.MostMissing, 0, 3);
            Assert.All(phone.Heard.Zip(phone.Heard.Skip(1)), two => Assert.True(two.Second.Number > two.First.Number));
        }
        Assert.Equal(0, sites.Manchester.Endpoint.CallCount);
        sites.Oxford.Loop.Invoke(() => sites.C.Hangup(CauseCode.NormalClearing));
        sites.Run(1);
        Assert.Equal(CauseCode.NormalClearing, sites.LogA.Cause);
        Assert.Empty(sites.World.Faults);
    }

    [Fact]
    public void An_encrypted_call_is_not_left()
    {
        using var sites = new ThreeSites(change: (_, peer) => peer with { Encryption = EncryptionPolicy.Required });
        sites.Connect(talking: false);
        Assert.True(sites.A.IsEncrypted);
        Assert.False(sites.Leave());
    }

    [Fact]
    public void The_next_voice_is_a_full_frame_and_every_count_begins_again()
    {
        using var sites = new ThreeSites(impairment: TenMs);
        sites.Connect();
        sites.Run(30);
        Assert.True(sites.Leave());
        Assert.True(sites.Until(() => sites.IsDirect, 5));
        sites.Run(0.2);
        foreach (var (from, to) in (ReadOnlySpan<(IaxSite, IaxSite)>)[(sites.London, sites.Oxford), (sites.Oxford, sites.London)])
        {
            var direct = sites.Datagrams.Where(d => d.From == from.Address && d.To == to.Address).Select(d => d.Payload.ToArray()).ToList();
            var voice = direct.Where(bytes => FullFrame.TryRead(bytes, out var frame) ? frame.Type == FrameType.Voice : Demultiplexer.Classify(bytes) == DatagramKind.Mini).ToList();
            Assert.True(FullFrame.TryRead(voice[0], out var first), "voice began with a mini frame");
            Assert.InRange(first.Timestamp, 1u, 200u);
            var sequenced = direct.Where(bytes => FullFrame.TryRead(bytes, out var frame) && frame.IsSequenced).Select(bytes => bytes[8]).ToList();
            Assert.Equal(Enumerable.Range(0, sequenced.Count).Select(n => (byte)n), sequenced);
        }
    }

    [Fact]
    public void The_numbers_of_the_middle_rest_before_they_are_used_again()
    {
        using var sites = new ThreeSites();
        sites.Connect();
        Assert.True(sites.Leave());
        Assert.True(sites.Until(() => sites.IsDirect && sites.Outcomes.Count > 0, 5));
        Assert.Equal((0, 2), (sites.Manchester.Endpoint.NumbersInUse, sites.Manchester.Endpoint.NumbersResting));
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.2)]
    [InlineData(0.4)]
    public void Loss_delays_or_undoes_the_transfer_and_never_the_call(double loss)
    {
        int left = 0;
        for (ulong seed = 1; seed <= 40; seed++)
        {
            using var sites = new ThreeSites(seed, new Impairment { Latency = TimeSpan.FromMilliseconds(5) });
            sites.Connect();
            sites.World.Wire.Default = new Impairment { Latency = TimeSpan.FromMilliseconds(5), Loss = loss, Duplication = 0.1, Reordering = 0.1 };
            Assert.True(sites.Leave());
            sites.Run(16);
            sites.World.Wire.Default = TenMs;
            sites.Run(4);
            Assert.True(sites.A.IsUp && sites.C.IsUp, $"seed {seed}: the call is over");
            Assert.Equal(sites.A.Peer!.Name == "oxford", sites.C.Peer!.Name == "london");
            if (sites.IsDirect) left++;
            else Assert.Equal([false], sites.Outcomes);
            int heard = sites.PhoneC.Heard.Count;
            sites.Run(1);
            Assert.InRange(sites.PhoneC.Heard.Count - heard, 48, 52);
            sites.Oxford.Loop.Invoke(() => sites.C.Hangup(CauseCode.NormalClearing));
            sites.Run(1);
            Assert.Equal(CauseCode.NormalClearing, sites.LogA.Cause);
            sites.AssertNothingLeft();
        }
        Assert.True(left > (loss < 0.3 ? 30 : 10), $"only {left} of 40 were left");
    }

    [Fact]
    public void Ends_that_cannot_reach_each_other_go_on_through_the_middle()
    {
        using var sites = new ThreeSites(impairment: TenMs);
        sites.Connect();
        sites.World.Wire.Partition(sites.London.Address, sites.Oxford.Address);
        Assert.True(sites.Leave());
        Assert.True(sites.Until(() => sites.Outcomes.Count > 0, 10));
        Assert.Equal([false], sites.Outcomes);
        Assert.Equal(8, sites.Datagrams.Count(d => FullFrame.TryRead(d.Payload.Span, out var frame) && frame.Command == IaxCommand.TxCnt));
        sites.Run(1);
        int heard = sites.PhoneA.Heard.Count;
        sites.Run(1);
        Assert.InRange(sites.PhoneA.Heard.Count - heard, 49, 51);
        // A second attempt may succeed.
        sites.World.Wire.Heal();
        Assert.True(sites.Leave());
        Assert.True(sites.Until(() => sites.IsDirect, 2));
    }

    [Fact]
    public void A_longer_way_is_not_taken_for_a_shorter_one()
    {
        using var sites = new ThreeSites(impairment: TenMs);
        sites.World.Wire.SetLink(sites.London.Address, sites.Oxford.Address, new Impairment { Latency = TimeSpan.FromMilliseconds(80) });
        sites.Connect();
        sites.Run(25);
        Assert.True(sites.Leave());
        Assert.True(sites.Until(() => sites.Outcomes.Count > 0, 5));
        Assert.Equal([false], sites.Outcomes);
        Assert.False(sites.IsDirect);
    }

    [Fact]
    public void Digits_cross_a_transfer_once_each_and_in_order()
    {
        using var sites = new ThreeSites(impairment: new Impairment { Latency = TimeSpan.FromMilliseconds(15) });
        sites.Connect();
        string typed = "";
        for (int i = 0; i < 60; i++)
        {
            if (i == 20) Assert.True(sites.Leave());
            char digit = (char)('0' + i % 10);
            typed += digit;
            sites.London.Loop.Invoke(() => { sites.A.SendDigit(digit, false); sites.A.SendDigit(digit, true); });
            sites.Oxford.Loop.Invoke(() => { sites.C.SendDigit(digit, false); sites.C.SendDigit(digit, true); });
            sites.World.RunFor(TimeSpan.FromMilliseconds(7));
        }
        sites.Run(2);
        Assert.True(sites.IsDirect);
        Assert.Equal((typed, typed), (sites.LogC.Digits, sites.LogA.Digits));
    }

    [Fact]
    public void The_middle_does_not_ask_when_it_is_wanted_or_cannot()
    {
        using var sites = new ThreeSites(transfer: new TransferOptions { IsAllowed = false });
        sites.Connect();
        Assert.False(sites.Leave());
        Assert.Empty(sites.TransferFrames());

        using var same = new ThreeSites();
        same.Connect();
        Assert.True(same.Leave());
        Assert.False(same.Leave());
        bool started = true;
        same.Manchester.Loop.Invoke(() => started = same.Manchester.Endpoint.TryLeave(same.In, same.In, _ => { }));
        Assert.False(started);
    }
}
