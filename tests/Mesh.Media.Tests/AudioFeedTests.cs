using Mesh.Io.Simulation;

namespace Mesh.Media.Tests;

public sealed class AudioFeedTests : IDisposable
{
    private readonly SimulatedWorld world = new();
    private readonly PlainPort port;

    public AudioFeedTests() => port = new PlainPort(world.CreateLoop("loop"));

    [Fact]
    public void Only_the_open_feed_is_heard()
    {
        var (a, b) = (new AudioFeed(port), new AudioFeed(port));
        Send(a, 0);
        a.Open();
        Send(a, 0);
        b.Open();
        Send(a, 160);
        a.OnDigit(new DigitEvent('1', false, 0));
        Send(b, 0);
        b.OnDigit(new DigitEvent('2', false, 0));
        a.Close();
        Send(b, 160);
        b.Close();
        Send(b, 320);
        Assert.Equal((1L, 2L, 2L, 1L), (a.Packets, a.Refused, b.Packets, b.Refused));
        Assert.Equal(3, port.Frames.Count);
        Assert.Equal("2", port.Digits);
        Assert.Null(port.Inlet.Current);
    }

    [Fact]
    public void A_pause_of_the_source_stays_a_pause()
    {
        var feed = Opened();
        Send(feed, 0);
        Send(feed, 4000, marker: true);
        Assert.Equal([true, true], port.Frames.Select(f => f.Marker));
        Assert.Equal(4000u, port.Frames[1].Timestamp - port.Frames[0].Timestamp);
    }

    [Fact]
    public void A_jump_of_the_sources_clock_becomes_the_time_that_went_by()
    {
        var feed = Opened();
        Send(feed, 0);
        world.RunFor(TimeSpan.FromSeconds(2));
        Send(feed, 3_000_000_000);
        Assert.Equal((16_000u, true), (port.Frames[1].Timestamp - port.Frames[0].Timestamp, port.Frames[1].Marker));
    }

    [Fact]
    public void A_feed_reopened_goes_on_after_what_the_other_sent()
    {
        var (a, b) = (Opened(), new AudioFeed(port));
        for (uint i = 0; i < 5; i++) Send(a, i * 160);
        b.Open();
        for (uint i = 0; i < 5; i++) Send(b, 9_000_000 + i * 160);
        a.Open();
        Send(a, 800);
        // No time went by in this world, so each follows right after the other.
        Assert.Equal(Enumerable.Range(0, 11).Select(i => (uint)i * 160), port.Frames.Select(f => f.Timestamp - port.Frames[0].Timestamp));
        Assert.Equal([0, 5, 10], Enumerable.Range(0, 11).Where(i => port.Frames[i].Marker));
    }

    [Fact]
    public void A_port_without_an_inlet_takes_everything_from_its_feed()
    {
        var bare = new BarePort(port.Loop);
        var feed = new AudioFeed(bare);
        feed.Open();
        Send(feed, 77);
        Assert.Equal(1, bare.Packets);
    }

    public void Dispose() => world.Dispose();

    private AudioFeed Opened()
    {
        var feed = new AudioFeed(port);
        feed.Open();
        return feed;
    }

    private static void Send(AudioFeed feed, uint timestamp, bool marker = false) =>
        feed.OnAudio(new AudioFrame(new byte[64 + 160], 64, 160, AudioCodec.Pcma, timestamp, marker));

    /// <summary>A port as the voice of an IAX2 call may be: its own inlet, no RTP.</summary>
    private sealed class PlainPort(Loop loop) : IAudioPort
    {
        public List<(uint Timestamp, bool Marker)> Frames { get; } = [];

        public string Digits { get; private set; } = "";

        public AudioInlet Inlet { get; } = new(loop.Clock, 123);

        public IAudioSink? Sink { get; set; }

        public AudioCodec SendCodec => AudioCodec.Pcma;

        public AudioPortCounters Counters { get; } = new();

        public Loop Loop { get; } = loop;

        public void OnAudio(in AudioFrame frame) => Frames.Add((frame.Timestamp, frame.Marker));

        public void OnDigit(DigitEvent digit) => Digits += digit.Digit;
    }

    private sealed class BarePort(Loop loop) : IAudioPort
    {
        public int Packets { get; private set; }

        public IAudioSink? Sink { get; set; }

        public AudioCodec SendCodec => AudioCodec.Pcma;

        public AudioPortCounters Counters { get; } = new();

        public Loop Loop { get; } = loop;

        public void OnAudio(in AudioFrame frame) => Packets++;

        public void OnDigit(DigitEvent digit) { }
    }
}
