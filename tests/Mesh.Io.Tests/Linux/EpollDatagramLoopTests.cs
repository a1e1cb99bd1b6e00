using System.Runtime.Versioning;
using Mesh.Io.Linux;

namespace Mesh.Io.Tests.Linux;

[SupportedOSPlatform("linux")]
public sealed class EpollDatagramLoopTests
{
    [Fact]
    public void A_relayed_datagram_allocates_nothing()
    {
        using var rig = new LoopRig(LoopKind.Epoll);
        var loop = rig.CreateLoop();
        const int warmUp = 20_000, measured = 20_000;
        long before = 0, after = -1;
        int left = warmUp + measured;
        IDatagramSocket near = null!, far = null!;
        var taker = new Taker((socket, in d) =>
        {
            if (left == measured) before = GC.GetAllocatedBytesForCurrentThread();
            if (--left == 0) after = GC.GetAllocatedBytesForCurrentThread();
            if (left > 0) socket.TrySend(d.Payload, d.From);
        });
        near = loop.Bind(LoopRig.Host, taker, DatagramSocketOptions.Media);
        far = loop.Bind(LoopRig.Host, taker, DatagramSocketOptions.Media);
        near.TrySend(new byte[172], far.Local);
        rig.Until(() => taker.Taken == warmUp + measured);
        Assert.Equal(0, after - before);
    }

    [Theory]
    [InlineData("127.77.0.1:0", 0, 1), InlineData("[::1]:0", 41, 67)]
    public unsafe void What_it_sends_is_marked(string local, int level, int name)
    {
        var (descriptor, _) = DatagramDescriptor.Open(NetAddress.Parse(local), DatagramSocketOptions.Media);
        using (descriptor)
        {
            int value = 0;
            uint length = sizeof(int);
            Assert.Equal(0, Libc.getsockopt(descriptor.Number, level, name, &value, &length));
            Assert.Equal(46 << 2, value);
        }
    }

    [Theory]
    [InlineData("127.0.0.1:5060"), InlineData("255.255.255.255:65535"), InlineData("[2001:db8::1]:4569"), InlineData("[::1]:1")]
    public unsafe void An_address_survives_the_kernels_form(string text)
    {
        byte* octets = stackalloc byte[KernelAddress.MaxLength];
        var address = NetAddress.Parse(text);
        Assert.Equal(address.IsIPv4 ? 16u : 28u, KernelAddress.Write(address, octets));
        Assert.Equal(address, KernelAddress.Read(octets));
    }

    [Fact]
    public unsafe void A_descriptor_stays_open_while_a_call_on_it_is_under_way()
    {
        using var loop = new EpollDatagramLoop("never started", new MeshClock(TimeProvider.System), new SeededChance(1));
        var socket = (EpollDatagramSocket)loop.Bind(LoopRig.Host, null, DatagramSocketOptions.Media);
        Assert.True(socket.Descriptor.TryHold());
        socket.Dispose();
        byte* address = stackalloc byte[KernelAddress.MaxLength];
        uint length = KernelAddress.MaxLength;
        Assert.Equal(0, Libc.getsockname(socket.Descriptor.Number, address, &length));
        Assert.Equal(socket.Local, KernelAddress.Read(address));
        Assert.False(socket.TrySend([1], socket.Local));
        socket.Descriptor.DangerousRelease();
        Assert.False(socket.Descriptor.TryHold());
        loop.Bind(socket.Local, null, DatagramSocketOptions.Media);
    }

    [Fact]
    public void An_event_of_a_closed_socket_does_not_find_the_one_in_its_place()
    {
        using var loop = new EpollDatagramLoop("never started", new MeshClock(TimeProvider.System), new SeededChance(1));
        var table = new EpollSocketTable();
        var sockets = Enumerable.Range(0, 200).Select(_ => new EpollDatagramSocket(loop, new Descriptor(-1), default, null)).ToArray();
        foreach (var socket in sockets) table.Add(socket);
        Assert.All(sockets, s => Assert.Same(s, table.Find(s.Tag)));
        table.Remove(sockets[77]);
        Assert.Null(table.Find(sockets[77].Tag));
        var next = new EpollDatagramSocket(loop, new Descriptor(-1), default, null);
        table.Add(next);
        Assert.Equal((uint)sockets[77].Tag, (uint)next.Tag);
        Assert.Null(table.Find(sockets[77].Tag));
        Assert.Same(next, table.Find(next.Tag));
        table.Remove(sockets[77]);
        Assert.Same(next, table.Find(next.Tag));
        Assert.Equal(200, table.ToArray().Length);
    }

    [Fact]
    public void What_the_kernel_drops_is_known()
    {
        using var loop = new EpollDatagramLoop("never started", new MeshClock(TimeProvider.System), new SeededChance(1));
        var socket = loop.Bind(LoopRig.Host, null, new DatagramSocketOptions { ReceiveBufferBytes = 4096 });
        Assert.Equal(0, socket.KernelDropped);
        for (int i = 0; i < 1_000; i++) socket.TrySend(new byte[1_000], socket.Local);
        Assert.InRange(socket.KernelDropped, 500, 999);
        socket.Dispose();
        Assert.Equal(0, socket.KernelDropped);
    }

    [Fact]
    public void The_loop_for_this_system_is_the_epoll_loop()
    {
        using var loop = DatagramLoops.Create("loop", new MeshClock(TimeProvider.System), new CryptoChance());
        Assert.IsType<EpollDatagramLoop>(loop);
    }
}
