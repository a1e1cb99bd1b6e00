using Mesh.Dialplan.Calls;
using Mesh.Io.Simulation;
using Mesh.Media.Sounds;
using Mesh.Testing.Calls;

namespace Mesh.Dialplan.Tests.Calls;

/// <summary>A number switched to sorry: the announcement takes the place of the plan, for calls from carriers only.</summary>
public sealed class AnnouncementTests : IDisposable
{
    private const string Number = "+442079460123";
    private static readonly Sound Said = new(new short[8000 * 2]);
    private readonly SimulatedWorld world = new(seed: 1);
    private readonly FakeSite site;
    private Announcement? switched = new(Said, Number, IsEarly: false);
    private int asked;

    public AnnouncementTests()
    {
        site = new FakeSite(world, options: new CallRunnerOptions { MaxAnnouncements = 2 }, announcements: _ => { asked++; return switched; });
        site.Sip.Phone("desk");
        site.Trunk.Place("TRUNK/magrathea/999", LegKind.Carrier, "magrathea", "999");
        site.Plan.Inbound(Number, call => call.Dial("SIP/desk")).Extension("301", call => call.Dial("SIP/desk")).Extension("999", call => call.Dial("TRUNK/magrathea/999"));
    }

    public void Dispose() => world.Dispose();

    [Fact]
    public void A_caller_from_outside_is_answered_hears_it_to_its_end_and_is_let_go()
    {
        var caller = site.Call(CallEntry.Carrier, Number);
        world.RunFor(TimeSpan.FromMilliseconds(1900));
        Assert.True(caller.IsAnswered);
        Assert.Null(caller.EndedWith);
        Assert.Equal(1, site.Room.Counters.Announcing);
        world.RunFor(TimeSpan.FromMilliseconds(200));
        Assert.Equal(HangupCause.NormalClearing, caller.EndedWith);
        Assert.Equal(["announce 2000"], site.Audio.Events.Where(e => e.StartsWith("announce", StringComparison.Ordinal)));
        Assert.Empty(site.Legs);
        var record = Assert.Single(site.Journal.Records);
        Assert.Equal((Number, true, 0), (record.Sorry, record.Answered is not null, record.Legs.Count));
        Assert.Equal((1, 0), (site.Room.Counters.Announced, site.Room.Counters.Announcing));
        Assert.Equal("", site.Leaks());
    }

    [Fact]
    public void An_early_one_is_heard_without_an_answer_and_refused_so_that_no_carrier_tries_another_way()
    {
        switched = switched! with { IsEarly = true };
        var caller = site.Call(CallEntry.Carrier, Number);
        world.RunFor(TimeSpan.FromSeconds(3));
        Assert.True(caller.IsInProgress);
        Assert.False(caller.IsAnswered);
        Assert.Equal(HangupCause.NormalUnspecified, caller.EndedWith);
        Assert.Null(Assert.Single(site.Journal.Records).Answered);
        Assert.Equal("", site.Leaks());
    }

    [Fact]
    public void A_caller_who_hangs_up_ends_it()
    {
        var caller = site.Call(CallEntry.Carrier, Number);
        world.RunFor(TimeSpan.FromMilliseconds(500));
        site.HangUp(caller);
        world.RunFor(TimeSpan.FromSeconds(3));
        Assert.Equal(0, caller.Endings);
        Assert.Equal(0, site.Room.Counters.Announcing);
        Assert.Equal("", site.Leaks());
    }

    [Fact]
    public void Above_the_limit_a_caller_is_refused_with_503_and_counted()
    {
        var heard = new[] { site.Call(CallEntry.Carrier, Number), site.Call(CallEntry.Carrier, Number) };
        var refused = site.Call(CallEntry.Carrier, Number);
        Assert.Equal(HangupCause.SwitchCongestion, refused.EndedWith);
        Assert.Equal(1, site.Room.Counters.Of(CallRefusal.TooManyAnnouncements));
        world.RunFor(TimeSpan.FromSeconds(3));
        Assert.All(heard, c => Assert.Equal(HangupCause.NormalClearing, c.EndedWith));
        Assert.Null(site.Call(CallEntry.Carrier, Number).EndedWith);
        world.RunFor(TimeSpan.FromSeconds(3));
        Assert.Equal("", site.Leaks());
    }

    [Fact]
    public void Off_again_the_next_call_is_the_plans_while_one_that_listens_hears_it_out()
    {
        var listening = site.Call(CallEntry.Carrier, Number);
        switched = null;
        site.Call(CallEntry.Carrier, Number);
        world.RunFor(TimeSpan.FromMilliseconds(500));
        Assert.Single(site.Sip.Legs);
        Assert.Null(listening.EndedWith);
        world.RunFor(TimeSpan.FromSeconds(2));
        Assert.Equal(HangupCause.NormalClearing, listening.EndedWith);
    }

    [Fact]
    public void Calls_of_phones_and_emergencies_are_never_asked_about()
    {
        site.Call(CallEntry.Phone, "301");
        site.Call(CallEntry.Phone, "999");
        site.Call(CallEntry.Carrier, "999");
        site.Call(CallEntry.Carrier, "112");
        world.RunFor(TimeSpan.FromMilliseconds(100));
        Assert.Equal(0, asked);
        Assert.Single(site.Sip.Legs);
        Assert.Single(site.Trunk.Legs);
    }
}
