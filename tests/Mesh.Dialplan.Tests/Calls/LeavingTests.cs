using Mesh.Dialplan.Calls;
using Mesh.Dialplan.Language;
using Mesh.Io.Simulation;
using Mesh.Testing.Calls;

namespace Mesh.Dialplan.Tests.Calls;

/// <summary>A call that leaves the site once it is answered.</summary>
public sealed class LeavingTests : IDisposable
{
    private readonly SimulatedWorld world = new();
    private readonly Paths paths = new();
    private readonly FakeSite site;

    public LeavingTests()
    {
        site = new FakeSite(world, paths: paths);
        site.Sip.Phone("desk");
        site.Plan.Extension("301", async call => { if (await call.Dial("SIP/desk")) return; }).DialsAreLast = true;
    }

    public void Dispose() => world.Dispose();

    [Fact]
    public void A_call_that_left_is_over_here_and_nobody_was_told()
    {
        var (caller, leg) = Talk();
        Assert.Same(caller, paths.Asked[0].Caller);
        Run(5_000);
        site.Loop.Invoke(paths.Asked[0].Left);
        Run(10);
        Assert.Equal((0, 0), (caller.Endings, leg.Endings));
        var record = Assert.Single(site.Journal.Records);
        Assert.Equal(record.Ended, record.Left);
        Assert.InRange((record.Left - record.Answered)!.Value.TotalSeconds, 4.9, 5.1);
        Assert.Equal((HangupCause.NormalClearing, "SIP/desk"), (record.Cause, record.Winner));
        Assert.Equal((1, 0, 0), (site.Room.Counters.Left, site.Room.Counters.ScriptsRunning, site.Runner.Calls.Count));
        Assert.Equal((0, 0), (site.Room.Counters.LegsAlive, site.Law.Origins.LiveBranches));
        Assert.Equal(0, site.Audio.Bridges);
        Assert.True(paths.Asked[0].IsStopped);
    }

    [Fact]
    public void A_plan_with_something_more_to_do_stays()
    {
        site.Plan.DialsAreLast = false;
        Talk();
        Assert.Empty(paths.Asked);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_end_of_the_conversation_ends_the_wish(bool callerHangsUp)
    {
        var (caller, leg) = Talk();
        if (callerHangsUp) site.HangUp(caller);
        else leg.HangUp();
        Run(10);
        Assert.True(paths.Asked[0].IsStopped);
        // Too late: nothing is there any more.
        site.Loop.Invoke(paths.Asked[0].Left);
        Assert.Null(Assert.Single(site.Journal.Records).Left);
        Assert.Equal(0, site.Room.Counters.Left);
        Assert.Equal("", site.Leaks());
    }

    private (FakeCaller Caller, FakeLeg Leg) Talk()
    {
        var caller = site.Call(CallEntry.Phone, "301", c => c with { From = "caller" });
        Run(10);
        var leg = Assert.Single(site.Sip.Legs);
        leg.Answer();
        Run(10);
        Assert.Equal(1, site.Audio.Bridges);
        return (caller, leg);
    }

    private void Run(int ms) => world.RunFor(TimeSpan.FromMilliseconds(ms));

    private sealed class Paths : ICallPaths
    {
        public List<Wish> Asked { get; } = [];

        public IDeparture? TryLeave(ICaller caller, ILeg leg, Action left)
        {
            Asked.Add(new Wish(caller, left));
            return Asked[^1];
        }
    }

    private sealed class Wish(ICaller caller, Action left) : IDeparture
    {
        public ICaller Caller => caller;
        public Action Left => left;
        public bool IsStopped { get; private set; }
        public void Stop() => IsStopped = true;
    }
}
