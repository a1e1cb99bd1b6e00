using Mesh.Iax2.Tests.Support;

namespace Mesh.Iax2.Tests.Pair;

/// <summary>What makes calls between our sites quick and whole over a bad path, piece by piece; whole series of calls are in Mesh.Simulation.Tests.</summary>
public class BadPathTests
{
    private readonly byte[] buffer = new byte[Datagram.Headroom + 160];

    [Fact]
    public void The_token_of_a_call_just_before_spares_a_round()
    {
        using var pair = new IaxPair();
        Assert.Equal(["> New", "< CallToken", "> New", "< AuthReq"], Opening(pair));
        Assert.Equal(["> New", "< AuthReq", "> AuthRep", "< Accept"], Opening(pair));
        pair.Run(30);
        Assert.Equal(["> New", "< CallToken", "> New", "< AuthReq"], Opening(pair));
    }

    [Fact]
    public void A_token_the_other_site_does_not_know_any_more_costs_a_round_and_no_call()
    {
        using var pair = new IaxPair();
        Opening(pair);
        pair.World.KillHost(pair.Manchester.Address);
        var again = new IaxSite(pair.World, "manchester again", pair.Manchester.Address.ToString());
        again.Loop.Invoke(() => again.Endpoint.AddPeer(new PeerOptions { Name = "london", OurUsername = "manchester", Secret = IaxPair.Secret, Address = pair.London.Address, IsSite = true }));
        Assert.Equal(["> New", "< CallToken", "> New", "< AuthReq"], Opening(pair));
        Assert.Equal(1, again.Endpoint.Counters[DropReason.TokenInvalid]);
    }

    [Fact]
    public void Who_is_no_site_gets_no_second_token()
    {
        using var pair = new IaxPair();
        var stranger = new RawPeer(pair.World, "10.0.0.66:4569");
        stranger.Send(pair.Manchester.Address, IaxCommand.New, 7, 0, 3, 0, 0, RawPeer.NewOf("london", new byte[CallTokens.TokenLength]));
        pair.Run(1);
        Assert.Equal(["Reject"], stranger.Said());
    }

