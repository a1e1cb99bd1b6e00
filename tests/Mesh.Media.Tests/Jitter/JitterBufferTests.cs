using Mesh.Media.Jitter;

namespace Mesh.Media.Tests.Jitter;

/// <summary>The buffer against talkers and paths with seeded delays.</summary>
public class JitterBufferTests
{
    private static readonly JitterBufferOptions Usual = new();

    /// <summary>Until the delays of ten seconds are known.</summary>
    private const int Converged = 500;

    [Fact]
    public void A_steady_path_costs_the_extra_and_nothing_else()
    {
        var model = new JitterModel();
        model.Talk(0, 1_000, _ => 30);
        model.Run();
        Assert.Equal(Enumerable.Range(0, 1_000), model.Played.Take(1_000));
        Assert.All(model.Delays, d => Assert.Equal(30 + Usual.ExtraMs, d.AfterMs));
        Assert.Equal((1_000, 0, 0, 0), (model.Buffer.Statistics.Played, model.Buffer.Statistics.Lost, model.Buffer.Statistics.Dropped, model.Buffer.Statistics.Resyncs));
    }

    [Theory]
    [InlineData(10, 1ul)]
    [InlineData(40, 2ul)]
    [InlineData(80, 3ul)]
    [InlineData(150, 4ul)]
    [InlineData(300, 5ul)]
    public void Jitter_is_taken_out_and_nothing_is_lost_once_it_is_known(int jitterMs, ulong seed)
    {
        var chance = new SeededChance(seed);
        var model = new JitterModel();
        model.Talk(0, 5_000, _ => 20 + chance.NextDouble() * jitterMs);
        model.Run();
        var known = model.Played.SkipWhile(number => number < Converged).TakeWhile(number => number < 4_999).ToList();
        Assert.Equal(Enumerable.Range(Converged, known.Count(n => n >= 0)), known.Where(n => n >= 0));
        // The delay follows the jitter that is seen, which differs a little from one ten seconds to the next.
        Assert.InRange(known.Count(n => n < 0), 0, 4);
        Assert.All(model.Delays.Where(d => d.Number >= Converged), d => Assert.InRange(d.AfterMs - 20, 0, jitterMs + 2 * Usual.ExtraMs));
        Assert.True(model.Delays.Where(d => d.Number >= Converged).Average(d => d.AfterMs - 20) <= jitterMs + Usual.ExtraMs + Usual.FrameMs);
        Assert.InRange(model.Buffer.JitterMs, jitterMs * 0.8 - 2, jitterMs);
    }

    [Fact]
    public void Bell_shaped_jitter_loses_less_than_a_frame_in_a_thousand()
    {
        var chance = new SeededChance(8);
        var model = new JitterModel();
        model.Talk(0, 20_000, _ => 40 + 60 * Enumerable.Range(0, 6).Average(_ => chance.NextDouble()) + 20 * chance.NextDouble());
        model.Run();
        Assert.InRange(model.Buffer.Statistics.Lost + model.Buffer.Statistics.Late, 0, 20);
        Assert.InRange(model.Delays.TakeLast(10_000).Average(d => d.AfterMs), 60, 180);
    }

    [Fact]
    public void The_delay_follows_a_path_that_becomes_worse_and_better_again()
    {
        var chance = new SeededChance(9);
        var model = new JitterModel();
        model.Talk(0, 6_000, i => 20 + chance.NextDouble() * (i is >= 2_000 and < 4_000 ? 150 : 10));
        model.Run();
        double Mean(int from, int to) => model.Delays.Where(d => d.Number >= from && d.Number < to).Average(d => d.AfterMs);
        Assert.InRange(Mean(1_000, 2_000), 60, 90);
        Assert.InRange(Mean(3_000, 4_000), 170, 270);
        Assert.InRange(Mean(5_500, 6_000), 60, 120);
        Assert.True(model.Buffer.Statistics.Grown is > 3 and < 40 && model.Buffer.Statistics.Shrunk is > 2 and < 40);
        // All that the change cost: what was late until the buffer had grown.
        Assert.InRange(model.Buffer.Statistics.Lost + model.Buffer.Statistics.Late, 0, 40);
    }

    [Fact]
    public void A_path_that_becomes_longer_for_good_is_followed_with_a_short_break()
    {
        var model = new JitterModel();
        model.Talk(0, 3_000, i => i < 1_000 ? 20 : 140);
        model.Run();
        Assert.All(model.Delays.Where(d => d.Number >= 2_000), d => Assert.InRange(d.AfterMs, 140 + 40, 140 + 80));
        // Three are late before it is believed, and some while the delay grows.
        Assert.InRange(model.Buffer.Statistics.Lost + model.Buffer.Statistics.Late, 3, 8);
        Assert.Equal(0, model.Buffer.Statistics.Resyncs);
    }

