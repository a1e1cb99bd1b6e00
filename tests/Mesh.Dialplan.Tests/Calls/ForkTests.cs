using Mesh.Dialplan.Calls;
using Mesh.Dialplan.Language;
using Mesh.Io.Simulation;
using Mesh.Testing.Calls;
using Xunit;

namespace Mesh.Dialplan.Tests.Calls;

/// <summary>A site rings: one answer, one ringtone, nothing left behind.</summary>
public sealed class ForkTests : IDisposable
{
    private readonly SimulatedWorld world = new();
    private readonly FakeSite site;
    private DialResult? result;

    public ForkTests()
    {
        site = new FakeSite(world);
        site.Sip.Phone("desk").Phone("hall").Phone("mobile");
        site.Iax.Site("manchester", "301").Site("office", "301").Site("offsite", "301");
    }

    public void Dispose() => world.Dispose();

    private FakeCaller Ring(string ring, int seconds = 25)
    {
        site.Plan.Extension("301", async call => result = await call.Dial(ring, seconds.Seconds));
        var caller = site.Call(CallEntry.Phone, "301", c => c with { From = "caller" });
        world.RunFor(TimeSpan.FromMilliseconds(10));
        return caller;
    }

    private void On(FakeLeg leg, Action<FakeLeg> act) => site.Loop.Invoke(() => act(leg));

    private FakeLeg Leg(string spelling) => site.Legs.Single(l => l.Order.Plan.Spelling == spelling);

    [Fact]
    public void The_first_answer_is_bridged_and_every_other_leg_told_so()
    {
        var caller = Ring("SIP/desk&IAX2/manchester/301&IAX2/office/301&IAX2/offsite/301");
        Assert.Equal(4, site.Legs.Count());
        foreach (var leg in site.Legs) On(leg, l => l.Ring());
        On(Leg("IAX2/office/301"), l => l.Answer());

        Assert.True(caller.IsAnswered);
        Assert.Equal("IAX2/office/301", site.Audio.BridgedTo(caller.Audio!)!.ToString());
        Assert.All(site.Legs.Where(l => l != Leg("IAX2/office/301")), l => Assert.Equal(HangupCause.AnsweredElsewhere, l.EndedWith));
        world.RunFor(TimeSpan.FromMinutes(10));
        Assert.Null(result);

        On(Leg("IAX2/office/301"), l => l.HangUp());
        world.RunFor(TimeSpan.FromMilliseconds(10));
        Assert.Equal(DialStatus.Answered, result!.Status);
        Assert.Equal("IAX2/office/301", result.AnsweredBy);
        Assert.Equal(HangupCause.NormalClearing, caller.EndedWith);
        Assert.Equal("", site.Leaks());
        Assert.Equal("IAX2/office/301", Assert.Single(site.Journal.Records).Winner);
    }

    [Fact]
    public void A_leg_that_answers_after_it_lost_is_ended_again()
    {
        Ring("SIP/desk&SIP/hall");
        On(Leg("SIP/desk"), l => l.Answer());
        int endings = Leg("SIP/hall").Endings;
        On(Leg("SIP/hall"), l => l.Answer());
        Assert.Equal(endings + 1, Leg("SIP/hall").Endings);
        Assert.Equal(1, site.Audio.Bridges);
    }

    [Fact]
    public void A_caller_who_gives_up_leaves_missed_calls()
    {
        var caller = Ring("SIP/desk&SIP/hall");
        foreach (var leg in site.Legs) On(leg, l => l.Ring());
        site.HangUp(caller);
        world.RunFor(TimeSpan.FromMilliseconds(10));
        Assert.All(site.Legs, l => Assert.Equal(HangupCause.NormalClearing, l.EndedWith));
        Assert.Equal("", site.Leaks());
        Assert.Equal(HangupCause.NormalClearing, site.Journal.Records.Single().Cause);
    }

    [Fact]
    public void A_branch_told_answered_elsewhere_tells_its_phones_so()
    {
        var caller = Ring("SIP/desk&SIP/hall");
        site.HangUp(caller, HangupCause.AnsweredElsewhere);
        Assert.All(site.Legs, l => Assert.Equal(HangupCause.AnsweredElsewhere, l.EndedWith));
    }

    [Fact]
    public void Nobody_answers_in_time()
    {
        var caller = Ring("SIP/desk&SIP/hall");
        foreach (var leg in site.Legs) On(leg, l => l.Ring());
        world.RunFor(TimeSpan.FromSeconds(24.9));
        Assert.Null(result);
        world.RunFor(TimeSpan.FromSeconds(0.2));
        Assert.Equal(DialStatus.NoAnswer, result!.Status);
        Assert.All(site.Legs, l => Assert.Equal(HangupCause.NoAnswer, l.EndedWith));
        Assert.Equal(HangupCause.NoAnswer, caller.EndedWith);
        Assert.Equal("", site.Leaks());
    }

