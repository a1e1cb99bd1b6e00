using Mesh.Dialplan.Calls;
using Mesh.Dialplan.Language;
using Mesh.Io;
using Mesh.Io.Simulation;
using Mesh.Testing.Calls;
using Xunit;

namespace Mesh.Dialplan.Tests.Calls;

/// <summary>A call from its admission to its record: handlers, verbs, and what happens when they go wrong.</summary>
public sealed class CallRunnerTests : CallsAtASite
{
    [Fact]
    public void An_unknown_number_is_unallocated()
    {
        Assert.Equal(HangupCause.UnallocatedNumber, Call("999999").EndedWith);
        Assert.Equal((CallRefusal.UnknownNumber, HangupCause.UnallocatedNumber), Assert.Single(site.Journal.Refusals));
        Assert.Equal("", site.Leaks());
    }

    [Theory]
    [InlineData("")]
    [InlineData("00000000000000000000000000000000000000000000000000000000000000000000000000000000")]
    public void A_number_that_is_none_is_refused(string number) => Assert.Equal(HangupCause.InvalidNumberFormat, Call(number).EndedWith);

    [Fact]
    public void A_carrier_reaches_inbound_numbers_only()
    {
        site.Plan.Extension("301", call => call.Dial("SIP/desk")).Inbound("+44", call => call.Dial("SIP/hall"));
        Assert.Equal(HangupCause.UnallocatedNumber, Call("301", CallEntry.Carrier).EndedWith);
        Call("+44", CallEntry.Carrier);
        Assert.Equal("hall", Assert.Single(site.Sip.Legs).Target);
        Assert.Equal(HangupCause.UnallocatedNumber, Call("+44").EndedWith);
    }

    [Fact]
    public void When_the_handler_returns_the_call_is_over()
    {
        site.Plan.Extension("1", _ => Task.CompletedTask);
        Assert.Equal(HangupCause.NormalUnspecified, Call("1").EndedWith);
        site.Plan.Extension("2", call => call.Answer());
        Assert.Equal(HangupCause.NormalClearing, Call("2").EndedWith);
        Assert.Equal("", site.Leaks());
    }

    /// <summary>IAX2 need not say why (RFC 5456 section 6.2.5).</summary>
    [Fact]
    public void A_leg_that_ends_without_a_cause_still_ends_the_caller()
    {
        site.Plan.Extension("1", call => call.Dial("SIP/desk"));
        var caller = Call("1");
        site.Loop.Invoke(() => Assert.Single(site.Sip.Legs).Fail(HangupCause.None));
        Run(10);
        Assert.Equal(HangupCause.None, caller.EndedWith);
        Assert.Equal("", site.Leaks());
    }

    [Fact]
    public void A_hang_up_unwinds_the_handler_through_the_verb_in_progress()
    {
        string seen = "";
        site.Plan.Extension("1", async call =>
        {
            try { await call.Dial("SIP/desk"); }
            catch (CallEnded e) { seen = $"dial {e.Cause}"; throw; }
            finally { seen += " finally"; }
        });
        var caller = Call("1");
        site.HangUp(caller);
        Run(10);
        Assert.Equal("dial NormalClearing finally", seen);
        Assert.Null(caller.EndedWith);
        Assert.Empty(site.Journal.ScriptFailures);
        Assert.Equal("", site.Leaks());
    }

    [Fact]
    public void A_handler_that_ignores_the_end_cannot_use_verbs_any_more()
    {
        int verbs = 0;
        site.Plan.Extension("1", async call =>
        {
            for (; verbs < 5; verbs++)
            {
                try { await call.Dial("SIP/desk"); }
                catch (OperationCanceledException) { }
            }
        });
        site.HangUp(Call("1"));
        Run(10);
        Assert.Equal(5, verbs);
        Assert.Single(site.Sip.Legs);
        Assert.Equal("", site.Leaks());
    }

    [Fact]
    public void Goto_takes_over_and_its_return_ends_the_call()
    {
        bool after = false;
        string number = "";
        site.Plan.Inbound("+44", async call => { await call.Goto("301"); after = true; });
        site.Plan.Extension("301", call => { number = call.Number; return call.Dial("SIP/desk", 5.Seconds); });
        var caller = Call("+44", CallEntry.Carrier);
        site.Loop.Invoke(site.Sip.Legs[0].Ring);
        Run(6000);
        Assert.Equal(HangupCause.NoAnswer, caller.EndedWith);
        Assert.False(after);
        Assert.Equal("301", number);
        Assert.Equal("", site.Leaks());
    }

