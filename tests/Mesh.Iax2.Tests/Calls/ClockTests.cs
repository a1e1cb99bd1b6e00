namespace Mesh.Iax2.Tests.Calls;

public class ClockTests
{
    [Fact]
    public void Stamps_begin_above_zero_and_always_grow()
    {
        var clock = new MediaClock(10_000);
        Assert.Equal([3u, 6u, 9u], [clock.Stamp(10_000), clock.Stamp(10_000), clock.Stamp(10_001)]);
        Assert.Equal(500u, clock.Stamp(10_500));
        clock.Sent(560);
        Assert.Equal(563u, clock.Stamp(10_520));
    }

    [Fact]
    public void Short_stamps_are_made_whole_over_many_windows()
    {
        var clock = new MediaClock(0);
        for (uint true32 = 40; true32 < 1_000_000; true32 += 20) Assert.Equal(true32, clock.Unwrap16((ushort)true32));
        for (uint true32 = 1_000_000; true32 < 2_000_000; true32 += 33) Assert.Equal(true32, clock.Unwrap15((ushort)(true32 & 0x7FFF)));
    }

    [Fact]
    public void A_late_frame_of_the_window_before_stays_there()
    {
        var clock = new MediaClock(0);
        clock.Heard(65_560);
        Assert.Equal(65_520u, clock.Unwrap16(65_520));
        Assert.Equal(65_560u, clock.LastHeard);
    }

    [Fact]
    public void Voice_keeps_its_spacing_until_it_strays()
    {
        var timeline = new VoiceTimeline();
        Assert.Equal(120u, timeline.Map(777_000, 101));
        // The sender is called late, or early: the source's rhythm counts.
        Assert.Equal(140u, timeline.Map(777_020, 190));
        Assert.Equal(160u, timeline.Map(777_040, 130));
        // The source jumps: laid anew on the clock, never backwards.
        Assert.Equal(180u, timeline.Map(5, 140));
        Assert.Equal(200u, timeline.Map(25, 200));
        // Silence: the source's clock went on with ours.
        Assert.Equal(10_200u, timeline.Map(10_025, 10_210));
        // Silence in a source that stood still.
        Assert.Equal(20_220u, timeline.Map(10_045, 20_210));
    }
}
