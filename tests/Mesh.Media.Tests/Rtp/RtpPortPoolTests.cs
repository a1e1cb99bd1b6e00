namespace Mesh.Media.Tests.Rtp;

public sealed class RtpPortPoolTests
{
    private static readonly RtpPortPoolOptions Small = new() { FirstPort = 20_001, LastPort = 20_016, Ready = 4 };

    [Fact]
    public void Ports_are_even_of_the_range_with_rtcp_beside_and_go_round_the_loops()
    {
        using var w = new MediaWorld(options: Small);
        var ports = Enumerable.Range(0, 4).Select(_ => w.Pool.Rent()!).ToList();
        Assert.All(ports, p => Assert.True(p.Local.Port % 2 == 0 && p.Local.Port is >= 20_002 and <= 20_014));
        Assert.All(ports, p => Assert.Contains(p.Local.WithPort((ushort)(p.Local.Port + 1)), w.World.Wire.Bound));
        Assert.Equal(2, ports.Count(p => p.Loop == w.Loops[0]));
        Assert.Equal(4, ports.Select(p => p.Ssrc).Distinct().Count());
    }

    [Fact]
    public void More_are_bound_before_they_are_needed_until_the_range_is_used_up()
    {
        using var w = new MediaWorld(options: Small);
        var rented = new List<RtpPort>();
        while (w.Pool.Rent() is { } port) { rented.Add(port); w.Run(1); }
        // 20002, 20004 ... 20014; 20016 would have no RTCP port inside the range.
        Assert.Equal(7, rented.Count);
        Assert.Equal((7L, 1L, 0), (w.Pool.Rented, w.Pool.Exhausted, w.Pool.Free));
    }

    [Fact]
    public void Renting_and_returning_bind_nothing()
    {
        using var w = new MediaWorld();
        int bound = w.World.Wire.Bound.Count;
        for (int i = 0; i < 100; i++)
        {
            w.Pool.Rent()!.Dispose();
            w.Run(4000);
        }
        Assert.Equal(bound, w.World.Wire.Bound.Count);
        Assert.Equal(0, w.Pool.Rented);
    }

    [Fact]
    public void A_returned_port_rests_and_late_packets_reach_nobody()
    {
        using var w = new MediaWorld(options: Small);
        var (port, phone) = w.Leg();
        phone.SendAudio(); w.Run(20);
        port.Dispose();
        port.Dispose();
        phone.SendAudio(); w.Run(20);
        Assert.Equal((0L, 1L, 1L), (w.Pool.Rented, w.Pool.Strays, port.Counters.PacketsReceived));
        var others = Enumerable.Range(0, 3).Select(_ => w.Pool.Rent()!.Local).ToList();
        Assert.DoesNotContain(port.Local, others);
        w.Run(3000);
        Assert.Contains(port.Local, Enumerable.Range(0, 4).Select(_ => w.Pool.Rent()!.Local));
    }

    [Fact]
    public void With_nothing_else_left_a_short_rest_must_do()
    {
        using var w = new MediaWorld(options: Small);
        var rented = new List<RtpPort>();
        while (w.Pool.Rent() is { } port) { rented.Add(port); w.Run(1); }
        rented[0].Dispose();
        Assert.Null(w.Pool.Rent());
        w.Run(300);
        Assert.Equal(rented[0].Local, w.Pool.Rent()!.Local);
        Assert.Equal(1, w.Pool.RestsShortened);
    }

    [Fact]
    public void The_former_tenant_cannot_disturb_the_next()
    {
        using var w = new MediaWorld(options: Small with { FirstPort = 20_000, LastPort = 20_001 });
        var (former, alice) = w.Leg();
        var bridgeEnd = new ToneDetector(400);
        former.Sink = bridgeEnd;
        former.Dispose();
        w.Run(4000);
        var next = w.Pool.Rent()!;
        Assert.Equal(former.Local, next.Local);
        former.Dispose();
        former.OnDigit(new DigitEvent('1', true, 100));
        alice.SendAudio(); w.Run(20);
        Assert.Equal((0L, 1L), (bridgeEnd.Packets, next.Counters.Discarded));
        Assert.Empty(alice.Got);
        Assert.Equal(1, w.Pool.Rented);
    }

    [Fact]
    public void A_port_held_by_another_program_is_passed_over()
    {
        using var world = new Mesh.Io.Simulation.SimulatedWorld();
        var other = world.CreateLoop("other");
        other.Bind(NetAddress.Parse("10.0.0.1:20003"), null, DatagramSocketOptions.Media);
        using var pool = new RtpPortPool([world.CreateLoop("media")], NetAddress.Parse("10.0.0.1:0"),
            new RtpPortPoolOptions { FirstPort = 20_000, LastPort = 20_009, Ready = 8 }, world.CreateChance());
        var ports = Enumerable.Range(0, 5).Select(_ => pool.Rent()?.Local.Port ?? 0).ToList();
        Assert.Equal([20_000, 20_004, 20_006, 20_008, 0], ports.Order().SkipWhile(p => p == 0).Append((ushort)0).Select(p => (int)p));
        Assert.Equal(1, pool.Unbindable);
        Assert.DoesNotContain(NetAddress.Parse("10.0.0.1:20002"), world.Wire.Bound);
    }
}