    [Fact]
    public void Single_spikes_cost_their_own_frames_and_no_delay()
    {
        var model = new JitterModel();
        model.Talk(0, 5_000, i => i % 100 == 50 ? 250 : 20);
        model.Run();
        Assert.InRange(model.Delays.Where(d => d.Number >= Converged).Average(d => d.AfterMs), 60, 110);
        Assert.Equal((50, 0), (model.Buffer.Statistics.Late, model.Buffer.Statistics.Lost));
        Assert.Equal(50, model.Played.TakeWhile(n => n < 4_999).Count(n => n < 0) - model.Buffer.Statistics.Grown);
    }

    [Theory]
    [InlineData(200e-6)]
    [InlineData(-200e-6)]
    public void An_hour_with_clocks_that_differ_by_200_ppm(double skew)
    {
        var chance = new SeededChance(10);
        var model = new JitterModel();
        const int Hour = 3_600 * 50;
        model.Talk(0, Hour, _ => 20 + chance.NextDouble() * 15, skew);
        model.Run();
        Assert.Equal((0, 0, 0), (model.Buffer.Statistics.Lost, model.Buffer.Statistics.Late, model.Buffer.Statistics.Resyncs));
        // 720 ms of difference: 36 frames more or fewer.
        Assert.InRange(skew > 0 ? model.Buffer.Statistics.Grown : model.Buffer.Statistics.Shrunk, 30, 80);
        Assert.InRange(model.Buffer.DelayMs, 20, 130);
    }

    [Fact]
    public void Frames_in_the_wrong_order_are_played_in_the_right_one()
    {
        var chance = new SeededChance(11);
        var model = new JitterModel();
        model.Talk(0, 3_000, _ => 20 + (chance.NextDouble() < 0.1 ? 45 : 0));
        model.Run();
        var known = model.Played.SkipWhile(n => n < Converged).Where(n => n >= 0).ToList();
        Assert.Equal(Enumerable.Range(Converged, known.Count), known);
        Assert.True(model.Buffer.Statistics.OutOfOrder > 100);
        Assert.InRange(model.Buffer.Statistics.Lost, 0, 10);
    }

    [Fact]
    public void Lost_frames_are_made_up_and_counted()
    {
        var chance = new SeededChance(12);
        var model = new JitterModel();
        var lost = new HashSet<int>();
        model.Talk(0, 5_000, i => { if (i is > 10 and < 4_990 && chance.NextDouble() < 0.05) { lost.Add(i); return -1; } return 20; });
        model.Run();
        Assert.Equal(lost.Count, model.Buffer.Statistics.Lost);
        var expected = Enumerable.Range(0, 5_000).Select(i => lost.Contains(i) ? -1 : i);
        Assert.Equal(expected, model.Played.Take(5_000));
        Assert.InRange(model.Buffer.Statistics.LossPercent, 1, 10);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(30)]
    [InlineData(60)]
    public void Frames_of_another_length_lose_only_what_is_lost(int frameMs)
    {
        var chance = new SeededChance(15);
        var model = new JitterModel(frameMs: frameMs);
        var lost = new HashSet<int>();
        model.Talk(0, 2_000, i => { if (i is > 10 and < 1_990 && chance.NextDouble() < 0.05) { lost.Add(i); return -1; } return 20 + chance.NextDouble() * 8; });
        model.Run();
        Assert.Equal(Enumerable.Range(0, 2_000).Where(i => !lost.Contains(i)), model.Played.Where(n => n >= 0));
        Assert.Equal((lost.Count, 0), (model.Buffer.Statistics.Lost, model.Buffer.Statistics.Late));
    }

    [Fact]
    public void Frames_that_come_twice_are_played_once()
    {
        var model = new JitterModel();
        for (int i = 0; i < 1_000; i++)
        {
            model.Send(i, (uint)(i * 20), 1_000 + i * 20 + 20);
            if (i % 3 == 0) model.Send(i, (uint)(i * 20), 1_000 + i * 20 + 25);
            if (i % 5 == 0) model.Send(i, (uint)(i * 20), 1_000 + i * 20 + 300);
        }
        model.Run();
        Assert.Equal(Enumerable.Range(0, 1_000), model.Played.Where(n => n >= 0));
        Assert.Equal((0, 0), (model.Buffer.Statistics.Lost, model.Buffer.Statistics.Late));
        Assert.Equal(334 + 200, model.Buffer.Statistics.Duplicates);
    }

    [Fact]
    public void A_pause_of_the_talker_is_no_loss_and_the_next_words_come_whole()
    {
        var model = new JitterModel();
        model.Talk(0, 3_000, i => i / 100 % 2 == 0 ? 20 : -1);
        model.Run();
        Assert.Equal(Enumerable.Range(0, 3_000).Where(i => i / 100 % 2 == 0), model.Played.Where(n => n >= 0));
        Assert.Equal((0, 0), (model.Buffer.Statistics.Lost, model.Buffer.Statistics.Late));
        // Each pause is filled for as long as it might have been a loss.
        Assert.InRange(model.Buffer.Statistics.Concealed, 14 * Usual.MaxConcealed, 15 * Usual.MaxConcealed);
        Assert.All(model.Delays, d => Assert.InRange(d.AfterMs, 60, 80));
    }

