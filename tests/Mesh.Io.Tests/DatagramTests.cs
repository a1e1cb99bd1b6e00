using System.Net.Sockets;

namespace Mesh.Io.Tests;

/// <summary>What every kind of loop does with datagrams.</summary>
public sealed class DatagramTests
{
    public static TheoryData<LoopKind> All => LoopRig.All;

    [Theory, MemberData(nameof(All))]
    public void An_echo_comes_back_from_where_it_was_sent(LoopKind kind)
    {
        using var rig = new LoopRig(kind);
        var loop = rig.CreateLoop();
        var far = rig.CreateLoop("far").Bind(LoopRig.Host, new Taker((s, in d) => s.TrySend(d.Payload, d.From)), DatagramSocketOptions.Signalling);
        byte[]? answer = null;
        NetAddress from = default;
        bool onLoop = false;
        var taker = new Taker((_, in d) => { answer = d.Payload.ToArray(); from = d.From; onLoop = loop.IsCurrent; });
        var near = loop.Bind(LoopRig.Host, taker, DatagramSocketOptions.Signalling);
        Assert.NotEqual(0, near.Local.Port);
        Assert.True(near.TrySend("hello"u8, far.Local));
        rig.Until(() => taker.Taken == 1);
        Assert.Equal("hello"u8.ToArray(), answer);
        Assert.Equal(far.Local, from);
        Assert.True(onLoop);
        Assert.False(loop.IsCurrent);
        Assert.Equal((1, 1), (near.Counters.Sent, near.Counters.Received));
    }

    [Theory, MemberData(nameof(All))]
    public void A_header_goes_in_front_of_a_payload_without_a_copy(LoopKind kind)
    {
        using var rig = new LoopRig(kind);
        var loop = rig.CreateLoop();
        byte[]? answer = null;
        var sink = new Taker((_, in d) => answer = d.Payload.ToArray());
        var near = loop.Bind(LoopRig.Host, sink, DatagramSocketOptions.Media);
        var relay = loop.Bind(LoopRig.Host, new Taker((s, in d) =>
        {
            d.Buffer[..Datagram.Headroom].Fill(7);
            s.TrySend(d.Buffer[..(Datagram.Headroom + d.Length)], d.From);
        }), DatagramSocketOptions.Media);
        near.TrySend([1, 2, 3], relay.Local);
        rig.Until(() => sink.Taken == 1);
        Assert.Equal([.. Enumerable.Repeat((byte)7, Datagram.Headroom), 1, 2, 3], answer);
    }

    [Theory, MemberData(nameof(All))]
    public void IPv6_works_alike(LoopKind kind)
    {
        using var rig = new LoopRig(kind);
        var loop = rig.CreateLoop();
        var echo = loop.Bind(NetAddress.Parse("[::1]:0"), new Taker((s, in d) => s.TrySend(d.Payload, d.From)), DatagramSocketOptions.Signalling);
        NetAddress from = default;
        var taker = new Taker((_, in d) => from = d.From);
        var near = loop.Bind(NetAddress.Parse("[::1]:0"), taker, DatagramSocketOptions.Signalling);
        Assert.True(near.TrySend([1], echo.Local));
        rig.Until(() => taker.Taken == 1);
        Assert.Equal(echo.Local, from);
        Assert.False(near.TrySend([1], LoopRig.Host.WithPort(9)));
        Assert.Equal(1, near.Counters.SendRefused);
    }

    [Theory, MemberData(nameof(All))]
    public void The_largest_datagram_passes_and_a_larger_one_is_refused(LoopKind kind)
    {
        using var rig = new LoopRig(kind);
        var loop = rig.CreateLoop();
        int length = 0;
        var taker = new Taker((_, in d) => length = d.Length);
        var socket = loop.Bind(LoopRig.Host, taker, DatagramSocketOptions.Signalling);
        Assert.True(socket.TrySend(new byte[Datagram.MaxPayload], socket.Local));
        rig.Until(() => taker.Taken == 1);
        Assert.Equal(Datagram.MaxPayload, length);
        Assert.False(socket.TrySend(new byte[Datagram.MaxPayload + 1], socket.Local));
        Assert.Equal(1, socket.Counters.SendRefused);
    }

    [Theory, MemberData(nameof(All))]
    public void Ten_thousand_datagrams_arrive_in_order(LoopKind kind)
    {
        using var rig = new LoopRig(kind);
        var loop = rig.CreateLoop();
        long outOfOrder = 0, next = 0;
        var taker = new Taker((_, in d) => { if (BitConverter.ToInt64(d.Payload) != next++) outOfOrder++; });
        var to = loop.Bind(LoopRig.Host, taker, DatagramSocketOptions.Signalling);
        var from = loop.Bind(LoopRig.Host, null, DatagramSocketOptions.Signalling);
        for (int i = 0; i < 10_000; i++)
        {
            Assert.True(from.TrySend(BitConverter.GetBytes((long)i), to.Local));
            // The kernel's buffer may be as small as 212,992 octets: no more than it surely holds is on its way.
            if (i % 100 == 99) rig.Until(() => taker.Taken == i + 1);
        }
        Assert.Equal(0, outOfOrder);
        Assert.Equal(10_000, to.Counters.Received);
    }

