using Mesh.Dialplan.Calls;
using Mesh.Dialplan.Language;
using Mesh.Io;
using Mesh.Io.Simulation;
using Mesh.Testing.Calls;
using Xunit;

namespace Mesh.Dialplan.Tests.Calls;

/// <summary>Four sites, the real law and the real call runner on each, legs between them over a fake wire, in virtual time.</summary>
public sealed class FourSitesTests
{
    private static readonly string[] Names = ["london", "manchester", "office", "offsite"];

    private static FakeMesh WithPerson(SimulatedWorld world, params string[] registeredAt)
    {
        var mesh = new FakeMesh(world, Names);
        foreach (var site in mesh.Sites)
        {
            site.People["301"] = new PersonPaths([new PhoneEndpoint("mbloch-desk")], [.. Names.Where(n => n != site.Name)]);
            if (registeredAt.Contains(site.Name)) site.Sip.Phone("mbloch-desk", "the-desk-phone");
            site.Plan.Extension("301", async call =>
            {
                if (await call.Dial(new PersonEndpoint("301"), 25.Seconds)) return;
                await call.Voicemail("301");
            });
            site.Plan.Inbound("+442079460123", call => call.Goto("301"));
        }
        return mesh;
    }

    private static FakeCaller FromCarrier(FakeMesh mesh, string at) => mesh[at].Call(CallEntry.Carrier, "+442079460123");

    [Theory]
    [InlineData("london", "london manchester office offsite")]
    [InlineData("london", "manchester office offsite")]
    [InlineData("office", "manchester")]
    [InlineData("london", "offsite")]
    public void A_phone_registered_at_several_sites_rings_once_wherever_the_call_enters(string enters, string registered)
    {
        using var world = new SimulatedWorld();
        var mesh = WithPerson(world, registered.Split(' '));
        foreach (var site in mesh.Sites) site.Sip.Behaviour = leg => { leg.Try(); leg.Ring(); };
        var caller = FromCarrier(mesh, enters);
        world.RunFor(TimeSpan.FromSeconds(2));
        var rings = Assert.Single(mesh.Sites.SelectMany(s => s.Sip.Legs));

        var home = mesh.Sites.Single(s => s.Sip.Legs.Count > 0);
        home.Loop.Invoke(rings.Answer);
        world.RunFor(TimeSpan.FromSeconds(1));
        Assert.True(caller.IsAnswered);
        Assert.NotNull(mesh[enters].Audio.BridgedTo(caller.Audio!));
        home.Loop.Invoke(() => rings.HangUp());
        world.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal(HangupCause.NormalClearing, caller.EndedWith);
        Assert.Equal("", mesh.Leaks());
        Assert.Single(mesh.Sites.SelectMany(s => s.Journal.Records).Select(r => r.OriginId).Distinct());
    }

    [Fact]
    public void A_device_whose_path_is_dead_rings_over_the_next_site_soon()
    {
        using var world = new SimulatedWorld();
        var mesh = WithPerson(world, Names);
        foreach (var site in mesh.Sites.Where(s => s.Name != "london")) site.Sip.Behaviour = leg => leg.Ring();
        FromCarrier(mesh, "london");
        world.RunFor(TimeSpan.FromMilliseconds(299));
        Assert.Empty(mesh["manchester"].Sip.Legs);
        world.RunFor(TimeSpan.FromMilliseconds(20));
        Assert.Single(mesh["manchester"].Sip.Legs);
        world.RunFor(TimeSpan.FromSeconds(5));
        Assert.Equal(2, mesh.Sites.Sum(s => s.Sip.Legs.Count));
    }

    [Fact]
    public void A_device_dead_at_two_sites_rings_over_the_third()
    {
        using var world = new SimulatedWorld();
        var mesh = WithPerson(world, Names);
        mesh["office"].Sip.Behaviour = leg => leg.Ring();
        FromCarrier(mesh, "london");
        world.RunFor(TimeSpan.FromMilliseconds(700));
        Assert.Single(mesh["office"].Sip.Legs);
        Assert.Empty(mesh["offsite"].Sip.Legs);
    }

    [Fact]
    public void Nobody_anywhere_is_told_within_a_moment()
    {
        using var world = new SimulatedWorld();
        var mesh = WithPerson(world);
        var caller = FromCarrier(mesh, "london");
        world.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal(HangupCause.NoAnswer, caller.EndedWith);
        Assert.True(caller.EndedAtMs < 100);
        Assert.Equal("", mesh.Leaks());
    }

    [Fact]
    public void A_caller_who_gives_up_leaves_missed_calls_at_other_sites_too()
    {
        using var world = new SimulatedWorld();
        var mesh = WithPerson(world, "office");
        mesh["office"].Sip.Behaviour = leg => leg.Ring();
        var caller = FromCarrier(mesh, "london");
        world.RunFor(TimeSpan.FromSeconds(3));
        mesh["london"].HangUp(caller);
        world.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal(HangupCause.NormalClearing, Assert.Single(mesh["office"].Sip.Legs).EndedWith);
        Assert.Equal("", mesh.Leaks());
    }

