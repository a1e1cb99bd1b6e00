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

    [Fact]
    public void Some_loss_does_not_kill_a_peer()
    {
        int deaths = 0;
        for (ulong seed = 1; seed <= 10; seed++)
        {
            using var pair = Watched(new Impairment { Loss = 0.05 }, seed);
            pair.Run(60);
            deaths += pair.London.PeerStates.Count(state => state.Now == PeerState.Dead);
        }
        Assert.InRange(deaths, 0, 3);
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
}