    /// <summary>Its sequence number is ahead of a first frame's: nothing of it is looked at, and nothing of it may stay.</summary>
    [Fact]
    public void A_new_out_of_its_order_leaves_nothing()
    {
        using var pair = new IaxPair();
        var stranger = new RawPeer(pair.World, "10.0.0.66:4569");
        stranger.Send(pair.Manchester.Address, IaxCommand.New, 7, 0, 3, 0, 0, RawPeer.NewOf("london", []));
        pair.Run(0.1);
        byte[] token = stranger.ElementsOf(0).CallToken!;
        stranger.Send(pair.Manchester.Address, IaxCommand.New, 7, 0, 3, 5, 0, RawPeer.NewOf("london", token));
        pair.Run(0.1);
        Assert.Equal(1, pair.Manchester.Endpoint.CallCount);
        pair.AssertNothingLeft(20);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.3)]
    public void Voice_the_network_delivers_twice_is_heard_once(double duplication)
    {
        using var pair = new IaxPair(3, new Impairment { Duplication = duplication, Latency = TimeSpan.FromMilliseconds(5), Jitter = TimeSpan.FromMilliseconds(50) });
        var (call, _, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => call.IsUp, 5));
        for (uint i = 0; i < 200; i++) { Say(pair, call, i, (byte)i); pair.Run(0.02); }
        pair.Run(1);
        Assert.Equal(Enumerable.Range(0, 200).Select(i => (byte)i), pair.Manchester.ReceivedVoice[0].Frames.Select(f => f.First));
        Assert.True(pair.Manchester.Endpoint.Counters[DropReason.Duplicate] >= 200 * duplication * 0.8);
    }

    /// <summary>Some endpoints stamp two different frames alike: only what is the same all through is a copy.</summary>
    [Fact]
    public void Two_frames_with_one_stamp_are_two_frames()
    {
        using var pair = new IaxPair();
        var (call, _, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => call.IsUp, 5));
        for (uint i = 0; i < 20; i++) { Say(pair, call, i / 2, (byte)i); pair.Run(0.01); }
        Assert.Equal(20, pair.Manchester.ReceivedVoice[0].Frames.Count);
    }

    /// <summary>The full frame that begins the voice is lost: what comes before it is sent again is taken for what was agreed.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Voice_before_its_first_full_frame_is_heard_between_our_sites(bool isSite)
    {
        using var pair = new IaxPair(toCaller: peer => peer with { IsSite = isSite });
        var (call, _, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => call.IsUp, 5));
        pair.World.Wire.SetLink(pair.London.Address, pair.Manchester.Address, new Impairment { Loss = 1 }, bothWays: false);
        Say(pair, call, 0, 0);
        pair.World.Wire.SetLink(pair.London.Address, pair.Manchester.Address, Impairment.None, bothWays: false);
        for (uint i = 1; i < 4; i++) Say(pair, call, i, (byte)i);
        pair.Run(0.08);
        for (uint i = 4; i < 20; i++) { Say(pair, call, i, (byte)i); pair.Run(0.02); }
        var frames = pair.Manchester.ReceivedVoice[0].Frames;
        if (isSite) Assert.Equal(20, frames.Count);
        else Assert.InRange(frames.Count, 1, 17);
        Assert.All(frames, f => Assert.Equal(VoiceFormat.Alaw, f.Format));
        Assert.Equal(frames.Select(f => (int)f.First), frames.Select(f => (int)(f.Timestamp - frames.Max(g => g.Timestamp)) / 20 + 19));
        Assert.Equal(20 - frames.Count, pair.Manchester.Endpoint.Counters[DropReason.VoiceBeforeFormat]);
        Assert.Equal(1, pair.Conversation().Count(line => line == "< Vnak"));
    }

    [Fact]
    public void The_sites_schedule_repeats_soon_and_gives_up_no_earlier()
    {
        var (usual, site) = (RetransmissionSchedule.Default, RetransmissionSchedule.Site);
        Assert.Equal((100, 2_000, 50, 200), (usual.First(10), usual.First(-1), site.First(10), site.First(-1)));
        Assert.Equal((200, 10_000, 75, 400), (usual.Next(100), usual.Next(9_000), site.Next(50), site.Next(390)));
        // A long path: first twice its round trip, and never sooner afterwards.
        Assert.Equal((1_400, 1_400), (site.First(700), site.Next(1_400)));
        Assert.Equal((LifeMs(usual) >= 20_000, LifeMs(site) >= 20_000), (true, true));
        Assert.True(TransmissionsWithin(site, 400) > TransmissionsWithin(usual, 400));

        static long LifeMs(RetransmissionSchedule schedule)
        {
            long waited = 0;
            int transmissions = 1;
            for (int wait = schedule.First(10); !schedule.IsExhausted(transmissions, waited); wait = schedule.Next(wait)) { waited += wait; transmissions++; }
            return waited;
        }

        static int TransmissionsWithin(RetransmissionSchedule schedule, long ms)
        {
            int transmissions = 1;
            for (int wait = schedule.First(10); ms >= wait; wait = schedule.Next(wait)) { ms -= wait; transmissions++; }
            return transmissions;
        }
    }

    /// <summary>The first four frames of a call that is then ended.</summary>
    private static List<string> Opening(IaxPair pair)
    {
        int before = pair.Conversation().Count;
        var (call, _, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => call.IsUp, 5));
        pair.London.Loop.Invoke(() => call.Hangup(CauseCode.NormalClearing));
        pair.Run(1);
        return [.. pair.Conversation().Skip(before).Take(4)];
    }

    private void Say(IaxPair pair, IaxCall call, uint i, byte content)
    {
        buffer.AsSpan(Datagram.Headroom).Fill(content);
        pair.London.Loop.Invoke(() => call.SendVoice(VoiceFormat.Alaw, i * 20, buffer, Datagram.Headroom, 160));
    }
}
