namespace Mesh.Io.Tests;

/// <summary>What every kind of loop does with its inbox and its deadlines.</summary>
public sealed class LoopTests
{
    public static TheoryData<LoopKind> All => LoopRig.All;

    [Theory, MemberData(nameof(All))]
    public void Posts_run_in_order_on_the_loop(LoopKind kind)
    {
        using var rig = new LoopRig(kind);
        var loop = rig.CreateLoop();
        var ran = new List<int>();
        int elsewhere = 0;
        for (int i = 0; i < 1000; i++)
        {
            int n = i;
            loop.Post(_ => { ran.Add(n); if (!loop.IsCurrent) elsewhere++; });
        }
        rig.On(loop, () => { });
        Assert.Equal(Enumerable.Range(0, 1000), ran);
        Assert.Equal(0, elsewhere);
    }

    [Theory, MemberData(nameof(All))]
    public void A_full_inbox_refuses_new_work_counts_it_and_takes_what_continues(LoopKind kind)
    {
        using var rig = new LoopRig(kind);
        var loop = rig.Create("small", inboxCapacity: 10);
        int ran = 0;
        for (int i = 0; i < 10; i++) Assert.True(loop.TryPost(_ => ran++));
        Assert.False(loop.TryPost(_ => ran += 100));
        loop.Post(_ => ran++);
        Assert.Equal((11, 1), (loop.Inbox.Count, loop.Inbox.Refused));
        loop.Start();
        rig.On(loop, () => { });
        Assert.Equal(11, ran);
        Assert.True(loop.TryPost(_ => ran++));
        loop.Dispose();
    }

    [Theory, MemberData(nameof(All))]
    public void Posted_work_that_throws_is_survived(LoopKind kind)
    {
        using var rig = new LoopRig(kind);
        var loop = rig.CreateLoop();
        loop.Post(_ => throw new InvalidOperationException("mine"));
        Assert.Equal(1, rig.On(loop, () => loop.Faults));
    }

    [Theory, MemberData(nameof(All))]
    public void Deadlines_pass_in_order_and_never_early(LoopKind kind)
    {
        using var rig = new LoopRig(kind);
        var loop = rig.CreateLoop();
        // A second round of the wheel takes 4,096 ms: waited for where waiting costs nothing.
        int[] after = kind == LoopKind.Simulated ? [1, 5, 20, 20, 100, 4095, 4096, 4097, 12_300, 50_000] : [1, 5, 20, 20, 100, 150];
        var passed = new List<(int Wanted, long Micros)>();
        var owner = new Owner();
        long armedAt = rig.On(loop, () =>
        {
            foreach (int ms in after.Reverse()) loop.Deadlines.Arm(owner.Deadline(_ => passed.Add((ms, loop.Clock.NowMicros))), ms);
            return loop.Clock.NowMicros;
        });
        rig.Until(() => owner.Passed == after.Length);
        Assert.Equal(after, passed.Select(p => p.Wanted));
        Assert.All(passed, p => Assert.True(p.Micros - armedAt >= (p.Wanted - 1) * 1000, $"{p.Wanted} ms passed after {p.Micros - armedAt} us"));
        Assert.Equal(0, rig.On(loop, () => loop.Deadlines.Armed));
    }

    [Theory, MemberData(nameof(All))]
    public void A_deadline_may_arm_itself_and_disarm_others(LoopKind kind)
    {
        using var rig = new LoopRig(kind);
        var loop = rig.CreateLoop();
        var owner = new Owner();
        int ticks = 0;
        rig.On(loop, () =>
        {
            var never = owner.Deadline(_ => throw new InvalidOperationException("was disarmed"));
            var tick = owner.Deadline(d =>
            {
                loop.Deadlines.Disarm(never);
                if (++ticks < 5) loop.Deadlines.Arm(d, 2);
            });
            loop.Deadlines.Arm(tick, 3);
            loop.Deadlines.Arm(never, 3);
        });
        rig.Until(() => owner.Passed == 5);
        Assert.Equal((0, 0L), rig.On(loop, () => (loop.Deadlines.Armed, loop.Faults)));
    }

    [Theory, MemberData(nameof(All))]
    public void A_deadline_that_throws_is_survived(LoopKind kind)
    {
        using var rig = new LoopRig(kind);
        var loop = rig.CreateLoop();
        var owner = new Owner();
        rig.On(loop, () =>
        {
            loop.Deadlines.Arm(owner.Deadline(_ => throw new InvalidOperationException("mine")), 1);
            loop.Deadlines.Arm(owner.Deadline(_ => { }), 2);
        });
        rig.Until(() => owner.Passed == 2);
        Assert.Equal(1, loop.Faults);
    }

    /// <summary>Owns deadlines made of functions and counts those that passed.</summary>
    private sealed class Owner : IDeadlineOwner
    {
        private readonly Dictionary<Deadline, Action<Deadline>> actions = [];
        private int passed;

        public int Passed => Volatile.Read(ref passed);

        public Deadline Deadline(Action<Deadline> action)
        {
            var deadline = new Deadline(this);
            actions[deadline] = action;
            return deadline;
        }

        public void OnDeadline(Deadline deadline)
        {
            try { actions[deadline](deadline); }
            finally { Volatile.Write(ref passed, passed + 1); }
        }
    }
}
