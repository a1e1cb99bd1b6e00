using Mesh.Io.Simulation;

namespace Mesh.Io.Tests.Simulation;

public sealed class SimulatedClockTests : IDisposable
{
    private readonly SimulatedWorld world = new(start: new DateTimeOffset(2026, 3, 29, 0, 0, 0, TimeSpan.Zero));
    private readonly List<long> passed = [];

    public void Dispose() => world.Dispose();

    [Fact]
    public void The_wall_clock_and_the_monotonic_clock_move_together()
    {
        world.RunFor(TimeSpan.FromMicroseconds(1_500));
        Assert.Equal((1_500, 1), (world.Time.NowMicros, world.Time.NowMs));
        Assert.Equal(new DateTimeOffset(2026, 3, 29, 0, 0, 0, 1, 500, TimeSpan.Zero), world.Clock.GetUtcNow());
        Assert.Equal(world.Clock.GetUtcNow(), world.Time.UtcNow);
    }

    [Fact]
    public void A_periodic_timer_passes_until_it_is_disposed()
    {
        var timer = Timer(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(20));
        world.RunFor(TimeSpan.FromMilliseconds(75));
        Assert.Equal([10, 30, 50, 70], passed);
        timer.Dispose();
        world.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal(4, passed.Count);
        Assert.False(timer.Change(TimeSpan.Zero, TimeSpan.Zero));
    }

    [Fact]
    public void A_changed_timer_forgets_what_it_was_to_do()
    {
        using var timer = Timer(TimeSpan.FromMilliseconds(10), Timeout.InfiniteTimeSpan);
        Assert.True(timer.Change(TimeSpan.FromMilliseconds(25), Timeout.InfiniteTimeSpan));
        world.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal([25], passed);
        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Assert.True(world.RunUntilIdle(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Scripts_that_wait_side_by_side_wake_in_order_of_time()
    {
        world.Run(async () =>
        {
            await Task.WhenAll(Wait(30), Wait(10), Wait(20));
            return true;
        }, TimeSpan.FromSeconds(1));
        Assert.Equal([10, 20, 30], passed);

        async Task Wait(int ms)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(ms), world.Clock);
            passed.Add(world.Time.NowMs);
        }
    }

    private ITimer Timer(TimeSpan due, TimeSpan period) => world.Clock.CreateTimer(_ => passed.Add(world.Time.NowMs), null, due, period);
}
