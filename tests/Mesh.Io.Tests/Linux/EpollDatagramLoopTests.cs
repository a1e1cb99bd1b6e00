using System.Runtime.InteropServices;
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
    public void What_it_sends_is_marked(string local, int level, int name)
    {
        var (descriptor, _) = DatagramDescriptor.Open(NetAddress.Parse(local), DatagramSocketOptions.Media);
        using (descriptor)
        {
            int value = 0;
            uint length = sizeof(int);
            Assert.Equal(0, getsockopt(descriptor.Number, level, name, ref value, ref length));
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
    public void The_loop_for_this_system_is_the_epoll_loop()
    {
        using var loop = DatagramLoops.Create("loop", new MeshClock(TimeProvider.System), new CryptoChance());
        Assert.IsType<EpollDatagramLoop>(loop);
    }

    [DllImport("libc")]
    private static extern int getsockopt(int descriptor, int level, int name, ref int value, ref uint length);
}