    [Theory]
    [InlineData(HangupCause.UserBusy, HangupCause.CallRejected, DialStatus.Busy)]
    [InlineData(HangupCause.CallRejected, HangupCause.DestinationOutOfOrder, DialStatus.Rejected)]
    [InlineData(HangupCause.DestinationOutOfOrder, HangupCause.NoAnswer, DialStatus.NoAnswer)]
    [InlineData(HangupCause.NoAnswer, HangupCause.UserBusy, DialStatus.Busy)]
    public void The_status_is_the_best_of_all_branches(HangupCause first, HangupCause second, DialStatus expected)
    {
        var caller = Ring("SIP/desk&SIP/hall");
        foreach (var leg in site.Legs) On(leg, l => l.Try());
        On(Leg("SIP/desk"), l => l.Fail(first));
        Assert.Null(result);
        On(Leg("SIP/hall"), l => l.Fail(second));
        world.RunFor(TimeSpan.FromMilliseconds(10));
        Assert.Equal(expected, result!.Status);
        Assert.Equal(result.Cause, caller.EndedWith);
        Assert.Equal("", site.Leaks());
    }

    [Fact]
    public void One_ringback_however_many_legs_come_and_go()
    {
        site.Plan.Extension("301", async call =>
        {
            await call.Dial("SIP/desk&SIP/hall", 5.Seconds);
            await call.Dial("SIP/mobile", 5.Seconds);
        });
        var caller = site.Call(CallEntry.Phone, "301", c => c with { From = "caller" });
        world.RunFor(TimeSpan.FromMilliseconds(10));
        On(Leg("SIP/desk"), l => l.Ring());
        On(Leg("SIP/hall"), l => l.Ring());
        On(Leg("SIP/hall"), l => l.Fail(HangupCause.UserBusy));
        world.RunFor(TimeSpan.FromSeconds(5.1));
        On(Leg("SIP/mobile"), l => l.Ring());
        Assert.Single(site.Audio.Events, e => e.StartsWith("ringback", StringComparison.Ordinal));
        Assert.DoesNotContain(site.Audio.Events, e => e.StartsWith("stop", StringComparison.Ordinal));
        Assert.Single(caller.Ringings);
        Assert.Contains(caller.Audio!, site.Audio.Ringback);
    }

    [Fact]
    public void The_first_early_media_replaces_ringback_until_its_leg_is_gone()
    {
        var caller = Ring("SIP/desk&SIP/hall&SIP/mobile");
        On(Leg("SIP/desk"), l => l.Ring());
        On(Leg("SIP/hall"), l => l.EarlyMedia());
        Assert.Equal("SIP/hall", site.Audio.BridgedTo(caller.Audio!)!.ToString());
        On(Leg("SIP/mobile"), l => l.EarlyMedia());
        Assert.Equal("SIP/hall", site.Audio.BridgedTo(caller.Audio!)!.ToString());
        On(Leg("SIP/hall"), l => l.Fail(HangupCause.UserBusy));
        Assert.Equal("SIP/mobile", site.Audio.BridgedTo(caller.Audio!)!.ToString());
        On(Leg("SIP/mobile"), l => l.Fail(HangupCause.UserBusy));
        Assert.Contains(caller.Audio!, site.Audio.Ringback);
        Assert.False(caller.IsAnswered);
    }

    [Fact]
    public void A_silent_device_is_struck_and_tried_over_the_next_site_without_being_listed()
    {
        Ring("SIP/desk&SIP/hall&IAX2/manchester/301&IAX2/office/301");
        On(Leg("SIP/hall"), l => l.Try());
        string desk = MeshHash.Device("device-of-desk"), hall = MeshHash.Device("device-of-hall");
        Assert.All(site.Iax.Legs, l => Assert.True(MeshRung.TryParse(l.Order.MeshRung, out var listed) && listed.Contains(desk) && listed.Contains(hall)));

        world.RunFor(TimeSpan.FromMilliseconds(300));
        Assert.Equal(HangupCause.AnsweredElsewhere, Leg("SIP/desk").EndedWith);
        Assert.Null(Leg("SIP/hall").EndedWith);
        var retry = site.Iax.Legs[^1];
        Assert.Equal(3, site.Iax.Legs.Count);
        Assert.Equal("manchester", retry.Order.Plan.Peer);
        Assert.NotEqual(site.Iax.Legs[0].Order.MeshHop, retry.Order.MeshHop);
        Assert.True(MeshRung.TryParse(retry.Order.MeshRung, out var rung));
        Assert.DoesNotContain(desk, rung);
        Assert.Contains(hall, rung);

        // Manchester does not have it either: the next site is asked.
        On(retry, l => l.Fail(HangupCause.NormalUnspecified, quiet: true));
        Assert.Equal("office", site.Iax.Legs[^1].Order.Plan.Peer);
        Assert.Equal(4, site.Iax.Legs.Count);
        On(site.Iax.Legs[^1], l => l.Fail(HangupCause.NormalUnspecified, quiet: true));
        Assert.Equal(4, site.Iax.Legs.Count);
    }

