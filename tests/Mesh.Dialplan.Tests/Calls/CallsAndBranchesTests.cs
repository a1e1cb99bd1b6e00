using Mesh.Dialplan.Calls;
using Mesh.Dialplan.Language;
using Mesh.Io;
using Mesh.Io.Simulation;
using Mesh.Testing.Calls;
using Xunit;

namespace Mesh.Dialplan.Tests.Calls;

/// <summary>Many calls at a site: limits, traces, plans replaced meanwhile, branches of other sites' forks, and answers at the same moment.</summary>
public sealed class CallsAndBranchesTests : CallsAtASite
{
    [Fact]
    public void Calls_are_limited_but_an_emergency_is_not()
    {
        WithOptions(new CallRunnerOptions { MaxCalls = 2, EmergencyRoute = number => new TrunkEndpoint("magrathea", number) });
        site.Trunk.Place("TRUNK/magrathea/999", LegKind.Carrier, "magrathea", "999");
        site.Plan.Extension("1", call => call.Dial("SIP/desk"));
        Call("1");
        Call("1");
        Assert.Equal(HangupCause.SwitchCongestion, Call("1").EndedWith);
        // The plan has nothing for 999, and it goes out all the same.
        var emergency = Call("999");
        Assert.Null(emergency.EndedWith);
        site.Loop.Invoke(Assert.Single(site.Trunk.Legs).Answer);
        Assert.True(emergency.IsAnswered);
    }

    [Fact]
    public void A_call_keeps_the_plan_it_started_with()
    {
        site.Plan.Extension("1", async call => { await call.Wait(1.Seconds); await call.Goto("2"); }).Extension("2", call => call.Reject(DialStatus.Busy));
        var caller = Call("1");
        var old = site.Plan;
        site.Plan = new FakePlan().Extension("2", call => call.Reject(DialStatus.Rejected));
        Assert.Equal(1, old.Calls);
        Run(1100);
        Assert.Equal(HangupCause.UserBusy, caller.EndedWith);
        Assert.Equal(0, old.Calls);
    }

