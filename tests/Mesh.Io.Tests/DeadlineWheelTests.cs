using FsCheck;
using FsCheck.Fluent;
using Mesh.Io.Simulation;

namespace Mesh.Io.Tests;

public sealed class DeadlineWheelTests : IDeadlineOwner
{
    private readonly SimulatedWorld world = new();
    private readonly DeadlineWheel wheel;

    public DeadlineWheelTests() => wheel = new DeadlineWheel(world.Time);

    public enum Verb { Arm, Disarm, Advance }

    /// <summary>Twelve deadlines armed, moved, disarmed and passed at random, beside a list that is sorted: they agree on what passes, when and in which order.</summary>
    [Fact]
    public void It_does_what_a_sorted_list_does()
    {
        var step = from verb in Gen.Frequency((4, Gen.Constant(Verb.Arm)), (1, Gen.Constant(Verb.Disarm)), (2, Gen.Constant(Verb.Advance)))
                   from which in Gen.Choose(0, 11)
                   from micros in Gen.Frequency((5, Gen.Choose(0, 20_000)), (2, Gen.Choose(0, 5_000_000)), (1, Gen.Choose(0, 40_000_000)))
                   select (verb, which, micros);
        Prop.ForAll(step.ListOf().ToArbitrary(), steps => Agree(steps)).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    private static bool Agree(IEnumerable<(Verb Verb, int Which, int Micros)> steps)
    {
        using var world = new SimulatedWorld();
        var wheel = new DeadlineWheel(world.Time);
        var owner = new DeadlineWheelTests();
        var deadlines = Enumerable.Range(0, 12).Select(i => new Deadline(owner, i)).ToArray();
        var model = new List<(long DueMs, int Order, int Which)>();
        int order = 0;
        foreach (var (verb, which, micros) in steps)
        {
            if (verb != Verb.Advance) model.RemoveAll(m => m.Which == which);
            if (verb == Verb.Disarm) wheel.Disarm(deadlines[which]);
            if (verb == Verb.Arm)
            {
                wheel.Arm(deadlines[which], micros / 1000);
                model.Add(((world.Time.NowMicros + 999) / 1000 + Math.Max(1, micros / 1000), order++, which));
            }
            if (verb == Verb.Advance)
            {
                world.RunFor(TimeSpan.FromMicroseconds(micros));
                var passed = new List<int>();
                wheel.Advance(world.Time.NowMs, d => passed.Add(d.Tag));
                var due = model.Where(m => m.DueMs <= world.Time.NowMs).OrderBy(m => m).ToList();
                if (!passed.SequenceEqual(due.Select(m => m.Which))) return false;
                model.RemoveAll(due.Contains);
            }
            if (wheel.Armed != model.Count) return false;
            int next = wheel.NextInMs(world.Time.NowMs);
            if (model.Count == 0 ? next != -1 : next < 0 || world.Time.NowMs + next > model.Min(m => m.DueMs)) return false;
        }
        return true;
    }

    [Fact]
    public void Armed_in_the_middle_of_a_millisecond_it_does_not_pass_early()
    {
        world.RunFor(TimeSpan.FromMicroseconds(1_900));
        var deadline = new Deadline(this);
        wheel.Arm(deadline, 1);
        Assert.Equal(3, deadline.DueMs);
    }

    /// <summary>Ten seconds of transactions that end 32 s later: never early, at most a grain late, and the loop is woken some forty times and not ten thousand.</summary>
    [Fact]
    public void What_lingers_passes_together_and_wakes_the_loop_seldom()
    {
        var wanted = new List<long>();
        var passed = new List<(int Which, long At)>();
        for (int i = 0; i < 10_000; i++)
        {
            wheel.ArmLoosely(new Deadline(this, i), 32_000);
            wanted.Add(world.Time.NowMs + 32_000);
            world.RunFor(TimeSpan.FromMilliseconds(1));
        }
        int wakes = 0;
        for (int next; (next = wheel.NextInMs(world.Time.NowMs)) >= 0; wakes++)
        {
            world.RunFor(TimeSpan.FromMilliseconds(Math.Max(1, next)));
            wheel.Advance(world.Time.NowMs, d => passed.Add((d.Tag, world.Time.NowMs)));
        }
        Assert.Equal(10_000, passed.Count);
        Assert.All(passed, p => Assert.InRange(p.At - wanted[p.Which], 0, DeadlineWheel.LooseMs));
        Assert.InRange(passed.Select(p => p.At).Distinct().Count(), 39, 42);
        Assert.InRange(wakes, 39, 250);
    }

    [Fact]
    public void A_short_deadline_is_exact_however_it_was_armed()
    {
        var deadline = new Deadline(this);
        wheel.ArmLoosely(deadline, DeadlineWheel.LooseFromMs - 1);
        Assert.Equal(DeadlineWheel.LooseFromMs - 1, deadline.DueMs);
    }

    [Fact]
    public void What_a_deadline_arms_passes_later_and_what_it_disarms_does_not_pass()
    {
        var passed = new List<int>();
        var (first, second, third) = (new Deadline(this, 1), new Deadline(this, 2), new Deadline(this, 3));
        wheel.Arm(first, 10);
        wheel.Arm(second, 10);
        wheel.Arm(third, 10);
        world.RunFor(TimeSpan.FromMilliseconds(10));
        wheel.Advance(world.Time.NowMs, d =>
        {
            passed.Add(d.Tag);
            if (d == first) { wheel.Disarm(second); wheel.Arm(first, 1); }
        });
        Assert.Equal([1, 3], passed);
        Assert.Equal(1, wheel.NextInMs(world.Time.NowMs));
        Assert.Equal(11, first.DueMs);
        Assert.False(second.IsArmed);
    }

    [Fact]
    public void A_jump_over_hours_passes_everything_in_order()
    {
        var passed = new List<int>();
        for (int i = 0; i < 1000; i++) wheel.Arm(new Deadline(this, i), 1 + (i * 7919L % 1000) * 10_000);
        world.RunFor(TimeSpan.FromHours(12));
        wheel.Advance(world.Time.NowMs, d => passed.Add((int)(d.Tag * 7919L % 1000)));
        Assert.Equal(Enumerable.Range(0, 1000), passed);
        Assert.Equal(0, wheel.Armed);
    }

    [Fact]
    public void When_one_throws_the_others_of_its_millisecond_still_pass()
    {
        var passed = new List<int>();
        for (int i = 0; i < 3; i++) wheel.Arm(new Deadline(this, i), 5);
        world.RunFor(TimeSpan.FromMilliseconds(5));
        Assert.Throws<InvalidOperationException>(() => wheel.Advance(world.Time.NowMs, _ => throw new InvalidOperationException()));
        Assert.Equal(0, wheel.NextInMs(world.Time.NowMs));
        wheel.Advance(world.Time.NowMs, d => passed.Add(d.Tag));
        Assert.Equal([1, 2], passed);
    }

    [Fact]
    public void A_time_beyond_reckoning_is_far_away_and_not_in_the_past()
    {
        var deadline = new Deadline(this);
        wheel.Arm(deadline, long.MaxValue);
        Assert.True(deadline.DueMs > TimeSpan.FromDays(10_000).TotalMilliseconds);
        wheel.Arm(deadline, long.MinValue);
        Assert.Equal(1, deadline.DueMs);
    }

    void IDeadlineOwner.OnDeadline(Deadline deadline) { }
}
