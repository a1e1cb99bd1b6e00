using Mesh.Iax2.Tests.Support;
using Mesh.Iax2.Trunking;

namespace Mesh.Iax2.Tests.Trunking;

/// <summary>The assembler with real threads, and what it costs.</summary>
public sealed class TrunkAssemblerTests : IIaxCore, IDisposable
{
    private readonly SimulatedWorld world = new();
    private readonly CollectingLoop loop;
    private readonly IaxEndpoint endpoint;

    public TrunkAssemblerTests()
    {
        loop = new CollectingLoop(world.Time);
        endpoint = new IaxEndpoint(loop, NetAddress.Parse("10.0.0.1:4569"), this);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_several_threads_add_is_sent_once_and_whole(bool timed)
    {
        const int Threads = 6, Frames = 20_000;
        var trunk = Joined(new TrunkOptions { WithTimestamps = timed }, Threads);
        int refused = 0;
        var threads = Enumerable.Range(1, Threads).Select(number => new Thread(() =>
        {
            long lastIn = 0;
            byte[] payload = new byte[160];
            for (int i = 0; i < Frames; i++)
            {
                payload.AsSpan().Fill((byte)number);
                System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(payload, i);
                if (!trunk.TryAdd((ushort)number, (ushort)(1 + i % 60_000), payload, ref lastIn)) { Interlocked.Increment(ref refused); loop.Collected.Enqueue(Mini(number, payload)); }
            }
        })).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        trunk.Flush();

        var seen = new HashSet<(int, int)>();
        while (loop.Collected.TryDequeue(out byte[]? datagram))
        {
            if (datagram[0] != 0 || datagram[1] != 0) { Assert.True(seen.Add((datagram[1], System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(datagram.AsSpan(4))))); continue; }
            Assert.True(TrunkFrame.TryRead(datagram, out var frame));
            while (frame.MoveNext())
            {
                var payload = datagram.AsSpan(frame.Current.Offset, frame.Current.Length);
                Assert.Equal(160, payload.Length);
                Assert.True(payload[4..].IndexOfAnyExcept((byte)frame.Current.SourceCall) < 0);
                Assert.True(seen.Add((frame.Current.SourceCall, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(payload))));
            }
            Assert.False(frame.IsTruncated);
        }
        Assert.Equal(Threads * Frames, seen.Count);
        Assert.Equal(Threads * Frames, endpoint.Counters.TrunkEntriesSent + refused);
        Assert.True(refused < Threads * Frames / 2, $"{refused} refused");
    }

    [Fact]
    public void Adding_and_sending_allocate_nothing()
    {
        loop.Discards = true;
        var trunk = Joined(new TrunkOptions(), 10);
        byte[] payload = new byte[160];
        long lastIn = 0, least = long.MaxValue;
        for (int round = 0; round < 8; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 1; i < 1_000; i++) Assert.True(trunk.TryAdd(7, (ushort)i, payload, ref lastIn));
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.Equal(0, least);
    }

    [Fact]
    public void Voice_that_comes_sends_what_a_loop_that_stands_does_not()
    {
        var trunk = Joined(new TrunkOptions(), 10);
        long lastIn = 0;
        Assert.True(trunk.TryAdd(7, 20, new byte[20], ref lastIn));
        world.RunFor(TimeSpan.FromMilliseconds(300));
        Assert.Empty(loop.Collected);
        Assert.True(trunk.TryAdd(8, 20, new byte[20], ref lastIn));
        Assert.Single(loop.Collected);
    }

    [Fact]
    public void A_frame_longer_than_the_mtu_and_a_stamp_of_0_go_as_mini_frames()
    {
        var trunk = Joined(new TrunkOptions { Mtu = 340 }, 10);
        long lastIn = 0;
        Assert.False(trunk.TryAdd(7, 20, new byte[400], ref lastIn));
        Assert.False(trunk.TryAdd(7, 0, new byte[160], ref lastIn));
        Assert.True(trunk.TryAdd(7, 20, new byte[160], ref lastIn));
    }

    void IIaxCore.OnCall(IncomingIaxCall call) => Assert.Fail("nobody calls");

    public void Dispose()
    {
        endpoint.Dispose();
        world.Dispose();
    }

    private TrunkAssembler Joined(TrunkOptions options, int calls)
    {
        var trunk = new TrunkAssembler(endpoint, NetAddress.Parse("10.0.0.2:4569"), options);
        for (int i = 0; i < calls; i++) trunk.Join();
        return trunk;
    }

    private static byte[] Mini(int number, ReadOnlySpan<byte> payload)
    {
        byte[] mini = new byte[4 + payload.Length];
        new MiniFrame { SourceCall = (ushort)number, Timestamp = 1, Payload = payload }.Write(mini);
        return mini;
    }
}
