using Mesh.Io.Simulation;

namespace Mesh.Io.Tests.Simulation;

public sealed class SimulatedWorldTests : IDisposable
{
    private readonly SimulatedWorld world = new(seed: 3);

    public void Dispose() => world.Dispose();

    [Fact]
    public void Time_stands_still_until_it_is_let_pass()
    {
        var start = world.Clock.GetUtcNow();
        world.RunFor(TimeSpan.FromHours(1));
        Assert.Equal(start + TimeSpan.FromHours(1), world.Clock.GetUtcNow());
        Assert.Equal(3_600_000, world.Time.NowMs);
    }

    [Fact]
    public void A_script_waits_in_virtual_time_and_stays_on_the_worlds_thread()
    {
        var loop = world.CreateLoop("site");
        int thread = Environment.CurrentManagedThreadId;
        var steps = new List<(long Ms, int Thread, bool OnLoop)>();
        long answer = world.Run(async () =>
        {
            await Task.Delay(TimeSpan.FromSeconds(25), world.Clock);
            steps.Add((world.Time.NowMs, Environment.CurrentManagedThreadId, loop.IsCurrent));
            var verb = new TaskCompletionSource<long>();
            loop.Post(_ =>
            {
                Assert.True(loop.IsCurrent);
                verb.SetResult(world.Time.NowMs);
                steps.Add((world.Time.NowMs, Environment.CurrentManagedThreadId, loop.IsCurrent));
            });
            long at = await verb.Task;
            steps.Add((world.Time.NowMs, Environment.CurrentManagedThreadId, loop.IsCurrent));
            return at;
        }, TimeSpan.FromMinutes(1));
        Assert.Equal(25_000, answer);
        Assert.Equal([(25_000, thread, false), (25_000, thread, true), (25_000, thread, false)], steps);
        Assert.Empty(world.Faults);
    }

    [Fact]
    public void A_cancellation_made_from_the_clock_cancels_in_virtual_time()
    {
        using var cancelled = new CancellationTokenSource(TimeSpan.FromSeconds(5), world.Clock);
        Assert.True(world.RunUntil(() => cancelled.IsCancellationRequested, TimeSpan.FromSeconds(10)));
        Assert.Equal(5_000, world.Time.NowMs);
    }

    [Fact]
    public void A_condition_that_never_holds_ends_at_the_limit()
    {
        Assert.False(world.RunUntil(() => false, TimeSpan.FromSeconds(2)));
        Assert.Equal(2_000, world.Time.NowMs);
        Assert.Throws<TimeoutException>(() => world.Run(() => new TaskCompletionSource().Task, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void A_world_that_does_not_move_is_reported()
    {
        var loop = world.CreateLoop("site");
        void Again(object? state) => loop.Post(Again);
        loop.Post(Again);
        Assert.Throws<InvalidOperationException>(() => world.RunFor(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Faults_are_recorded_and_survived()
    {
        var loop = world.CreateLoop("site");
        bool survived = false;
        loop.Post(_ => throw new InvalidOperationException("mine"));
        loop.Post(_ => survived = true);
        world.RunFor(TimeSpan.FromMilliseconds(1));
        Assert.True(survived);
        Assert.Equal("mine", Assert.Single(world.Faults).Exception.Message);
        Assert.Equal(1, loop.Faults);
    }

    [Fact]
    public void What_the_test_does_to_the_world_happens_at_its_time()
    {
        long at = 0;
        world.After(TimeSpan.FromSeconds(3), () => at = world.Time.NowMs);
        Assert.True(world.RunUntilIdle(TimeSpan.FromMinutes(1)));
        Assert.Equal(3_000, at);
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3)]
    public void The_same_seed_gives_the_same_run_and_another_seed_another(ulong seed)
    {
        Assert.Equal(RunOf(seed), RunOf(seed));
        Assert.NotEqual(RunOf(seed), RunOf(seed + 100));
    }

    /// <summary>Eight hosts that gossip at random over a bad network, with deadlines and a script, for ten seconds.</summary>
    private static (ulong Fingerprint, long Sent, int Deadlines) RunOf(ulong seed)
    {
        using var world = new SimulatedWorld(seed);
        world.Wire.Default = new Impairment
        {
            Latency = TimeSpan.FromMilliseconds(5), Jitter = TimeSpan.FromMilliseconds(3), Loss = 0.1, Duplication = 0.05, Reordering = 0.1, Corruption = 0.01,
        };
        var addresses = Enumerable.Range(1, 8).Select(i => NetAddress.Parse($"10.0.0.{i}:4569")).ToArray();
        var gossips = addresses.Select(a => new Gossip(world.CreateLoop(a.ToString()), a, addresses)).ToArray();
        world.After(TimeSpan.FromSeconds(4), () => world.Wire.Partition(addresses[..4], addresses[4..]));
        world.After(TimeSpan.FromSeconds(6), () => world.KillHost(addresses[0]));
        world.After(TimeSpan.FromSeconds(7), world.Wire.Heal);
        world.RunFor(TimeSpan.FromSeconds(10));
        Assert.Empty(world.Faults);
        return (world.Wire.Fingerprint, world.Wire.Counters.Sent, gossips.Sum(g => g.Passed));
    }

    private sealed class Gossip : IDatagramReceiver, IDeadlineOwner
    {
        private readonly Loop loop;
        private readonly NetAddress[] others;
        private readonly IDatagramSocket socket;

        public Gossip(Loop loop, NetAddress local, NetAddress[] others)
        {
            this.loop = loop;
            this.others = others;
            socket = loop.Bind(local, this, DatagramSocketOptions.Signalling);
            loop.Post(_ => loop.Deadlines.Arm(new Deadline(this), 1 + loop.Chance.NextInt32(50)));
        }

        public int Passed { get; private set; }

        public void OnDatagram(IDatagramSocket socket, in Datagram datagram)
        {
            if (datagram.Payload[0] > 1) Send((byte)(datagram.Payload[0] - 1));
        }

        public void OnDeadline(Deadline deadline)
        {
            Passed++;
            Send(4);
            loop.Deadlines.Arm(deadline, 1 + loop.Chance.NextInt32(50));
        }

        private void Send(byte hops)
        {
            Span<byte> payload = stackalloc byte[9];
            loop.Chance.Fill(payload);
            payload[0] = hops;
            socket.TrySend(payload, others[loop.Chance.NextInt32(others.Length)]);
        }
    }
}