    [Fact]
    public void Goto_to_an_unknown_number_ends_the_call()
    {
        site.Plan.Extension("1", call => call.Goto("2"));
        Assert.Equal(HangupCause.UnallocatedNumber, Call("1").EndedWith);
        Assert.Equal("", site.Leaks());
    }

    [Fact]
    public void Goto_in_a_circle_is_stopped_and_takes_the_safe_route()
    {
        site.Plan.Extension("1", call => call.Goto("2")).Extension("2", call => call.Goto("1"));
        Assert.Equal(HangupCause.TemporaryFailure, Call("1").EndedWith);
        Assert.Equal(1, site.Room.Counters.TooManyGotos);
        Assert.Equal("", site.Leaks());
    }

    [Fact]
    public void A_handler_that_throws_is_logged_with_its_place_and_the_caller_gets_an_answer()
    {
        site.Plan.Extension("1", async call =>
        {
            await call.Wait(1.Seconds);
            throw new InvalidOperationException("oops");
        });
        var caller = Call("1");
        Run(1100);
        Assert.Equal(HangupCause.TemporaryFailure, caller.EndedWith);
        var failure = Assert.Single(site.Journal.ScriptFailures);
        Assert.Equal(("plan.csx", 1, "oops"), (failure.File, failure.Line, failure.Failure.Message));
        Assert.Equal("", site.Leaks());
    }

    [Fact]
    public void The_safe_route_rings_when_a_handler_fails()
    {
        WithOptions(new CallRunnerOptions { SafeRoute = new PhoneEndpoint("desk") });
        site.Plan.Extension("1", _ => throw new InvalidOperationException("oops"));
        var caller = Call("1");
        site.Loop.Invoke(site.Sip.Legs[0].Answer);
        Assert.True(caller.IsAnswered);
        site.Loop.Invoke(() => site.Sip.Legs[0].HangUp());
        Run(10);
        Assert.Equal(HangupCause.NormalClearing, caller.EndedWith);
        Assert.Equal("", site.Leaks());
    }

    [Fact]
    public void Too_many_verbs_and_too_long_between_them_take_the_safe_route()
    {
        WithOptions(new CallRunnerOptions { MaxVerbs = 20, MaxBetweenVerbsMs = 5_000 });
        site.Plan.Extension("1", async call => { while (true) await call.Wait(TimeSpan.FromMilliseconds(1)); });
        site.Plan.Extension("2", async call => { await call.Answer(); await Task.Delay(TimeSpan.FromHours(1), world.Clock); await call.Dial("SIP/desk"); });
        var spinning = Call("1");
        var idle = Call("2");
        Run(100);
        Assert.Equal(HangupCause.TemporaryFailure, spinning.EndedWith);
        Assert.Null(idle.EndedWith);
        Run(5_000);
        Assert.Equal(HangupCause.TemporaryFailure, idle.EndedWith);
        Assert.Equal((1, 1), (site.Room.Counters.TooManyVerbs, site.Room.Counters.TooLongBetweenVerbs));
        Run(3_600_000);
        Assert.Empty(site.Sip.Legs);
        Assert.Equal("", site.Leaks());
    }

    [Fact]
    public void A_handler_that_goes_round_without_a_verb_is_stopped()
    {
        WithOptions(new CallRunnerOptions { MaxStepsBetweenVerbs = 1_000 });
        site.Plan.Extension("1", _ => { while (true) ScriptSteps.Count(); });
        site.Plan.Extension("2", async call =>
        {
            for (int verb = 0; verb < 5; verb++)
            {
                for (int i = 0; i < 900; i++) ScriptSteps.Count();
                await call.Wait(TimeSpan.FromMilliseconds(1));
            }
            await call.Reject(DialStatus.Busy);
        });
        Assert.Equal(HangupCause.TemporaryFailure, Call("1").EndedWith);
        Assert.Equal(HangupCause.UserBusy, Call("2").EndedWith);
        Assert.Equal(1, site.Room.Counters.TooManySteps);
        Assert.Equal("", site.Leaks());
    }

