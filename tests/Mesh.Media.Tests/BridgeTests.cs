namespace Mesh.Media.Tests;

public sealed class BridgeTests
{
    [Fact]
    public void Ringback_stops_the_instant_the_bridge_begins_and_time_and_source_go_on()
    {
        using var w = new MediaWorld();
        var (caller, alice) = w.Leg();
        var (callee, bob) = w.Leg(AudioCodec.Pcmu);
        var ended = new List<PlayoutEnd>();
        var ringback = Playout.Start(caller, UkTones.Ringback.PlayEndless(), ended.Add);
        w.Run(1007);
        int rung = alice.Got.Count;
        Assert.InRange(rung, 50, 51);
        var bridge = Bridge.Join(caller, callee);
        for (int i = 0; i < 50; i++) { bob.SendAudio(0xFF); w.Run(20); }

        Assert.Equal(rung + 50, alice.Got.Count);
        Assert.Equal([PlayoutEnd.Replaced], ended);
        Assert.Equal(rung, ringback.Packets);
        var got = alice.Got;
        Assert.Single(got.Select(p => p.Header.Ssrc).Distinct());
        Assert.Equal([0, rung], Enumerable.Range(0, got.Count).Where(i => got[i].Header.Marker));
        for (int i = 1; i < got.Count; i++)
        {
            Assert.Equal(1, (short)(got[i].Header.Sequence - got[i - 1].Header.Sequence));
            int moved = (int)(got[i].Header.Timestamp - got[i - 1].Header.Timestamp);
            if (i != rung) Assert.Equal(160, moved);
            // Across the switch the clock of the port counts: as many samples as milliseconds went by, never back.
            else Assert.InRange(moved, 160, 160 + 8 * 21);
        }
        Assert.Equal(50, bridge.PacketsToA);
        caller.Dispose();
        callee.Dispose();
        w.Run(1);
        Assert.All(w.Loops, loop => Assert.Equal(0, loop.Deadlines.Armed));
        Assert.Equal(0, w.Pool.Rented);
    }

    [Fact]
    public void After_the_bridge_the_port_can_be_played_to_again()
    {
        using var w = new MediaWorld();
        var (a, alice) = w.Leg();
        var (b, bob) = w.Leg();
        var bridge = Bridge.Join(a, b);
        bob.SendAudio(1); w.Run(20);
        bridge.Unbridge();
        bridge.Unbridge();
        bob.SendAudio(2); w.Run(20);
        Assert.Single(alice.Got);
        Playout.Start(a, new Sound(ToneGenerator.Sine(400, 100)).Play());
        w.Run(200);
        Assert.Equal(6, alice.Got.Count);
        Assert.True(alice.Got[1].Header.Marker);
        Assert.True((int)(alice.Got[1].Header.Timestamp - alice.Got[0].Header.Timestamp) >= 160);
    }

    [Fact]
    public void An_announcement_over_a_bridge_silences_it_and_a_new_bridge_speaks_again()
    {
        using var w = new MediaWorld();
        var (a, alice) = w.Leg();
        var (b, bob) = w.Leg();
        var bridge = Bridge.Join(a, b);
        var playout = Playout.Start(a, UkTones.Unobtainable.PlayEndless());
        bob.SendAudio(0x11); w.Run(100);
        Assert.DoesNotContain(alice.Got, p => p.Payload[0] == 0x11);
        playout.Stop();
        bridge.Unbridge();
        Bridge.Join(a, b);
        bob.SendAudio(0x11); w.Run(20);
        Assert.Contains(alice.Got, p => p.Payload[0] == 0x11);
    }

    [Fact]
    public void Unbridging_leaves_a_later_bridge_alone()
    {
        using var w = new MediaWorld();
        var (a, _) = w.Leg();
        var (b, bob) = w.Leg();
        var (c, carol) = w.Leg();
        var first = Bridge.Join(a, b);
        var second = Bridge.Join(b, c);
        first.Unbridge();
        bob.SendAudio(); carol.SendAudio(); w.Run(20);
        Assert.Single(bob.Got);
        Assert.Single(carol.Got);
        Assert.Equal((1L, 1L), (second.PacketsToA, second.PacketsToB));
        Assert.Null(a.Sink);
    }

    [Fact]
    public void Both_directions_are_measured_on_their_own()
    {
        using var w = new MediaWorld();
        var (a, alice) = w.Leg();
        var (b, bob) = w.Leg();
        var bridge = Bridge.Join(a, b);
        for (int i = 0; i < 5; i++) alice.SendAudio();
        for (int i = 0; i < 3; i++) bob.SendAudio();
        w.Run(20);
        Assert.Equal((3L, 5L), (bridge.PacketsToA, bridge.PacketsToB));
    }
}