    [Fact]
    public void Phones_at_other_sites_are_told_that_somebody_answered_elsewhere()
    {
        using var world = new SimulatedWorld();
        var mesh = WithPerson(world, "london");
        foreach (var site in mesh.Sites)
        {
            site.Sip.Phone($"extra-{site.Name}");
            site.Sip.Behaviour = leg => leg.Ring();
            site.People["301"] = site.People["301"] with { Phones = [new PhoneEndpoint("mbloch-desk"), new PhoneEndpoint($"extra-{site.Name}")] };
        }
        FromCarrier(mesh, "london");
        world.RunFor(TimeSpan.FromSeconds(1));
        var legs = mesh.Sites.SelectMany(s => s.Sip.Legs).ToList();
        Assert.Equal(5, legs.Count);
        mesh["offsite"].Loop.Invoke(mesh["offsite"].Sip.Legs[0].Answer);
        long answered = world.Time.NowMs;
        world.RunFor(TimeSpan.FromSeconds(1));
        Assert.All(legs.Where(l => !l.IsAnswered), l =>
        {
            Assert.Equal(HangupCause.AnsweredElsewhere, l.EndedWith);
            Assert.InRange(l.EndedAtMs - answered, 0, 200);
        });
    }

    /// <summary>The accident that started it: every dialplan forwards everything to everyone, again and again, under the same number and under new ones.</summary>
    [Fact]
    public void Everything_to_everyone_is_forty_legs_and_a_clean_end()
    {
        long most = 0;
        for (ulong seed = 1; seed <= 60; seed++)
        {
            using var world = new SimulatedWorld(seed);
            var mesh = new FakeMesh(world, Names) { Duplication = 0.3, Loss = seed % 3 == 0 ? 0.2 : 0, LatencyMs = 1 + (int)(seed % 20) };
            foreach (var site in mesh.Sites) MakeHostile(site, new SeededChance(seed * 31 + (ulong)site.Name.Length));
            var caller = FromCarrier(mesh, Names[seed % 4]);
            world.RunFor(TimeSpan.FromMinutes(10));
            Assert.InRange(mesh.LegsMade, 1, 40);
            Assert.True(caller.IsAnswered || caller.EndedWith is not null, $"seed {seed}: the caller got no word");
            if (caller.IsAnswered && caller.EndedWith is null) mesh[Names[seed % 4]].HangUp(caller);
            world.RunFor(TimeSpan.FromMinutes(5));
            Assert.Equal("", mesh.Leaks());
            Assert.Empty(world.Faults);
            most = Math.Max(most, mesh.LegsMade);
        }
        // The plans are hostile enough to use up the credit, or the test shows nothing.
        Assert.InRange(most, 35, 40);
    }

    private static void MakeHostile(FakeSite site, IChance chance)
    {
        var others = Names.Where(n => n != site.Name).ToArray();
        for (int i = 0; i < 6; i++) site.Sip.Phone($"phone{i}", $"phone{i}-{site.Name}");
        site.Sip.Behaviour = leg =>
        {
            leg.Try();
            switch (chance.NextInt32(6))
            {
                case 0: leg.Fail(HangupCause.UserBusy); break;
                case 1: leg.Ring(); break;
                case 2: leg.Divert($"IAX2/{others[chance.NextInt32(3)]}/30{chance.NextInt32(9)}"); break;
                case 3: leg.Divert($"SIP/phone{chance.NextInt32(6)}"); break;
                case 4: leg.Ring(); break;
                default: leg.Fail(HangupCause.TemporaryFailure); break;
            }
        };
        async Task Everything(Call call)
        {
            for (int round = 0; round < 5; round++)
            {
                string ring = string.Join('&', others.Select(o => $"IAX2/{o}/{call.Number}").Concat(others.Select(o => $"IAX2/{o}/30{chance.NextInt32(9)}"))
                    .Concat([$"SIP/phone{chance.NextInt32(6)}", $"SIP/phone{chance.NextInt32(6)}"]));
                await call.Dial(ring, TimeSpan.FromSeconds(1 + chance.NextInt32(4)));
            }
            await call.Goto($"31{chance.NextInt32(9)}");
        }
        site.Plan.Anything(Everything);
        site.Plan.Inbound("+442079460123", Everything);
    }

    [Fact]
    public void A_dead_site_stops_nobody()
    {
        using var world = new SimulatedWorld();
        var mesh = WithPerson(world, "offsite");
        mesh.Dead.Add("manchester");
        mesh["offsite"].Sip.Behaviour = leg => leg.Ring();
        FromCarrier(mesh, "london");
        world.RunFor(TimeSpan.FromSeconds(6));
        Assert.Single(mesh["offsite"].Sip.Legs);
    }
}