    [Theory, MemberData(nameof(All))]
    public void A_receiver_that_throws_is_counted_reported_and_survived(LoopKind kind)
    {
        using var rig = new LoopRig(kind);
        var loop = rig.CreateLoop();
        string? where = null;
        loop.OnFault = (w, _) => { where = w; throw new InvalidOperationException("even the log throws"); };
        var taker = new Taker((_, in d) => { if (d.Payload[0] == 1) throw new InvalidOperationException("bad input"); });
        var socket = loop.Bind(LoopRig.Host, taker, DatagramSocketOptions.Signalling);
        socket.TrySend([1], socket.Local);
        socket.TrySend([2], socket.Local);
        rig.Until(() => taker.Taken == 2);
        Assert.Equal(1, socket.Counters.ReceiverFaults);
        Assert.Equal("datagram", where);
        Assert.True(loop.Faults >= 1);
    }

    [Theory, MemberData(nameof(All))]
    public void Nobody_there_is_survived_and_told_where_the_system_tells(LoopKind kind)
    {
        using var rig = new LoopRig(kind);
        var loop = rig.CreateLoop();
        var gone = loop.Bind(LoopRig.Host, null, DatagramSocketOptions.Signalling);
        var taker = new Taker();
        var socket = loop.Bind(LoopRig.Host, taker, DatagramSocketOptions.Signalling);
        gone.Dispose();
        for (int i = 0; i < 20; i++) socket.TrySend([1], gone.Local);
        if (kind != LoopKind.Socket)
        {
            rig.Until(() => taker.Unreachables > 0);
            Assert.Equal(gone.Local, taker.Unreachable);
            Assert.True(socket.Counters.IcmpErrors > 0);
        }
        Assert.True(socket.TrySend([2], socket.Local));
        rig.Until(() => taker.Taken == 1);
    }

    [Theory, MemberData(nameof(All))]
    public void A_socket_without_receiver_discards_and_may_get_one_later(LoopKind kind)
    {
        using var rig = new LoopRig(kind);
        var loop = rig.CreateLoop();
        var socket = loop.Bind(LoopRig.Host, null, DatagramSocketOptions.Media);
        socket.TrySend([1], socket.Local);
        rig.Until(() => socket.Counters.Received == 1);
        var taker = new Taker();
        rig.On(loop, () => { socket.Receiver = taker; });
        socket.TrySend([2], socket.Local);
        rig.Until(() => taker.Taken == 1);
    }

    [Theory, MemberData(nameof(All))]
    public void A_hundred_thousand_random_datagrams_leave_it_answering(LoopKind kind)
    {
        using var rig = new LoopRig(kind);
        var loop = rig.CreateLoop();
        var chance = new SeededChance(5);
        var answered = new Taker();
        var near = loop.Bind(LoopRig.Host, answered, DatagramSocketOptions.Signalling);
        var listener = new Taker((s, in d) =>
        {
            if (d.Payload.SequenceEqual("OPTIONS"u8)) s.TrySend("200"u8, d.From);
            else if (d.Length % 16 == 0) throw new FormatException("not a request");
        });
        var far = rig.CreateLoop("far").Bind(LoopRig.Host, listener, DatagramSocketOptions.Signalling);
        byte[] noise = new byte[1500];
        for (int i = 0; i < 100_000; i++)
        {
            var datagram = noise.AsSpan(0, chance.NextInt32(64) == 0 ? chance.NextInt32(1500) : chance.NextInt32(64));
            chance.Fill(datagram);
            near.TrySend(datagram, far.Local);
            if (i % 50 == 49) rig.Until(() => listener.Taken == i + 1);
        }
        near.TrySend("OPTIONS"u8, far.Local);
        rig.Until(() => answered.Taken == 1);
        Assert.True(far.Counters.ReceiverFaults > 0);
    }

    [Theory, MemberData(nameof(All))]
    public void An_address_that_cannot_be_bound_is_named(LoopKind kind)
    {
        using var rig = new LoopRig(kind);
        var loop = rig.CreateLoop();
        var taken = loop.Bind(LoopRig.Host, null, DatagramSocketOptions.Signalling);
        var error = Assert.Throws<SocketException>(() => loop.Bind(taken.Local, null, DatagramSocketOptions.Signalling));
        Assert.Equal(SocketError.AddressAlreadyInUse, error.SocketErrorCode);
        Assert.Contains(taken.Local.ToString(), error.Message);
        if (kind == LoopKind.Simulated) return;
        var foreign = NetAddress.Parse("192.0.2.1:5060");
        error = Assert.Throws<SocketException>(() => loop.Bind(foreign, null, DatagramSocketOptions.Signalling));
        Assert.Equal(SocketError.AddressNotAvailable, error.SocketErrorCode);
        Assert.Contains("192.0.2.1:5060", error.Message);
    }

    [Theory, MemberData(nameof(All))]
    public void A_closed_socket_sends_nothing_and_frees_its_port(LoopKind kind)
    {
        using var rig = new LoopRig(kind);
        var loop = rig.CreateLoop();
        var socket = loop.Bind(LoopRig.Host, null, DatagramSocketOptions.Signalling);
        socket.Dispose();
        socket.Dispose();
        Assert.False(socket.TrySend([1], LoopRig.Host.WithPort(9)));
        var taker = new Taker();
        var again = loop.Bind(socket.Local, taker, DatagramSocketOptions.Signalling);
        again.TrySend([1], again.Local);
        rig.Until(() => taker.Taken == 1);
    }
}
