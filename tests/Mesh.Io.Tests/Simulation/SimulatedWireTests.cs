using System.Net.Sockets;
using Mesh.Io.Simulation;

namespace Mesh.Io.Tests.Simulation;

public sealed class SimulatedWireTests : IDisposable
{
    private static readonly NetAddress London = NetAddress.Parse("10.0.0.1:5060"), Manchester = NetAddress.Parse("10.0.0.2:5060");
    private readonly SimulatedWorld world = new(seed: 7);
    private readonly Echo here = new() { Answers = false }, there = new();
    private readonly IDatagramSocket socket, far;

    public SimulatedWireTests()
    {
        socket = world.CreateLoop("london").Bind(London, here, DatagramSocketOptions.Signalling);
        far = world.CreateLoop("manchester").Bind(Manchester, there, DatagramSocketOptions.Signalling);
    }

    public void Dispose() => world.Dispose();

    [Fact]
    public void A_datagram_arrives_after_the_latency_and_its_answer_after_twice()
    {
        world.Wire.Default = new Impairment { Latency = TimeSpan.FromMilliseconds(20) };
        socket.TrySend("hello"u8, Manchester);
        world.RunFor(TimeSpan.FromMilliseconds(39));
        Assert.Equal(20_000, Assert.Single(there.Received).AtMicros);
        Assert.Empty(here.Received);
        world.RunFor(TimeSpan.FromMilliseconds(1));
        var (at, payload, from) = Assert.Single(here.Received);
        Assert.Equal((40_000, Manchester), (at, from));
        Assert.Equal("hello"u8.ToArray(), payload);
    }

    [Fact]
    public void Loss_and_duplication_come_about_as_often_as_asked()
    {
        world.Wire.SetLink(London, Manchester, new Impairment { Loss = 0.2, Duplication = 0.1 }, bothWays: false);
        for (int i = 0; i < 10_000; i++) socket.TrySend([1], Manchester);
        world.RunFor(TimeSpan.FromSeconds(1));
        Assert.InRange(world.Wire.Counters.Lost, 1_800, 2_200);
        Assert.InRange(world.Wire.Counters.Duplicated, 650, 950);
        Assert.Equal(10_000 - world.Wire.Counters.Lost + world.Wire.Counters.Duplicated, there.Received.Count);
        Assert.Equal(there.Received.Count, here.Received.Count);
    }

    [Fact]
    public void Jitter_alone_keeps_the_order_and_reordering_breaks_it()
    {
        world.Wire.Default = new Impairment { Jitter = TimeSpan.FromMilliseconds(5) };
        SendNumbered(100);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (byte)i), there.Received.Select(r => r.Payload[0]));
        there.Received.Clear();
        world.Wire.Default = new Impairment { Reordering = 0.2 };
        SendNumbered(100);
        Assert.NotEqual(Enumerable.Range(0, 100).Select(i => (byte)i), there.Received.Select(r => r.Payload[0]));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (byte)i), there.Received.Select(r => r.Payload[0]).Order());
    }

    [Fact]
    public void Corruption_changes_one_octet()
    {
        world.Wire.SetLink(London, Manchester, new Impairment { Corruption = 1 }, bothWays: false);
        socket.TrySend(new byte[16], Manchester);
        world.RunFor(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, Assert.Single(there.Received).Payload.Count(b => b != 0));
    }

    [Fact]
    public void A_partition_drops_both_ways_what_is_on_its_way_too_and_heals()
    {
        var seen = new List<WireDatagram>();
        world.Wire.OnDatagram += seen.Add;
        socket.TrySend([1], Manchester);
        world.Wire.Partition(London, Manchester);
        socket.TrySend([2], Manchester);
        far.TrySend([3], London);
        world.RunFor(TimeSpan.FromSeconds(1));
        Assert.Empty(there.Received);
        Assert.Empty(here.Received);
        Assert.Equal([false, true, true], seen.Select(d => d.Dropped));
        Assert.Equal(3, world.Wire.Counters.Cut);
        world.Wire.Heal();
        socket.TrySend([4], Manchester);
        world.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal(4, Assert.Single(here.Received).Payload[0]);
    }

    [Fact]
    public void An_unbound_port_is_counted_and_answered_with_an_icmp_error()
    {
        var nobody = NetAddress.Parse("10.0.0.2:9");
        socket.TrySend([1], nobody);
        world.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal(1, world.Wire.Counters.Unbound);
        Assert.Equal(1, socket.Counters.IcmpErrors);
        Assert.Equal(nobody, Assert.Single(here.Unreachable));
    }

    [Fact]
    public void A_killed_host_is_silent_its_loop_stands_still_and_it_may_come_back()
    {
        var loop = world.CreateLoop("office");
        var office = loop.Bind(NetAddress.Parse("10.0.0.3:5060"), there, DatagramSocketOptions.Signalling);
        bool passed = false;
        world.KillHost(office.Local);
        loop.Post(_ => passed = true);
        socket.TrySend([1], office.Local);
        world.RunFor(TimeSpan.FromSeconds(1));
        Assert.False(passed);
        Assert.False(office.TrySend([1], London));
        Assert.Equal(0, socket.Counters.IcmpErrors);
        Assert.Throws<ObjectDisposedException>(() => loop.Bind(office.Local, there, DatagramSocketOptions.Signalling));
        world.CreateLoop("office again").Bind(office.Local, there, DatagramSocketOptions.Signalling);
        socket.TrySend([2], office.Local);
        world.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal(2, Assert.Single(here.Received).Payload[0]);
    }

    [Fact]
    public void Port_zero_picks_a_free_port_and_a_taken_one_is_refused_with_its_address()
    {
        var loop = world.CreateLoop("phones");
        var a = loop.Bind(NetAddress.Parse("10.0.0.9:0"), null, DatagramSocketOptions.Media);
        var b = loop.Bind(NetAddress.Parse("10.0.0.9:0"), null, DatagramSocketOptions.Media);
        Assert.NotEqual(a.Local, b.Local);
        var error = Assert.Throws<SocketException>(() => loop.Bind(a.Local, null, DatagramSocketOptions.Media));
        Assert.Equal(SocketError.AddressAlreadyInUse, error.SocketErrorCode);
        Assert.Contains(a.Local.ToString(), error.Message);
        a.Dispose();
        loop.Bind(a.Local, null, DatagramSocketOptions.Media);
        Assert.Throws<SocketException>(() => loop.Bind(NetAddress.Parse("0.0.0.0:5060"), null, DatagramSocketOptions.Media));
    }

    private void SendNumbered(int count)
    {
        for (int i = 0; i < count; i++)
        {
            socket.TrySend([(byte)i], Manchester);
            world.RunFor(TimeSpan.FromMicroseconds(500));
        }
        world.RunFor(TimeSpan.FromSeconds(1));
    }
}