    [Theory]
    [InlineData(100_000u)]
    [InlineData(4_000_000_000u)]
    public void Another_clock_is_believed_at_its_fourth_frame(uint jump)
    {
        var model = new JitterModel();
        model.Talk(0, 500, _ => 20);
        for (int i = 500; i < 1_000; i++) model.Send(i, (uint)(i * 20) + jump, 1_000 + i * 20 + 20);
        model.Run();
        Assert.Equal((1, 3), (model.Buffer.Statistics.Resyncs, model.Buffer.Statistics.Jumped));
        Assert.Equal(Enumerable.Range(0, 500).Concat(Enumerable.Range(503, 497)), model.Played.Where(n => n >= 0));
        Assert.All(model.Delays.Where(d => d.Number > 510), d => Assert.InRange(d.AfterMs, 60, 100));
    }

    [Fact]
    public void A_single_frame_with_an_impossible_stamp_changes_nothing()
    {
        var model = new JitterModel();
        model.Talk(0, 1_000, _ => 20);
        for (int i = 0; i < 20; i++) model.Send(-5, (uint)(3_000_000 + i * 77_777), 1_000 + i * 900 + 33);
        model.Run();
        Assert.Equal(Enumerable.Range(0, 1_000), model.Played.Where(n => n >= 0));
        Assert.Equal((0, 20), (model.Buffer.Statistics.Resyncs, model.Buffer.Statistics.Jumped));
    }

    [Fact]
    public void The_wrap_of_the_stamp_is_not_heard()
    {
        var model = new JitterModel();
        model.Talk(0, 1_000, _ => 20, firstStamp: uint.MaxValue - 10_000);
        model.Run();
        Assert.Equal(Enumerable.Range(0, 1_000), model.Played.Take(1_000));
        Assert.Equal(0, model.Buffer.Statistics.Resyncs);
    }

    [Fact]
    public void The_delay_has_a_limit_and_so_has_what_waits()
    {
        var options = new JitterBufferOptions { MaxDelayMs = 200 };
        var chance = new SeededChance(13);
        var model = new JitterModel(options);
        model.Talk(0, 3_000, _ => chance.NextDouble() * 900);
        model.Run();
        Assert.All(model.Delays, d => Assert.InRange(d.AfterMs, 0, 900 + 200));
        Assert.InRange(model.Buffer.DelayMs, 0, 200 + options.ExtraMs + options.FrameMs);

        // Everything at once: what is held is bounded, the rest dropped and counted.
        var burst = new JitterModel(options);
        for (int i = 0; i < 5_000; i++) burst.Send(i, (uint)(i * 20), 1_000);
        burst.Run();
        Assert.True(burst.Buffer.Statistics.Overflowed + burst.Buffer.Statistics.Jumped > 4_900);
        Assert.InRange(burst.Played.Count(n => n >= 0), 1, options.Capacity);
    }

    [Fact]
    public void Random_arrivals_of_any_kind_never_break_it()
    {
        for (ulong seed = 1; seed <= 50; seed++)
        {
            var chance = new SeededChance(seed);
            var model = new JitterModel(new JitterBufferOptions { MaxDelayMs = 40 + chance.NextInt32(2_000) });
            for (int i = 0; i < 2_000; i++)
                model.Send(i, chance.NextDouble() < 0.02 ? (uint)chance.NextInt32(int.MaxValue) : (uint)(i * 20 - chance.NextInt32(60)), 1_000 + i * 20 + chance.NextDouble() * chance.NextInt32(1_500));
            model.Run();
            ref readonly var seen = ref model.Buffer.Statistics;
            Assert.Equal(2_000, seen.Received);
            Assert.True(seen.Played + seen.Dropped + model.Buffer.Waiting >= 2_000 - seen.Concealed, $"seed {seed}: frames vanished");
            Assert.Equal(seen.Played, model.Played.Count(n => n >= 0));
        }
    }

    [Fact]
    public void Nothing_is_allocated_per_packet()
    {
        var buffer = new JitterBuffer(Usual);
        var chance = new SeededChance(14);
        var payload = new byte[160];
        long before = 0;
        for (int i = 0; i < 20_000; i++)
        {
            if (i == 2_000) before = GC.GetAllocatedBytesForCurrentThread();
            long now = 1_000 + i * 20 + chance.NextInt32(60);
            buffer.Put((uint)(i * 20), now, 20, AudioCodec.Pcma, payload);
            while (buffer.Take(now, out _, out _) is JitterOutput.Frame or JitterOutput.Conceal) { }
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(buffer.Statistics.Played > 15_000);
    }
}
