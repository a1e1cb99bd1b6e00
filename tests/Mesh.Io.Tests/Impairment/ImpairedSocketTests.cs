namespace Mesh.Io.Tests;

public sealed class ImpairedSocketTests
{
    public static TheoryData<LoopKind> All => LoopRig.All;

    [Theory]
    [MemberData(nameof(All))]
    public void Both_directions_are_impaired_each_in_its_way(LoopKind kind)
    {
        using var rig = new LoopRig(kind);
        var loop = rig.CreateLoop();
        var sum = new Taker();
        var echo = new Taker((IDatagramSocket s, in Datagram d) => s.TrySend(d.Payload, d.From));
        var far = loop.Bind(LoopRig.Host, echo, DatagramSocketOptions.Media);
        var socket = rig.On(loop, () => new ImpairedSocket(loop, loop.Bind(LoopRig.Host, null, DatagramSocketOptions.Media), sum, Impairments.Parse("out.drop=50%,in.duplicate=100%,seed=5")));
        rig.On(loop, () => { for (int i = 0; i < 100; i++) Assert.True(socket.TrySend([1, 2, 3], far.Local)); });
        rig.Until(() => socket.OutCounters.Sent == 100 && sum.Taken == 2 * (100 - socket.OutCounters.Lost));
        Assert.InRange(socket.OutCounters.Lost, 30, 70);
        Assert.Equal(echo.Taken, socket.InCounters.Duplicated);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_is_delayed_arrives_late_whole_and_in_order(LoopKind kind)
    {
        using var rig = new LoopRig(kind);
        var loop = rig.CreateLoop();
        var arrived = new List<(byte First, int Length, long At)>();
        var taker = new Taker((IDatagramSocket _, in Datagram d) => arrived.Add((d.Payload[0], d.Length, d.ReceivedAtMicros)));
        var far = loop.Bind(LoopRig.Host, taker, DatagramSocketOptions.Media);
        var socket = rig.On(loop, () => new ImpairedSocket(loop, loop.Bind(LoopRig.Host, null, DatagramSocketOptions.Media), null, Impairments.Parse("delay=30ms,jitter=5ms,seed=1")));
        long sent = rig.On(loop, () =>
        {
            for (byte i = 0; i < 50; i++) socket.TrySend(Enumerable.Repeat(i, 100 + i).ToArray(), far.Local);
            return loop.Clock.NowMicros;
        });
        rig.Until(() => taker.Taken == 50);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => ((byte)i, 100 + i)), arrived.Select(a => (a.First, a.Length)));
        Assert.All(arrived, a => Assert.True(a.At - sent >= 29_000));
        Assert.Equal(0, socket.OutCounters.Held);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_arrives_late_has_headroom_and_its_sender(LoopKind kind)
    {
        using var rig = new LoopRig(kind);
        var loop = rig.CreateLoop();
        NetAddress from = default;
        var taker = new Taker((IDatagramSocket _, in Datagram d) =>
        {
            from = d.From;
            d.Buffer[..Datagram.Headroom].Fill(0xAA);
            Assert.Equal("hello"u8.ToArray(), d.Payload.ToArray());
        });
        var socket = rig.On(loop, () => new ImpairedSocket(loop, loop.Bind(LoopRig.Host, null, DatagramSocketOptions.Media), taker, Impairments.Parse("in.delay=10ms")));
        var sender = loop.Bind(LoopRig.Host, null, DatagramSocketOptions.Media);
        rig.On(loop, () => sender.TrySend("hello"u8, socket.Local));
        rig.Until(() => taker.Taken == 1);
        Assert.Equal((sender.Local, 0L), (from, loop.Faults));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Sending_from_another_thread_works_and_nothing_comes_after_disposal(LoopKind kind)
    {
        using var rig = new LoopRig(kind);
        var loop = rig.CreateLoop();
        var taker = new Taker();
        var far = loop.Bind(LoopRig.Host, taker, DatagramSocketOptions.Media);
        var socket = rig.On(loop, () => new ImpairedSocket(loop, loop.Bind(LoopRig.Host, null, DatagramSocketOptions.Media), null, Impairments.None));
        byte[] payload = [1];
        Assert.True(socket.TrySend(payload, far.Local));
        payload[0] = 2;
        rig.Until(() => taker.Taken == 1);
        rig.On(loop, () => socket.Replace(Impairments.Parse("delay=20ms")));
        rig.On(loop, () => socket.TrySend([1], far.Local));
        socket.Dispose();
        Assert.False(socket.TrySend([1], far.Local));
        rig.Until(() => socket.OutCounters.Held == 0);
        Assert.Equal(1, taker.Taken);
    }
}
