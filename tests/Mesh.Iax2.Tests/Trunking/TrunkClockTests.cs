using Mesh.Iax2.Trunking;

namespace Mesh.Iax2.Tests.Trunking;

public class TrunkClockTests
{
    [Fact]
    public void It_begins_at_0_goes_with_time_and_repeats_nothing()
    {
        var clock = new TrunkClock();
        Assert.Equal([0u, 1, 2, 20, 21, 40], new long[] { 1_000, 1_000, 1_001, 1_020, 1_020, 1_040 }.Select(clock.Stamp));
    }

    [Fact]
    public void After_five_silent_seconds_the_receiver_has_forgotten_it_so_it_begins_anew()
    {
        var clock = new TrunkClock();
        Assert.Equal([0u, 4_000, 9_000, 0, 20], new long[] { 1_000, 5_000, 10_000, 15_001, 15_021 }.Select(clock.Stamp));
    }

    [Fact]
    public void It_goes_on_for_weeks()
    {
        var clock = new TrunkClock();
        uint before = clock.Stamp(7);
        for (long now = 1_000; now < 6_000_000_000; now += 4_900)
        {
            uint stamp = clock.Stamp(now);
            if (stamp <= before) Assert.True(before > 2_147_000_000, $"{before} then {stamp} at {now}");
            before = stamp;
        }
    }

    [Fact]
    public void Several_threads_never_get_the_same_stamp()
    {
        var clock = new TrunkClock();
        var stamps = new uint[4][];
        var threads = Enumerable.Range(0, 4).Select(t => new Thread(() => stamps[t] = [.. Enumerable.Range(0, 20_000).Select(i => clock.Stamp(i / 100))])).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        Assert.Equal(80_000, stamps.SelectMany(s => s).Distinct().Count());
    }
}
