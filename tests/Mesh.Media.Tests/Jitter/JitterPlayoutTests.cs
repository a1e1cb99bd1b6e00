using Mesh.Io.Simulation;
using Mesh.Media.Jitter;

namespace Mesh.Media.Tests.Jitter;

/// <summary>The buffer at work on a loop: an even rhythm comes out, by deadlines.</summary>
public sealed class JitterPlayoutTests : IDisposable
{
    private readonly SimulatedWorld world = new(5);
    private readonly SimulatedLoop loop;
    private readonly Port port;
    private readonly Listener listener;
    private readonly byte[] buffer = new byte[Datagram.Headroom + 160];

    public JitterPlayoutTests()
    {
        loop = world.CreateLoop("site");
        port = new Port(loop);
        port.Sink = listener = new Listener(loop);
    }

    public void Dispose()
    {
        Assert.Empty(world.Faults);
        world.Dispose();
    }

    [Fact]
    public void What_came_unevenly_goes_on_every_twenty_milliseconds()
    {
        using var playout = new JitterPlayout(port, new JitterBufferOptions());
        Talk(playout, 1_000, i => i % 7 * 10);
        var late = listener.Heard.Skip(200).ToList();
        Assert.All(late.Zip(late.Skip(1)), two => Assert.Equal(20, two.Second.AtMs - two.First.AtMs));
        Assert.All(late.Zip(late.Skip(1)), two => Assert.Equal(160u, two.Second.Timestamp - two.First.Timestamp));
        Assert.Equal(1_000, playout.Statistics.Played);
        Assert.Single(listener.Heard, heard => heard.Marker);
    }

    [Fact]
    public void After_a_pause_the_stamp_has_moved_as_far_as_the_clock()
    {
        using var playout = new JitterPlayout(port, new JitterBufferOptions());
        Talk(playout, 600, i => i % 300 >= 200 ? -1 : 5);
        var marked = listener.Heard.Where(heard => heard.Marker).ToList();
        Assert.Equal(2, marked.Count);
        Assert.Equal(300 * 20, marked[1].AtMs - marked[0].AtMs);
        Assert.Equal((uint)(300 * 160), marked[1].Timestamp - marked[0].Timestamp);
    }

    [Fact]
    public void Frames_that_come_five_at_a_time_go_on_one_at_a_time()
    {
        using var playout = new JitterPlayout(port, new JitterBufferOptions());
        Talk(playout, 1_000, i => (4 - i % 5) * 20);
        var late = listener.Heard.Where(heard => heard.Number is >= 200 and < 990).ToList();
        Assert.Equal(Enumerable.Range(200, 790), late.Select(heard => heard.Number));
        Assert.All(late.Zip(late.Skip(1)), two => Assert.Equal(20, two.Second.AtMs - two.First.AtMs));
        Assert.Equal(0, loop.Deadlines.Armed);
    }

    [Fact]
    public void Closed_nothing_more_comes_out_and_no_deadline_is_left()
    {
        var playout = new JitterPlayout(port, new JitterBufferOptions());
        Talk(playout, 100, _ => 5, runOut: false);
        Assert.Equal(1, loop.Deadlines.Armed);
        loop.Invoke(playout.Dispose);
        loop.Invoke(playout.Dispose);
        Assert.Equal(0, loop.Deadlines.Armed);
        int heard = listener.Heard.Count;
        Put(playout, 101);
        world.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal(heard, listener.Heard.Count);
    }

    [Fact]
    public void Nothing_is_allocated_per_packet()
    {
        using var playout = new JitterPlayout(port, new JitterBufferOptions());
        port.Sink = null;
        Talk(playout, 100, _ => 5, runOut: false);
        long allocated = 0;
        loop.Invoke(() =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 100; i < 140; i++) playout.OnAudio(new AudioFrame(buffer, Datagram.Headroom, 160, AudioCodec.Pcma, 0, false), (uint)(i * 20), loop.Clock.NowMs + (i - 100) * 20);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        });
        Assert.Equal(0, allocated);
    }

    private void Talk(JitterPlayout playout, int frames, Func<int, int> delay, bool runOut = true)
    {
        for (int i = 0; i < frames; i++)
        {
            int number = i, took = delay(i);
            if (took >= 0) world.After(TimeSpan.FromMilliseconds(i * 20 + took), () => Put(playout, number));
        }
        world.RunFor(TimeSpan.FromMilliseconds(frames * 20 + (runOut ? 1_000 : 0)));
    }

    private void Put(JitterPlayout playout, int number) => loop.Invoke(() =>
    {
        BitConverter.TryWriteBytes(buffer.AsSpan(Datagram.Headroom), number);
        playout.OnAudio(new AudioFrame(buffer, Datagram.Headroom, 160, AudioCodec.Pcma, (uint)number * 160, marker: false), (uint)(number * 20), loop.Clock.NowMs);
    });

    private sealed class Listener(SimulatedLoop loop) : IAudioSink
    {
        public List<(long AtMs, uint Timestamp, bool Marker, int Number)> Heard { get; } = [];

        public void OnAudio(in AudioFrame frame)
        {
            // Room for the next header, as from a socket.
            Assert.True(frame.Offset >= Datagram.Headroom);
            Heard.Add((loop.Clock.NowMs, frame.Timestamp, frame.Marker, BitConverter.ToInt32(frame.Payload)));
        }

        public void OnDigit(DigitEvent digit) { }
    }

    private sealed class Port(Loop loop) : IAudioPort
    {
        public IAudioSink? Sink { get; set; }
        public AudioCodec SendCodec => AudioCodec.Pcma;
        public AudioPortCounters Counters { get; } = new();
        public Loop Loop => loop;
        public void OnAudio(in AudioFrame frame) { }
        public void OnDigit(DigitEvent digit) { }
    }
}
