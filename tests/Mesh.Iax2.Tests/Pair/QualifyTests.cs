using Mesh.Iax2.Tests.Support;

namespace Mesh.Iax2.Tests.Pair;

public class QualifyTests
{
    private static IaxPair Watched(Impairment? impairment = null, ulong seed = 1) =>
        new(seed, impairment, peer => peer with { Qualify = QualifyOptions.Site }, peer => peer with { Qualify = QualifyOptions.Site });

    [Fact]
    public void A_live_peer_is_known_at_once_with_its_round_trip()
    {
        using var pair = Watched(new Impairment { Latency = TimeSpan.FromMilliseconds(12) });
        pair.Run(2);
        Assert.Equal([("manchester", PeerState.Unknown, PeerState.Alive)], pair.London.PeerStates.Select(s => (s.Peer, s.Before, s.Now)));
        Assert.True(pair.London.Endpoint.Peers.TryGet("manchester", out var peer));
        Assert.InRange(peer.RoundTripMs, 23, 26);
        Assert.Equal(1, pair.London.Endpoint.NumbersInUse);
    }

    [Fact]
    public void A_dead_peer_is_known_within_600_ms_and_calls_to_it_fail_at_once()
    {
        using var pair = Watched();
        pair.Run(2);
        long at = pair.World.Time.NowMs;
        pair.World.KillHost(pair.Manchester.Address);
        Assert.True(pair.Until(() => pair.London.PeerStates[^1].Now == PeerState.Dead, 5));
        Assert.InRange(pair.World.Time.NowMs - at, 1, 600);
        pair.London.Loop.Invoke(() =>
        {
            Assert.False(pair.London.Endpoint.TryPlace("manchester", new NewCallOptions { CalledNumber = "301" }, new CallLog(), out _, out var refusal));
            Assert.Equal(CauseCode.DestinationOutOfOrder, refusal);
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_path_that_carries_one_way_only_is_dead_for_both(bool fromLondon)
    {
        using var pair = Watched();
        pair.Run(2);
        var (from, to) = fromLondon ? (pair.London.Address, pair.Manchester.Address) : (pair.Manchester.Address, pair.London.Address);
        pair.World.Wire.Cut(from, to);
        pair.Run(0.6);
        Assert.Equal(PeerState.Dead, pair.London.PeerStates[^1].Now);
        Assert.Equal(PeerState.Dead, pair.Manchester.PeerStates[^1].Now);
        pair.World.Wire.Heal();
        pair.Run(0.5);
        Assert.Equal(PeerState.Alive, pair.London.PeerStates[^1].Now);
        Assert.Equal(PeerState.Alive, pair.Manchester.PeerStates[^1].Now);
    }

    [Fact]
    public void A_slow_peer_is_lagged()
    {
        using var pair = Watched(new Impairment { Latency = TimeSpan.FromMilliseconds(210) });
        pair.Run(3);
        Assert.Contains(pair.London.PeerStates, state => state.Now == PeerState.Lagged);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    public void A_fifth_lost_each_way_kills_no_peer(int latencyMs)
    {
        int deaths = 0;
        for (ulong seed = 1; seed <= 10; seed++)
        {
            using var pair = Watched(new Impairment { Loss = 0.2, Latency = TimeSpan.FromMilliseconds(latencyMs) }, seed);
            pair.Run(120);
            deaths += pair.London.PeerStates.Concat(pair.Manchester.PeerStates).Count(state => state.Now == PeerState.Dead);
        }
        Assert.InRange(deaths, 0, 1);
    }

    [Fact]
    public void A_path_that_flaps_is_told_as_often_as_it_does_and_no_oftener()
    {
        using var pair = Watched();
        pair.Run(1);
        for (int i = 0; i < 20; i++)
        {
            pair.World.Wire.Partition(pair.London.Address, pair.Manchester.Address);
            // A short break is nothing; a long one is a death.
            pair.Run(i % 2 == 0 ? 0.2 : 0.7);
            pair.World.Wire.Heal();
            pair.Run(0.5);
        }
        foreach (var site in (IaxSite[])[pair.London, pair.Manchester])
        {
            Assert.Equal(10, site.PeerStates.Count(state => state.Now == PeerState.Dead));
            Assert.Equal(11, site.PeerStates.Count(state => state.Now == PeerState.Alive));
            Assert.Equal(PeerState.Alive, site.PeerStates[^1].Now);
        }
    }

    /// <summary>Whenever in the course of the probes it dies, and whenever after that a call is placed.</summary>
    [Fact]
    public void A_call_into_a_dying_peer_waits_300_ms_at_most()
    {
        long longest = 0;
        for (int at = 0; at < 160; at += 7)
            foreach (int after in (int[])[0, 1, 40, 120, 260])
            {
                using var pair = Watched(new Impairment { Latency = TimeSpan.FromMilliseconds(2) });
                pair.Run(1 + at / 1000.0);
                pair.World.KillHost(pair.Manchester.Address);
                pair.Run(after / 1000.0);
                Assert.Equal(PeerState.Alive, pair.London.PeerStates[^1].Now);
                pair.London.Place("manchester");
                long placed = pair.World.Time.NowMs;
                Assert.True(pair.Until(() => pair.London.PeerStates[^1].Now == PeerState.Dead, 5));
                longest = Math.Max(longest, pair.World.Time.NowMs - placed);
            }
        Assert.InRange(longest, 250, 302);
    }

    [Fact]
    public void Calls_that_are_answered_kill_nobody_and_do_not_multiply_probes()
    {
        using var pair = Watched(new Impairment { Latency = TimeSpan.FromMilliseconds(30) });
        pair.Run(1);
        int from = pair.Datagrams.Count;
        for (int i = 0; i < 200; i++)
        {
            pair.London.Place("manchester");
            pair.Run(0.005);
        }
        Assert.DoesNotContain(pair.London.PeerStates, state => state.Now == PeerState.Dead);
        int pokes = pair.Datagrams.Skip(from).Count(d => d.From == pair.London.Address && FullFrame.TryRead(d.Payload.Span, out var frame) && frame.Command == IaxCommand.Poke);
        Assert.InRange(pokes, 10, 45);
    }

    /// <summary>The loop was held up, the peer was not: its answers lie in the socket.</summary>
    [Fact]
    public void Time_in_which_our_own_loop_stood_does_not_count()
    {
        using var world = new SimulatedWorld();
        var loop = new StillLoop(world.Time);
        var core = new StateLog();
        using var endpoint = new IaxEndpoint(loop, NetAddress.Parse("10.0.0.1:4569"), core);
        endpoint.AddPeer(new PeerOptions { Name = "far", Secret = "s", Address = NetAddress.Parse("10.0.0.2:4569"), IsSite = true, Qualify = QualifyOptions.Site });
        Step(world, loop, 100, 10);
        world.RunFor(TimeSpan.FromSeconds(3));
        Step(world, loop, 200, 10);
        Assert.Empty(core.States);
        Step(world, loop, 200, 10);
        Assert.Equal([PeerState.Dead], core.States);

        static void Step(SimulatedWorld world, StillLoop loop, int ms, int step)
        {
            for (int i = 0; i < ms; i += step)
            {
                world.RunFor(TimeSpan.FromMilliseconds(step));
                loop.Pass();
            }
        }
    }

    /// <summary>A machine that has too much to do answers half a second late now and then; nobody is to think of it as dead each time.</summary>
    [Fact]
    public void A_peer_that_stalls_is_declared_dead_once_at_most()
    {
        using var pair = Watched();
        pair.Run(2);
        for (int i = 0; i < 10; i++)
        {
            pair.World.Wire.SetLink(pair.London.Address, pair.Manchester.Address, new Impairment { Latency = TimeSpan.FromMilliseconds(225) });
            pair.Run(0.1);
            pair.World.Wire.SetLink(pair.London.Address, pair.Manchester.Address, Impairment.None);
            pair.London.Place("manchester");
            pair.Run(2);
        }
        Assert.InRange(pair.London.PeerStates.Count(state => state.Now == PeerState.Dead), 0, 1);
        // Half a minute later it is watched as closely as ever.
        pair.Run(31);
        pair.World.KillHost(pair.Manchester.Address);
        long at = pair.World.Time.NowMs;
        Assert.True(pair.Until(() => pair.London.PeerStates[^1].Now == PeerState.Dead, 5));
        Assert.InRange(pair.World.Time.NowMs - at, 1, 600);
    }

    private sealed class StateLog : IIaxCore
    {
        public List<PeerState> States { get; } = [];

        public void OnCall(IncomingIaxCall call) => Assert.Fail("nobody calls");

        public void OnPeerState(Peer peer, PeerState before) => States.Add(peer.State);
    }

    [Fact]
    public void A_removed_peer_is_not_probed_any_more()
    {
        using var pair = Watched();
        pair.Run(1);
        pair.London.Loop.Invoke(() => pair.London.Endpoint.RemovePeer("manchester"));
        pair.Manchester.Loop.Invoke(() => pair.Manchester.Endpoint.RemovePeer("london"));
        pair.Run(1);
        int sent = pair.Datagrams.Count;
        pair.Run(5);
        Assert.Equal(sent, pair.Datagrams.Count);
        pair.AssertNothingLeft(1);
    }

    /// <summary>Each probe and its answer may be lost: at 10 % each way, 19 of 100 are.</summary>
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0.1, 10, 30)]
    [InlineData(0.3, 36, 66)]
    public void Lost_probes_are_measured(double loss, double least, double most)
    {
        using var pair = Watched(new Impairment { Latency = TimeSpan.FromMilliseconds(8), Loss = loss });
        Assert.True(pair.London.Endpoint.Peers.TryGet("manchester", out var peer));
        Assert.Equal(-1, peer.LossPercent);
        pair.Run(60);
        Assert.InRange(peer.LossPercent, least, most);
    }

    [Fact]
    public void Loss_is_of_late_and_a_dead_peer_answers_nothing()
    {
        using var pair = Watched(new Impairment { Latency = TimeSpan.FromMilliseconds(8) });
        pair.Run(60);
        Assert.True(pair.London.Endpoint.Peers.TryGet("manchester", out var peer));
        Assert.Equal(0, peer.LossPercent);
        pair.World.Wire.Cut(pair.London.Address, pair.Manchester.Address);
        pair.Run(120);
        Assert.InRange(peer.LossPercent, 99, 100);
        pair.World.Wire.Heal();
        pair.Run(240);
        Assert.InRange(peer.LossPercent, 0, 1);
    }
}
