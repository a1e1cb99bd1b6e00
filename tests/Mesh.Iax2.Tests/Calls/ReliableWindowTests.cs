using FsCheck;
using FsCheck.Fluent;

namespace Mesh.Iax2.Tests.Calls;

public class ReliableWindowTests
{
    private static ReliableWindow New() => new(RetransmissionSchedule.Default);

    [Fact]
    public void Numbers_go_round_and_acknowledgements_are_cumulative()
    {
        var window = New();
        for (int i = 0; i < 1000; i++)
        {
            Assert.Equal((byte)i, window.NextOut);
            window.Add([(byte)i], 0, 100);
            if (i % 7 == 6) Assert.Equal(7, window.Acknowledge(window.NextOut));
        }
        Assert.Equal(1000 % 7, window.Count);
    }

    [Fact]
    public void An_acknowledgement_of_what_was_never_sent_releases_nothing()
    {
        var window = New();
        for (int i = 0; i < 5; i++) window.Add([0], 0, 100);
        Assert.Equal(0, window.Acknowledge(6));
        Assert.Equal(0, window.Acknowledge(200));
        Assert.Equal(0, window.Acknowledge(0));
        Assert.Equal(5, window.Acknowledge(5));
        Assert.Equal(0, window.Acknowledge(3));
    }

    [Theory]
    [InlineData(0, Arrival.InOrder)]
    [InlineData(1, Arrival.Ahead)]
    [InlineData(127, Arrival.Ahead)]
    [InlineData(128, Arrival.Ahead)]
    [InlineData(129, Arrival.Duplicate)]
    [InlineData(255, Arrival.Duplicate)]
    public void Half_the_numbers_are_old_and_half_are_new(byte number, Arrival expected) => Assert.Equal(expected, New().Arrive(number));

    [Fact]
    public void A_frame_is_sent_at_least_four_times_before_it_is_given_up()
    {
        foreach (int roundTrip in (int[])[0, 20, 1_000, 100_000])
        {
            var schedule = RetransmissionSchedule.Default;
            var window = new ReliableWindow(schedule);
            window.Add([1], 0, schedule.First(roundTrip));
            var sentAt = new List<long> { 0 };
            bool exhausted = false;
            for (long now = 0; !exhausted; now++)
                if (window.TakeDue(now, out exhausted) is not null) sentAt.Add(now);
            Assert.True(sentAt.Count >= 4, string.Join(' ', sentAt));
            Assert.True(sentAt[^1] < 60_000, string.Join(' ', sentAt));
            Assert.InRange(sentAt[1], 100, 10_000);
        }
    }

    [Fact]
    public void A_vnak_asks_for_its_number_too_and_a_storm_of_it_costs_bounded_work()
    {
        var window = New();
        for (byte i = 0; i < 5; i++) window.Add([i], 0, 1000);
        Assert.Equal([2, 3, 4], Taken(2, 50));
        Assert.Empty(Taken(2, 55));
        Assert.Equal([0, 1], Taken(200, 55));

        List<int> Taken(byte cursor, long now)
        {
            var taken = new List<int>();
            while (window.TakeFrom(ref cursor, now, 10) is { } frame) taken.Add(frame[0]);
            return taken;
        }
    }

    [Fact]
    public void What_is_left_after_an_acknowledgement_waits_as_if_just_sent()
    {
        var window = New();
        for (int i = 0; i < 3; i++) window.Add([(byte)i], 0, 100);
        // Twice by its own timer, then the first of them arrives after all.
        foreach (long now in (long[])[100, 300])
            while (window.TakeDue(now, out _) is not null) { }
        Assert.Equal(700, window.NextDueMs);
        Assert.Equal(1, window.Acknowledge(1));
        window.Renew(19_000, 100);
        Assert.Equal((19_100, 2), (window.NextDueMs, window.Count));
        bool exhausted = false;
        for (long now = 19_000; now < 38_000; now++) { window.TakeDue(now, out bool gone); exhausted |= gone; }
        Assert.False(exhausted);
    }