    [Fact]
    public void Two_verbs_at_once_are_a_mistake_of_the_script()
    {
        site.Plan.Extension("1", async call =>
        {
            var first = call.Dial("SIP/desk");
            await call.Dial("SIP/hall");
            await first;
        });
        Assert.Equal(HangupCause.TemporaryFailure, Call("1").EndedWith);
        Assert.IsType<InvalidOperationException>(Assert.Single(site.Journal.ScriptFailures).Failure);
        Assert.Single(site.Sip.Legs);
        Assert.Equal("", site.Leaks());
    }

    [Theory]
    [InlineData(DialStatus.Busy, HangupCause.UserBusy)]
    [InlineData(DialStatus.Rejected, HangupCause.CallRejected)]
    public void Reject_says_why(DialStatus status, HangupCause cause)
    {
        bool after = false;
        site.Plan.Extension("1", async call => { await call.Reject(status); after = true; });
        Assert.Equal(cause, Call("1").EndedWith);
        Assert.False(after);
        Assert.Equal("", site.Leaks());
    }

    [Fact]
    public void Play_answers_and_returns_at_the_end_of_the_sound()
    {
        bool played = false;
        site.Plan.Extension("1", async call => { await call.Play("hello"); played = true; await call.Play("missing"); });
        site.Audio.Missing.Add("missing");
        var caller = Call("1");
        Assert.True(caller.IsAnswered);
        Run(900);
        Assert.False(played);
        Run(200);
        Assert.True(played);
        Assert.Equal("missing", Assert.Single(site.Journal.MissingSounds));
        Assert.Equal(HangupCause.NormalClearing, caller.EndedWith);
        Assert.Equal("", site.Leaks());
    }

    [Fact]
    public void Echo_answers_and_lasts_as_long_as_the_plan_says()
    {
        bool after = false;
        site.Plan.Extension("1", async call => { await call.Echo(TimeSpan.FromSeconds(2)); after = true; });
        var caller = Call("1");
        Assert.True(caller.IsAnswered);
        Assert.Contains(site.Audio.Events, e => e.StartsWith("echo ", StringComparison.Ordinal));
        Run(1900);
        Assert.False(after);
        Run(200);
        Assert.True(after);
        Assert.Equal(HangupCause.NormalClearing, caller.EndedWith);
        Assert.Equal("", site.Leaks());
    }

    [Theory]
    [InlineData("2", 500, '2')]
    [InlineData("72", 500, '2')]
    [InlineData("2", 1500, '2')]
    [InlineData("", 0, Dialplan.Language.Call.NoKey)]
    public void A_menu_takes_one_of_its_keys(string keys, int afterMs, char expected)
    {
        char pressed = '?';
        site.Plan.Extension("1", async call => pressed = await call.Menu("welcome", "129"));
        var caller = Call("1");
        Run(afterMs);
        foreach (char key in keys) site.Loop.Invoke(() => site.Audio.Press(caller.Audio!, key));
        Run(keys.Length == 0 ? 18_100 : 1_100);
        Assert.Equal(expected, pressed);
        Assert.Equal("", site.Leaks());
        Assert.Equal(keys switch { "" => 3, "72" => 2, _ => 1 }, site.Audio.Events.Count(e => e == "play welcome"));
    }

    [Fact]
    public void The_token_of_a_call_is_cancelled_on_the_scripts_side()
    {
        bool onScheduler = false;
        site.Plan.Extension("1", _ => Task.CompletedTask);
        var control = default(ICallControl);
        site.Plan = new FakePlan().Extension("1", async call => { control = Control(call); control.Ended.Register(() => onScheduler = TaskScheduler.Current == world.Scheduler); await call.Dial("SIP/desk"); });
        site.HangUp(Call("1"));
        Run(10);
        Assert.True(control!.Ended.IsCancellationRequested);
        Assert.True(onScheduler);
    }

    private static ICallControl Control(Call call) =>
        (ICallControl)typeof(Call).GetFields(System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance).Single(f => f.FieldType == typeof(ICallControl)).GetValue(call)!;
}
