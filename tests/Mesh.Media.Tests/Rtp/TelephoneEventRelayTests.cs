namespace Mesh.Media.Tests.Rtp;

/// <summary>RFC 4733 out of a port, and across a bridge.</summary>
public sealed class TelephoneEventRelayTests
{
    private static List<(GotPacket Packet, TelephoneEvent Event)> Events(TestPhone phone, byte payloadType) =>
        [.. phone.Got.Where(p => p.Header.PayloadType == payloadType).Select(p => (p, TelephoneEvent.TryRead(p.Payload, out var e) ? e : throw new InvalidDataException()))];

    [Fact]
    public void A_press_is_sent_as_the_rfc_has_it()
    {
        using var w = new MediaWorld();
        var (port, phone) = w.Leg(events: 96);
        port.OnDigit(new DigitEvent('7', false, 0));
        w.Run(90);
        port.OnDigit(new DigitEvent('7', true, 100));
        w.Run(500);
        var events = Events(phone, 96);
        Assert.Equal([160, 320, 480, 640, 800, 800, 800, 800], events.Select(e => (int)e.Event.Duration));
        Assert.Equal([false, false, false, false, false, true, true, true], events.Select(e => e.Event.IsEnd));
        Assert.Equal([true, false, false, false, false, false, false, false], events.Select(e => e.Packet.Header.Marker));
        Assert.All(events, e => Assert.Equal(('7', events[0].Packet.Header.Timestamp), (e.Event.Digit, e.Packet.Header.Timestamp)));
        Assert.All(events.Zip(events.Skip(1)), p => Assert.Equal(1, (short)(p.Second.Packet.Header.Sequence - p.First.Packet.Header.Sequence)));
        for (int i = 1; i < events.Count; i++) Assert.InRange(events[i].Packet.AtMs - events[0].Packet.AtMs, 20 * i - 2, 20 * i + 2);
        Assert.Equal(0, port.Loop.Deadlines.Armed);
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(10, 40)]
    [InlineData(200, 200)]
    public void A_release_alone_is_a_whole_press(int toldMs, int sentMs)
    {
        using var w = new MediaWorld();
        var (port, phone) = w.Leg();
        port.OnDigit(new DigitEvent('#', true, toldMs));
        w.Run(600);
        var events = Events(phone, 101);
        Assert.Equal(sentMs * 8, events[^1].Event.Duration);
        Assert.Equal(3, events.Count(e => e.Event.IsEnd));
        Assert.Equal(11, events[0].Event.Code);
    }

    [Fact]
    public void A_number_dialled_at_once_comes_out_digit_by_digit()
    {
        using var w = new MediaWorld();
        var (port, phone) = w.Leg();
        foreach (char c in "0123456789*#ABCD") port.OnDigit(new DigitEvent(c, true, 60));
        w.Run(4000);
        var receiver = new TelephoneEventReceiver();
        var detector = new ToneDetector(400);
        foreach (var (packet, e) in Events(phone, 101)) receiver.Take(e, packet.Header.Timestamp, detector);
        Assert.Equal("0123456789*#ABCD", detector.Digits);
    }

    [Fact]
    public void Too_many_waiting_digits_are_refused_and_counted()
    {
        using var w = new MediaWorld();
        var (port, _) = w.Leg();
        for (int i = 0; i < RtpPortOptions.Default.MaxQueuedDigits + 5; i++) port.OnDigit(new DigitEvent('1', true, 60));
        w.Run(10);
        Assert.InRange(port.DigitsRefused, 4, 5);
    }

    [Fact]
    public void Digits_cross_a_bridge_with_other_payload_types_and_keep_their_length()
    {
        using var w = new MediaWorld();
        var (a, alice) = w.Leg(events: 101);
        var (b, bob) = w.Leg(AudioCodec.Pcmu, events: 96);
        Bridge.Join(a, b);
        alice.SendAudio(); w.Run(20);
        Press(w, alice, '9', 180);
        w.Run(500);
        var events = Events(bob, 96);
        Assert.All(events, e => Assert.Equal('9', e.Event.Digit));
        Assert.InRange(events[^1].Event.Duration / 8, 180, 220);
        Assert.Single(events.Select(e => e.Packet.Header.Timestamp).Distinct());
        Assert.Equal(3, events.Count(e => e.Event.IsEnd));
        Assert.DoesNotContain(bob.Got, p => p.Header.PayloadType == 101);
    }