    [Fact]
    public void After_a_token_the_numbers_begin_again()
    {
        var window = New();
        window.Add([1], 0, 100);
        window.Restart();
        Assert.Equal((0, 0, 0, long.MaxValue), (window.NextOut, window.Expected, window.Count, window.NextDueMs));
    }

    /// <summary>Two windows and a wire that loses, doubles and reorders: everything arrives, once, in order, as long as nothing is given up.</summary>
    [Fact]
    public void Everything_arrives_once_and_in_order_over_any_wire()
    {
        var wires = from seed in Gen.Choose(0, int.MaxValue)
                    from loss in Gen.Choose(0, 40)
                    from duplication in Gen.Choose(0, 30)
                    from delay in Gen.Choose(1, 80)
                    from frames in Gen.Choose(1, 400)
                    select (seed, loss, duplication, delay, frames);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(wires.ToArbitrary(), wire =>
        {
            var result = new WindowPair((ulong)wire.seed, wire.loss, wire.duplication, wire.delay).Run(wire.frames);
            return Prop.Label(result.SequenceEqual(Enumerable.Range(0, wire.frames)), string.Join(' ', result));
        }));
    }

    /// <summary>A sender and a receiver, as a dialog uses its window, on a wire of their own.</summary>
    private sealed class WindowPair(ulong seed, int lossPercent, int duplicationPercent, int delayMs)
    {
        private readonly SeededChance chance = new(seed);
        private readonly ReliableWindow sender = new(RetransmissionSchedule.Default with { GiveUpAfterMs = int.MaxValue, MostTransmissions = int.MaxValue });
        private readonly ReliableWindow receiver = new(RetransmissionSchedule.Default);
        private readonly PriorityQueue<(bool ToReceiver, byte Number, int Value, bool IsVnak), (long, int)> wire = new();
        private readonly List<int> received = [];
        private int order, vnakFor = -1;

        public List<int> Run(int frames)
        {
            int sent = 0;
            for (long now = 0; received.Count < frames; now = sent < frames && !sender.IsFull ? now + 1 : NextMs(now))
            {
                Assert.InRange(now, 0, 100_000_000);
                // One a millisecond: a wire that holds an acknowledgement while 192 newer frames pass is beyond numbers of eight bits.
                if (sent < frames && !sender.IsFull)
                {
                    byte number = sender.NextOut;
                    sender.Add([number, (byte)(sent >> 8), (byte)sent], now, 100);
                    Put(now, (true, number, sent++, false));
                }
                while (sender.TakeDue(now, out _) is { } frame) Resend(now, frame);
                while (wire.TryPeek(out var flight, out var due) && due.Item1 <= now) { wire.Dequeue(); Arrive(now, flight); }
            }
            return received;
        }

        /// <summary>The next moment at which anything can happen.</summary>
        private long NextMs(long now) => Math.Max(now + 1, Math.Min(sender.NextDueMs, wire.TryPeek(out _, out var due) ? due.Item1 : long.MaxValue));

        private void Arrive(long now, (bool ToReceiver, byte Number, int Value, bool IsVnak) flight)
        {
            if (!flight.ToReceiver)
            {
                if (sender.Acknowledge(flight.Number) > 0) sender.Renew(now, 100);
                byte cursor = flight.Number;
                while (flight.IsVnak && sender.TakeFrom(ref cursor, now, 10) is { } frame) Resend(now, frame);
                return;
            }
            var arrival = receiver.Arrive(flight.Number);
            if (arrival == Arrival.InOrder) received.Add(flight.Value);
            bool vnak = arrival == Arrival.Ahead && vnakFor != receiver.Expected;
            if (vnak) vnakFor = receiver.Expected;
            if (vnak || arrival != Arrival.Ahead) Put(now, (false, receiver.Expected, 0, vnak));
        }

        private void Resend(long now, byte[] frame) => Put(now, (true, frame[0], frame[1] << 8 | frame[2], false));

        private void Put(long now, (bool, byte, int, bool) flight)
        {
            if (chance.NextInt32(100) < lossPercent) return;
            for (int copies = chance.NextInt32(100) < duplicationPercent ? 2 : 1; copies > 0; copies--)
                wire.Enqueue(flight, (now + 1 + chance.NextInt32(delayMs), order++));
        }
    }
}
