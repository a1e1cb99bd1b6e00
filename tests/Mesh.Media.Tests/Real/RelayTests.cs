namespace Mesh.Media.Tests.Real;

/// <summary>Real packets through real loops.</summary>
public sealed class RelayTests
{
    [Fact]
    public void A_tone_crosses_a_bridge_of_two_loops_both_ways_from_law_to_law()
    {
        using var site = new RealSite("127.77.1.1", loops: 2);
        using var phones = new RealSite("127.77.1.2", loops: 1);
        var (a, b) = (site.Pool.Rent()!, site.Pool.Rent()!);
        var (alice, bob) = (phones.Pool.Rent()!, phones.Pool.Rent()!);
        Assert.NotEqual(a.Loop, b.Loop);
        RealSite.Connect(a, alice, AudioCodec.Pcma, events: 101);
        RealSite.Connect(b, bob, AudioCodec.Pcmu, events: 96);
        var (heardByAlice, heardByBob) = (new ToneDetector(1000), new ToneDetector(440));
        (alice.Sink, bob.Sink) = (heardByAlice, heardByBob);
        var bridge = Bridge.Join(a, b);

        Playout.Start(alice, new Sound(ToneGenerator.Sine(440, 1000, -10)).PlayEndless());
        Playout.Start(bob, new Sound(ToneGenerator.Sine(1000, 1000, -16)).PlayEndless());
        RealSite.Until(() => heardByAlice.HeardMs >= 600 && heardByBob.HeardMs >= 600, "a tone heard both ways");
        alice.OnDigit(new DigitEvent('5', true, 80));
        RealSite.Until(() => heardByBob.Digits == "5", "the digit");

        Assert.InRange(heardByBob.FrequencyHz, 439.8, 440.2);
        Assert.InRange(heardByAlice.FrequencyHz, 999.8, 1000.2);
        Assert.InRange(heardByBob.LevelDbm0, -10.3, -9.7);
        Assert.InRange(heardByAlice.LevelDbm0, -16.3, -15.7);
        Assert.Equal((0, 0), (heardByAlice.Gaps, heardByAlice.Discontinuities));
        Assert.True(bridge.PacketsToA >= 30 && bridge.PacketsToB >= 30);
        Assert.Equal((0L, 0L, 0L, 0L), (a.Counters.Discarded, b.Counters.Discarded, a.Lost, b.Lost));
    }

    [Theory]
    [InlineData(1, AudioCodec.Pcma)]
    [InlineData(2, AudioCodec.Pcmu)]
    public void Relaying_allocates_nothing(int host, AudioCodec farCodec)
    {
        using var site = new RealSite($"127.77.2.{host}", loops: 1);
        using var phones = new RealSite($"127.77.3.{host}", loops: 1);
        var (a, b) = (site.Pool.Rent()!, site.Pool.Rent()!);
        var (alice, bob) = (phones.Pool.Rent()!, phones.Pool.Rent()!);
        RealSite.Connect(a, alice, AudioCodec.Pcma, events: 101);
        RealSite.Connect(b, bob, farCodec, events: 101);
        Bridge.Join(a, b);
        SendInBatches(alice, bob, batches: 40);

        long before = AllocatedOn(site.Loops[0]);
        SendInBatches(alice, bob, batches: 100);
        long allocated = AllocatedOn(site.Loops[0]) - before;

        Assert.Equal((7000L, 7000L), (b.Counters.PacketsSent, bob.Counters.PacketsReceived));
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Ringing_allocates_nothing()
    {
        using var site = new RealSite("127.77.4.1", loops: 1);
        var (port, other) = (site.Pool.Rent()!, site.Pool.Rent()!);
        RealSite.Connect(port, other, AudioCodec.Pcma, events: 101);
        var playout = Playout.Start(port, UkTones.Ringback.PlayEndless());
        RealSite.Until(() => playout.Packets >= 10, "the beginning of ringback");
        long before = AllocatedOn(site.Loops[0]), packets = playout.Packets;
        RealSite.Until(() => playout.Packets >= packets + 20, "more of it");
        Assert.Equal(0, AllocatedOn(site.Loops[0]) - before);
    }

    [Fact]
    public void Two_threads_feeding_one_port_never_use_a_number_twice_and_time_goes_on()
    {
        using var site = new RealSite("127.77.5.1", loops: 2);
        using var phones = new RealSite("127.77.5.2", loops: 2);
        var (a, b) = (site.Pool.Rent()!, site.Pool.Rent()!);
        var recorder = new HeaderRecorder();
        using var alice = phones.Loops[0].Bind(NetAddress.Parse("127.77.5.3:0"), recorder, DatagramSocketOptions.Media);
        var bob = phones.Pool.Rent()!;
        a.Apply(MediaWorld.To(alice.Local));
        RealSite.Connect(b, bob, AudioCodec.Pcma, events: 101);
        Playout.Start(bob, UkTones.Unobtainable.PlayEndless());
        const int Switches = 40;
        for (int i = 0; i < Switches; i++)
        {
            var ringback = Playout.Start(a, UkTones.Ringback.PlayEndless());
            RealSite.Until(() => ringback.Packets > 0, "ringback");
            var bridge = Bridge.Join(a, b);
            RealSite.Until(() => bridge.PacketsToA > 0, "the bridge");
            bridge.Unbridge();
        }
        a.Dispose();
        var got = recorder.Headers.ToArray();
        Assert.True(got.Length >= 2 * Switches);
        Assert.Single(got.Select(h => h.Ssrc).Distinct());
        Assert.Equal(got.Length, got.Select(h => h.Sequence).Distinct().Count());
        // Only a packet that was in flight on the other thread at a switch may come a little late.
        var back = got.Zip(got.Skip(1)).Select(p => (int)(p.Second.Timestamp - p.First.Timestamp)).Where(step => step < 0).ToList();
        Assert.True(back.Count <= Switches, $"{back.Count} steps back");
        Assert.All(back, step => Assert.InRange(step, -800, 0));
    }

    private sealed class HeaderRecorder : IDatagramReceiver
    {
        public System.Collections.Concurrent.ConcurrentQueue<RtpHeader> Headers { get; } = new();

        public void OnDatagram(IDatagramSocket socket, in Datagram datagram)
        {
            if (RtpHeader.TryRead(datagram.Payload, out var header, out _, out _)) Headers.Enqueue(header);
        }
    }

    /// <summary>Fifty packets at a time, each batch waited for, so that no queue overflows.</summary>
    private static void SendInBatches(RtpPort from, RtpPort to, int batches)
    {
        var buffer = new byte[Datagram.Headroom + 160];
        long target = to.Counters.PacketsReceived;
        uint timestamp = (uint)target * 160;
        for (int batch = 0; batch < batches; batch++)
        {
            for (int i = 0; i < 50; i++, timestamp += 160)
                from.OnAudio(new AudioFrame(buffer, Datagram.Headroom, 160, AudioCodec.Pcma, timestamp, false));
            target += 50;
            RealSite.Until(() => to.Counters.PacketsReceived >= target, $"packet {target}");
        }
    }

    /// <summary>Octets the loop's thread has allocated so far; asking allocates nothing there.</summary>
    private static long AllocatedOn(Loop loop)
    {
        long answer = -1;
        loop.Post(_ => Volatile.Write(ref answer, GC.GetAllocatedBytesForCurrentThread()));
        RealSite.Until(() => Volatile.Read(ref answer) >= 0, "the loop's answer");
        return answer;
    }
}
