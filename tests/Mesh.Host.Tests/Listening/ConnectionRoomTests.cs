using System.Net;
using Mesh.Host.Listening;

namespace Mesh.Host.Tests.Listening;

/// <summary>Who is let in, who makes room, and when a time is over: by a clock of the test's.</summary>
public class ConnectionRoomTests
{
    private readonly Hand clock = new();
    private readonly List<string> happened = [];

    [Fact]
    public void The_one_that_has_been_slow_for_longest_makes_room()
    {
        var room = Room(new RoomOptions("r", 3, 10));
        var (a, b, c) = (Enter(room, "a"), Enter(room, "b"), Enter(room, "c"));
        a.Step();
        Enter(room, "d");
        Assert.Equal(["leave b Crowded"], happened);
        Enter(room, "e");
        Assert.Equal(["leave b Crowded", "leave c Crowded"], happened);
        Assert.Equal(2, room.Asked(LeaveReason.Crowded));
        b.Exit();
        c.Exit();
        Assert.Equal(3, room.Count);
        Assert.Equal(2, a.Step());
    }

    [Fact]
    public void A_source_has_so_many_and_no_more_until_one_ends()
    {
        var room = Room(new RoomOptions("r", 100, 2) { OnRefused = () => happened.Add("refused") });
        var first = Enter(room, "a", "10.0.0.1");
        Enter(room, "b", "10.0.0.1");
        Assert.Null(room.TryEnter(IPAddress.Parse("10.0.0.1"), _ => () => { }));
        Enter(room, "c", "10.0.0.2");
        first.Exit();
        first.Exit();
        Enter(room, "d", "10.0.0.1");
        Assert.Equal(["refused"], happened);
        Assert.Equal(1, room.Refused);
    }

    [Fact]
    public void A_step_and_the_whole_have_their_times_and_what_does_not_leave_is_cut_off()
    {
        var room = Room(new RoomOptions("r", 100, 10) { StepTime = TimeSpan.FromSeconds(30), WholeTime = TimeSpan.FromSeconds(70) });
        var (dripping, busy) = (Enter(room, "dripping"), Enter(room, "busy"));
        for (int second = 1; second <= 69; second++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            busy.Step();
            room.Sweep();
            if (second == 29) Assert.Empty(happened);
            if (second == 30) Assert.Equal(["leave dripping Late"], happened);
            if (second == 34) Assert.Single(happened);
            if (second == 35) Assert.Equal(["leave dripping Late", "abort dripping"], happened);
        }
        dripping.Exit();
        clock.Advance(TimeSpan.FromSeconds(1));
        busy.Step();
        room.Sweep();
        Assert.Equal("leave busy Late", happened[^1]);
        busy.Exit();
        clock.Advance(TimeSpan.FromMinutes(1));
        room.Sweep();
        Assert.Equal(3, happened.Count);
        Assert.Equal(0, room.Count);
    }

    [Fact]
    public void Those_who_say_goodbye_for_ever_do_not_fill_the_room()
    {
        var room = Room(new RoomOptions("r", 8, 1_000));
        for (int i = 0; i < 50; i++) Enter(room, $"{i}");
        Assert.InRange(room.Count, 8, 8 + room.MostLeaving);
        Assert.Equal("abort 0", happened.First(h => h.StartsWith("abort", StringComparison.Ordinal)));
    }

    private ConnectionRoom Room(RoomOptions options) => new(options, new PublicOptions(), clock);

    private RoomPlace Enter(ConnectionRoom room, string name, string source = "10.9.9.9")
    {
        var place = room.TryEnter(IPAddress.Parse(source), _ => () => happened.Add($"abort {name}"))!;
        place.OnLeave(why => happened.Add($"leave {name} {why}"));
        return place;
    }

    /// <summary>Timestamps that stand until they are moved.</summary>
    private sealed class Hand : TimeProvider
    {
        private long ticks = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks;

        public void Advance(TimeSpan by) => ticks += by.Ticks;
    }
}