    [Fact]
    public void A_silent_contact_gives_way_to_another_contact_of_the_same_device()
    {
        site.Sip.Phone("twice", "same-device", "same-device");
        Ring("SIP/twice&IAX2/office/301");
        Assert.Single(site.Sip.Legs);
        world.RunFor(TimeSpan.FromMilliseconds(300));
        Assert.Equal(2, site.Sip.Legs.Count);
        Assert.Single(site.Iax.Legs);
        world.RunFor(TimeSpan.FromMilliseconds(310));
        Assert.Equal(2, site.Iax.Legs.Count);
    }

    [Fact]
    public void A_server_that_is_behind_with_its_reading_takes_nobody_for_silent_but_not_for_ever()
    {
        site.Sip.Phone("twice", "same-device", "same-device");
        site.Loop.IsBehind = true;
        Ring("SIP/twice");
        world.RunFor(TimeSpan.FromMilliseconds(1_000));
        Assert.Single(site.Sip.Legs);
        world.RunFor(TimeSpan.FromMilliseconds(350));
        Assert.Equal(2, site.Sip.Legs.Count);

        site.Loop.IsBehind = false;
        On(site.Sip.Legs[1], l => l.Ring());
        world.RunFor(TimeSpan.FromSeconds(3));
        Assert.Equal(2, site.Sip.Legs.Count);
        Assert.Equal(1, site.Room.Counters.DevicesStruck);
    }

    [Fact]
    public void What_was_unread_when_the_time_was_up_counts()
    {
        site.Sip.Phone("twice", "same-device", "same-device");
        site.Loop.IsBehind = true;
        Ring("SIP/twice");
        world.RunFor(TimeSpan.FromMilliseconds(500));
        On(site.Sip.Legs[0], l => l.Ring());
        site.Loop.IsBehind = false;
        world.RunFor(TimeSpan.FromSeconds(3));
        Assert.Single(site.Sip.Legs);
        Assert.Equal(0, site.Room.Counters.DevicesStruck);
    }

    [Fact]
    public void A_silent_device_without_another_path_is_given_time()
    {
        var caller = Ring("SIP/desk");
        world.RunFor(TimeSpan.FromSeconds(3));
        Assert.Null(Leg("SIP/desk").EndedWith);
        On(Leg("SIP/desk"), l => l.Answer());
        Assert.True(caller.IsAnswered);
        Assert.Equal(0, site.Room.Counters.DevicesStruck);
    }

    [Fact]
    public void A_phone_without_contact_here_is_asked_of_one_site_and_left_out_by_the_others()
    {
        Ring("SIP/unknown&IAX2/manchester/301&IAX2/office/301");
        string account = MeshHash.Account("unknown");
        Assert.True(MeshRung.TryParse(Leg("IAX2/manchester/301").Order.MeshRung, out var first));
        Assert.True(MeshRung.TryParse(Leg("IAX2/office/301").Order.MeshRung, out var second));
        Assert.DoesNotContain(account, first);
        Assert.Contains(account, second);
    }

    [Fact]
    public void A_diversion_costs_one_and_a_diversion()
    {
        var caller = Ring("SIP/desk");
        On(Leg("SIP/desk"), l => l.Divert("SIP/hall"));
        On(Leg("SIP/hall"), l => l.Divert("SIP/mobile"));
        On(Leg("SIP/mobile"), l => l.Divert("IAX2/office/301"));
        On(Leg("IAX2/office/301"), l => l.Divert("IAX2/manchester/301"));
        world.RunFor(TimeSpan.FromMilliseconds(10));
        Assert.Equal(4, site.Legs.Count());
        Assert.Equal(1, site.Law.Counters.Of(LegRefusal.NoDiversions));
        Assert.Equal(DialStatus.Unreachable, result!.Status);
        Assert.NotNull(caller.EndedWith);
        Assert.Equal("", site.Leaks());
    }

    [Fact]
    public void Two_diverting_phones_do_not_play_ping_pong()
    {
        site.Sip.Behaviour = leg => leg.Divert(leg.Target == "desk" ? "SIP/hall" : "SIP/desk");
        Ring("SIP/desk");
        world.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal(2, site.Sip.Legs.Count);
        Assert.Equal("", site.Leaks());
    }

    [Fact]
    public void A_caller_does_not_ring_their_own_device()
    {
        site.Plan.Extension("301", async call => result = await call.Dial("SIP/desk&SIP/hall"));
        site.Call(CallEntry.Phone, "301", c => c with { DeviceKey = "device-of-desk" });
        world.RunFor(TimeSpan.FromMilliseconds(10));
        Assert.Equal("SIP/hall", Assert.Single(site.Legs).Order.Plan.Spelling);
    }

    [Fact]
    public void A_dialer_that_throws_costs_its_own_leg_only()
    {
        site.Iax.Places["IAX2/office/301"] = [new LegPlan("NONE", LegKind.Site, "301", "office", "", null)];
        Ring("SIP/desk&IAX2/office/301");
        Assert.Single(site.Legs);
        Assert.Single(site.Journal.Faults);
        Assert.Equal(1, site.Room.Counters.LegsAlive);
    }
}