    [Fact]
    public void Live_calls_and_traces_can_be_looked_at()
    {
        site.Plan.Extension("1", async call => { call.Note("hello"); await call.Dial("SIP/desk&SIP/hall"); });
        Call("1");
        var row = Assert.Single(site.Runner.Calls.Snapshot());
        Assert.Equal((LiveCallState.Ringing, 2, ""), (row.State, row.Legs.Count, row.BridgedTo));
        site.Loop.Invoke(site.Sip.Legs[1].Answer);
        row = Assert.Single(site.Runner.Calls.Snapshot());
        Assert.Equal((LiveCallState.Talking, 1, "SIP/hall fake"), (row.State, row.Legs.Count, row.BridgedTo));
        var lines = Assert.Single(site.Runner.Traces.Find(row.CallId)).Lines.Select(l => l.Text).ToList();
        Assert.Contains(lines, l => l.EndsWith("hello", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains("SIP/hall fake answered", StringComparison.Ordinal));
        Assert.True(site.Runner.Calls.End(row.CallId, HangupCause.NormalClearing));
        Assert.Equal(0, site.Runner.Calls.Count);
        var record = Assert.Single(site.Journal.Records);
        Assert.Equal(["SIP/desk", "SIP/hall"], record.Legs);
        Assert.Equal("SIP/hall", record.Winner);
        Assert.NotNull(record.Answered);
    }

    [Fact]
    public void Traces_are_bounded()
    {
        WithOptions(new CallRunnerOptions { MaxTraceLines = 20, TracesKept = 3 });
        site.Plan.Extension("1", call => { for (int i = 0; i < 100_000; i++) call.Note("again"); return Task.CompletedTask; });
        for (int i = 0; i < 5; i++) Call("1");
        Assert.Equal(3, site.Runner.Traces.All.Count);
        Assert.All(site.Runner.Traces.All, t => Assert.Equal(20, t.Lines.Count));
    }

    [Fact]
    public void A_branch_with_nothing_to_ring_ends_quietly_and_runs_no_further()
    {
        bool ranOn = false;
        site.Plan.Extension("301", async call => { await call.Dial("SIP/nobody"); ranOn = true; await call.Play("sorry"); });
        var caller = Call("301", CallEntry.Site);
        Assert.Equal(HangupCause.NormalUnspecified, caller.EndedWith);
        Assert.False(ranOn || caller.IsAnswered);
        Assert.Equal(1, site.Room.Counters.QuietBranches);
        Assert.Equal("", site.Leaks());
        // The same from a phone goes on.
        Assert.True(Call("301").IsAnswered);
        Assert.True(ranOn);
    }

    [Fact]
    public void A_branch_that_rang_somebody_is_not_quiet()
    {
        site.Plan.Extension("301", async call => { if (!await call.Dial("SIP/desk", 2.Seconds)) await call.Dial("SIP/nobody"); });
        var caller = Call("301", CallEntry.Site);
        site.Loop.Invoke(site.Sip.Legs[0].Ring);
        Run(2100);
        Assert.Equal(HangupCause.NoAnswer, caller.EndedWith);
        Assert.Equal(0, site.Room.Counters.QuietBranches);
    }

    [Fact]
    public void The_best_of_all_dials_is_what_the_caller_hears()
    {
        site.Plan.Extension("301", async call => { await call.Dial("SIP/desk"); await call.Dial("SIP/hall"); });
        var caller = Call("301");
        site.Loop.Invoke(() => site.Sip.Legs[0].Fail(HangupCause.UserBusy));
        Run(10);
        site.Loop.Invoke(() => site.Sip.Legs[1].Fail(HangupCause.CallRejected));
        Run(10);
        Assert.Equal(HangupCause.UserBusy, caller.EndedWith);
    }

    [Fact]
    public void A_branch_makes_no_ringback_of_its_own()
    {
        site.Plan.Extension("301", call => call.Dial("SIP/desk"));
        var caller = Call("301", CallEntry.Site);
        site.Loop.Invoke(site.Sip.Legs[0].Ring);
        Assert.Equal([false], caller.Ringings);
        Assert.Empty(site.Audio.Ringback);
    }

    [Fact]
    public void Voicemail_in_a_branch_is_no_answer()
    {
        site.Plan.Extension("301", async call => { if (!await call.Dial("SIP/desk", 2.Seconds)) await call.Voicemail("301"); });
        var caller = Call("301", CallEntry.Site);
        site.Loop.Invoke(site.Sip.Legs[0].Ring);
        Run(2100);
        Assert.Equal(HangupCause.NoAnswer, caller.EndedWith);
        Assert.False(caller.IsAnswered);
    }

    /// <summary>Two phones answer 0-20 ms apart, ten thousand times, with every order of what crosses what.</summary>
    [Fact]
    public void Of_two_answers_exactly_one_is_bridged_ten_thousand_times()
    {
        site.Plan.Extension("1", call => call.Dial("SIP/desk&SIP/hall"));
        var chance = world.CreateChance();
        int[] wins = new int[2];
        for (int i = 0; i < 10_000; i++)
        {
            site.Sip.Legs.Clear();
            site.Audio.Events.Clear();
            var caller = site.Call(CallEntry.Phone, "1");
            Run(1);
            var (first, second) = chance.NextInt32(2) == 0 ? (0, 1) : (1, 0);
            int apart = chance.NextInt32(21);
            site.Loop.Invoke(site.Sip.Legs[first].Answer);
            if (apart > 0) Run(apart);
            site.Loop.Invoke(site.Sip.Legs[second].Answer);
            Assert.Single(site.Audio.Events, e => e.StartsWith("bridge", StringComparison.Ordinal));
            Assert.Equal(1, site.Audio.Bridges);
            Assert.Equal(HangupCause.AnsweredElsewhere, site.Sip.Legs[second].EndedWith);
            Assert.Null(site.Sip.Legs[first].EndedWith);
            wins[first]++;
            if (i % 10 == 0) site.HangUp(caller);
            else site.Loop.Invoke(() => site.Sip.Legs[first].HangUp());
            Run(1);
            Assert.Equal("", site.Leaks());
        }
        Assert.All(wins, w => Assert.True(w > 4_000));
        Assert.Equal(20_000, site.Room.Counters.LegsMade);
    }
}
