using System.Text;

namespace Mesh.Media.Tests.Rtp;

/// <summary>RFC 4733 section 2.5.2: each press once, whatever is lost.</summary>
public sealed class TelephoneEventReceiverTests : IAudioSink
{
    private readonly TelephoneEventReceiver receiver = new();
    private readonly StringBuilder heard = new();

    void IAudioSink.OnAudio(in AudioFrame frame) => Assert.Fail("no audio here");

    void IAudioSink.OnDigit(DigitEvent digit) => heard.Append(digit.IsEnd ? $"{digit.Digit}^{digit.DurationMs} " : $"{digit.Digit}v ");

    private void Send(char digit, uint timestamp, int durationMs, bool end = false)
    {
        Assert.True(TelephoneEvent.TryCode(digit, out byte code));
        receiver.Take(new TelephoneEvent(code, end, (ushort)(durationMs * 8)), timestamp, this);
    }

    private string Heard => heard.ToString().TrimEnd();

    [Fact]
    public void A_whole_press()
    {
        for (int ms = 20; ms <= 80; ms += 20) Send('5', 1000, ms);
        for (int i = 0; i < 3; i++) Send('5', 1000, 100, end: true);
        Assert.Equal("5v 5^100", Heard);
    }

    [Fact]
    public void The_begin_lost()
    {
        Send('5', 1000, 100, end: true);
        Send('5', 1000, 100, end: true);
        Assert.Equal("5v 5^100", Heard);
    }

    [Fact]
    public void The_end_lost_and_another_press_follows()
    {
        Send('5', 1000, 20);
        Send('5', 1000, 60);
        Send('5', 3000, 20);
        Send('5', 3000, 40, end: true);
        Assert.Equal("5v 5^60 5v 5^40", Heard);
    }

    [Fact]
    public void The_end_lost_and_nothing_follows()
    {
        Send('#', 1000, 60);
        receiver.Expire(this);
        receiver.Expire(this);
        Send('#', 1000, 100, end: true);
        Assert.Equal("#v #^60", Heard);
    }

    [Fact]
    public void Late_and_disordered_packets_add_nothing()
    {
        Send('1', 1000, 20);
        Send('1', 1000, 100, end: true);
        Send('1', 1000, 60);
        Send('2', 5000, 20);
        Send('1', 1000, 100, end: true);
        Send('2', 5000, 80, end: true);
        Assert.Equal("1v 1^100 2v 2^80", Heard);
    }

    [Fact]
    public void The_same_key_twice_quickly_is_two_presses()
    {
        Send('7', 1000, 40); Send('7', 1000, 40, end: true);
        Send('7', 1400, 40); Send('7', 1400, 40, end: true);
        Assert.Equal("7v 7^40 7v 7^40", Heard);
    }

    [Fact]
    public void A_very_long_press_in_segments_is_one_press()
    {
        uint start = uint.MaxValue - 1000; // and the timestamp wraps
        receiver.Take(new TelephoneEvent(9, false, 160), start, this);
        receiver.Take(new TelephoneEvent(9, false, 0xFFFF), start, this);
        receiver.Take(new TelephoneEvent(9, false, 160), start + 0xFFFF, this);
        receiver.Take(new TelephoneEvent(9, true, 1600), start + 0xFFFF, this);
        Assert.Equal($"9v 9^{(0xFFFF + 1600) / 8}", Heard);
    }

    [Fact]
    public void Flash_and_fax_tones_are_no_keys()
    {
        receiver.Take(new TelephoneEvent(16, true, 800), 1, this);
        receiver.Take(new TelephoneEvent(36, true, 800), 2, this);
        Assert.Equal("", Heard);
    }

    [Fact]
    public void Any_order_of_loss_and_repetition_reports_begins_and_ends_in_turn()
    {
        for (ulong seed = 0; seed < 500; seed++)
        {
            var chance = new SeededChance(seed);
            var r = new TelephoneEventReceiver();
            var log = new Log();
            var packets = new List<(TelephoneEvent Event, uint Timestamp)>();
            for (int press = 0; press < 5; press++)
            {
                for (int ms = 20; ms <= 100; ms += 20) packets.Add((new TelephoneEvent((byte)press, false, (ushort)(ms * 8)), (uint)(press * 2000)));
                for (int i = 0; i < 3; i++) packets.Add((new TelephoneEvent((byte)press, true, 900), (uint)(press * 2000)));
            }
            foreach (var packet in packets)
            {
                if (chance.NextInt32(3) == 0) continue;
                r.Take(packet.Event, packet.Timestamp, log);
                if (chance.NextInt32(3) == 0) r.Take(packet.Event, packet.Timestamp, log);
            }
            r.Expire(log);
            Assert.True(log.Balanced, $"seed {seed}: {string.Join(' ', log.Events)}");
        }
    }

    private sealed class Log : IAudioSink
    {
        public List<DigitEvent> Events { get; } = [];

        /// <summary>begin, end, begin, end, each end of the key begun, no key twice.</summary>
        public bool Balanced => Events.Count % 2 == 0
            && Events.Chunk(2).All(p => !p[0].IsEnd && p[1].IsEnd && p[0].Digit == p[1].Digit)
            && Events.Where(e => e.IsEnd).Select(e => e.Digit).Distinct().Count() == Events.Count / 2;

        public void OnAudio(in AudioFrame frame) { }

        public void OnDigit(DigitEvent digit) => Events.Add(digit);
    }
}