    [Fact]
    public void During_a_press_the_audio_of_its_direction_waits_and_then_goes_on_in_time()
    {
        using var w = new MediaWorld();
        var (a, alice) = w.Leg();
        var (b, bob) = w.Leg();
        Bridge.Join(a, b);
        alice.SendAudio(); w.Run(20);
        var first = bob.Got[0];
        b.OnDigit(new DigitEvent('1', true, 100));
        for (int i = 0; i < 20; i++) { alice.SendAudio((byte)i); bob.SendAudio(); w.Run(20); }
        var audio = bob.Audio.ToList();
        Assert.InRange(audio.Count, 12, 16);
        Assert.All(audio, p => Assert.Equal(0u, (p.Header.Timestamp - first.Header.Timestamp) % 160));
        Assert.Equal(20u * 160, audio[^1].Header.Timestamp - first.Header.Timestamp);
        Assert.Equal(20, alice.Audio.Count());
        var numbers = bob.Got.Select(p => p.Header.Sequence).ToList();
        Assert.Equal(numbers.Distinct().Count(), numbers.Count);
    }

    [Fact]
    public void A_press_whose_ends_are_lost_ends_by_itself()
    {
        using var w = new MediaWorld();
        var (a, alice) = w.Leg();
        var heard = new ToneDetector(400);
        a.Sink = heard;
        alice.SendAudio();
        Event(alice, '4', 9000, 40, false);
        w.Run(RtpPortOptions.Default.DigitSilenceMs + 20);
        Assert.Equal("4", heard.Digits);
        a.Dispose();
        w.Run(1);
        Assert.Equal(0, a.Loop.Deadlines.Armed);
    }

    [Fact]
    public void With_loss_duplication_and_reordering_a_number_arrives_whole()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            using var w = new MediaWorld(seed);
            var (a, alice) = w.Leg();
            var (b, bob) = w.Leg();
            Bridge.Join(a, b);
            w.World.Wire.SetLink(alice.Local, a.Local, new() { Loss = 0.1, Duplication = 0.1, Reordering = 0.05, ReorderBy = TimeSpan.FromMilliseconds(25) });
            foreach (char c in "020794601") { Press(w, alice, c, 100); w.Run(200); }
            w.Run(1000);
            var receiver = new TelephoneEventReceiver();
            var detector = new ToneDetector(400);
            foreach (var (packet, e) in Events(bob, 101)) receiver.Take(e, packet.Header.Timestamp, detector);
            Assert.True(detector.Digits == "020794601", $"seed {seed}: {detector.Digits}");
        }
    }

    [Fact]
    public void A_port_that_was_given_back_leaves_no_timer()
    {
        using var w = new MediaWorld();
        var (a, _) = w.Leg();
        a.OnDigit(new DigitEvent('1', false, 0));
        w.Run(50);
        a.Dispose();
        w.Run(50);
        Assert.All(w.Loops, loop => Assert.Equal(0, loop.Deadlines.Armed));
    }

    [Fact]
    public void Without_telephone_events_digits_are_counted_as_refused()
    {
        using var w = new MediaWorld();
        var (a, phone) = w.Leg(events: null);
        a.OnDigit(new DigitEvent('1', true, 100));
        w.Run(300);
        Assert.Equal(1, a.DigitsRefused);
        Assert.Empty(phone.Got);
    }

    /// <summary>A press as a phone sends it.</summary>
    private static void Press(MediaWorld w, TestPhone phone, char digit, int ms)
    {
        uint start = phone.Timestamp;
        for (int at = 20; at < ms; at += 20) { Event(phone, digit, start, at, false, at == 20); w.Run(20); }
        for (int i = 0; i < 3; i++) { Event(phone, digit, start, ms, true); w.Run(20); }
        phone.Timestamp = start + (uint)(ms + 40) * 8;
    }

    private static void Event(TestPhone phone, char digit, uint timestamp, int ms, bool end, bool marker = false)
    {
        Assert.True(TelephoneEvent.TryCode(digit, out byte code));
        var payload = new byte[4];
        new TelephoneEvent(code, end, (ushort)(ms * 8)).Write(payload);
        phone.Send(101, marker, timestamp, payload);
    }
}
