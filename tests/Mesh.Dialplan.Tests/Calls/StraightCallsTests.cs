using Mesh.Dialplan.Calls;
using Mesh.Dialplan.Language;
using Xunit;

namespace Mesh.Dialplan.Tests.Calls;

/// <summary>Where handlers run: a straight one on the loop from its first line to its last, any other on the scripts' scheduler, whoever went on to it.</summary>
public sealed class StraightCallsTests : CallsAtASite
{
    private readonly List<string> where = [];

    [Fact]
    public void A_straight_handler_never_leaves_the_loop()
    {
        site.Plan.Straight("1", async call =>
        {
            Say("begins");
            await call.Answer();
            Say("answered");
            await call.Dial("SIP/nobody");
            Say("dialled");
            Assert.Equal('1', await call.Menu("welcome", "12"));
            Say("chosen");
        });
        var caller = Call("1");
        site.Loop.Invoke(() => site.Audio.Press(caller.Audio!, '1'));
        Run(10);
        Assert.Equal(["begins on the loop", "answered on the loop", "dialled on the loop", "chosen on the loop"], where);
        Assert.Equal(HangupCause.NormalClearing, caller.EndedWith);
        // Until the prompt would have been over.
        Run(2 * site.Audio.SoundMs);
        Assert.Equal("", site.Leaks());
    }

    [Fact]
    public void Any_other_handler_stays_off_it()
    {
        site.Plan.Extension("1", async call => { Say("begins"); await call.Answer(); Say("answered"); });
        Call("1");
        Assert.Equal(["begins off the loop", "answered off the loop"], where);
        Assert.Equal("", site.Leaks());
    }

    [Fact]
    public void A_straight_handler_begins_after_the_call_was_taken()
    {
        ICallerObserver? before = null;
        bool began = false;
        site.Plan.Straight("1", call => { began = true; return call.Dial("SIP/nobody"); });
        site.Loop.Invoke(() =>
        {
            var caller = new Testing.Calls.FakeCaller(site.Loop);
            before = site.Runner.Accept(new IncomingCall(caller, CallEntry.Phone, "1", new CallerId("100", "", false)) { From = "desk" });
            Assert.False(began);
        });
        Run(10);
        Assert.NotNull(before);
        Assert.True(began);
        Assert.Equal("", site.Leaks());
    }

    [Fact]
    public void Going_on_to_a_handler_that_is_not_straight_leaves_the_loop()
    {
        site.Plan.Straight("1", async call => { Say("one"); await call.Goto("2"); })
            .Extension("2", async call => { Say("two"); await call.Answer(); Say("two answered"); });
        var caller = Call("1");
        Assert.Equal(["one on the loop", "two off the loop", "two answered off the loop"], where);
        Assert.Equal(HangupCause.NormalClearing, caller.EndedWith);
        Assert.Equal("", site.Leaks());
    }

    [Fact]
    public void Going_on_to_a_straight_handler_stays_where_it_was()
    {
        site.Plan.Extension("1", async call => { Say("one"); await call.Goto("2"); })
            .Straight("2", async call => { Say("two"); await call.Answer(); Say("two answered"); });
        Call("1");
        Assert.Equal(["one off the loop", "two off the loop", "two answered off the loop"], where);
        Assert.Equal("", site.Leaks());
    }

    [Fact]
    public void A_hang_up_ends_a_straight_handler_and_a_fault_takes_the_safe_route()
    {
        site.Plan.Straight("1", async call => { await call.Dial("SIP/desk"); Say("went on"); })
            .Straight("2", call => throw new InvalidOperationException("in the plan"));
        var caller = Call("1");
        site.HangUp(caller);
        Run(10);
        Assert.Empty(where);
        Assert.Equal(HangupCause.TemporaryFailure, Call("2").EndedWith);
        Assert.Equal(1, site.Room.Counters.ScriptFailures);
        Assert.Equal(0, site.Room.Counters.ScriptsRunning);
        Assert.Equal("", site.Leaks());
    }

    [Fact]
    public void A_forgotten_trace_gives_its_room_to_a_new_one_and_no_line_to_it()
    {
        WithOptions(new CallRunnerOptions { TracesKept = 2 });
        site.Plan.Straight("1", call => { call.Note($"note of {call.Id}"); return call.Hangup(); });
        for (int i = 0; i < 6; i++) Call("1");
        Assert.Equal(2, site.Runner.Traces.All.Count);
        foreach (var trace in site.Runner.Traces.All)
        {
            Assert.Single(trace.Lines, l => l.Text.Contains("note of", StringComparison.Ordinal));
            Assert.Contains(trace.Lines, l => l.Text == $"note of {trace.OriginId}" || l.Text.EndsWith($" note of {trace.OriginId}", StringComparison.Ordinal));
            Assert.StartsWith("Phone", trace.Lines[0].Text, StringComparison.Ordinal);
        }
    }

    private void Say(string what) => where.Add($"{what} {(site.Loop.IsCurrent && TaskScheduler.Current != world.Scheduler ? "on" : "off")} the loop");
}
