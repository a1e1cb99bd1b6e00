using Mesh.Dialplan.Calls;
using Mesh.Io;
using Mesh.Io.Simulation;

namespace Mesh.Testing.Calls;

/// <summary>One site's calls in a simulated world, with fake phones, trunks and carriers around the real law and the real call runner.</summary>
public sealed class FakeSite
{
    public static readonly MeshKeyRing Keys = new([("k1", "a key of the mesh, for tests only"u8.ToArray())]);

    public FakeSite(SimulatedWorld world, string name = "london", string[]? sites = null, CallRunnerOptions? options = null, MeshLawOptions? law = null,
        Func<Loop, IDialer>? iax = null, ICallPaths? paths = null, Func<IncomingCall, Announcement?>? announcements = null)
    {
        Loop = world.CreateLoop(name);
        Name = name;
        Sip = new FakeDialer(Loop, "SIP");
        Iax = new FakeDialer(Loop, "IAX2");
        Trunk = new FakeDialer(Loop, "TRUNK");
        Audio = new FakeCallAudio(Loop);
        Law = new MeshLaw(law ?? new MeshLawOptions(), new MeshSites(name, sites ?? ["london", "manchester", "office", "offsite"]), Keys, Loop.Chance, MeshNow.Of(Loop.Clock));
        Room = new CallSurroundings
        {
            Loop = Loop,
            Site = name,
            Law = Law,
            Dialers = [Sip, iax?.Invoke(Loop) ?? Iax, Trunk],
            Audio = Audio,
            People = People,
            Plan = () => Plan,
            Scripts = world.Scheduler,
            Records = Journal,
            Log = Journal,
            Paths = paths,
            Options = options ?? new CallRunnerOptions(),
            Announcements = announcements ?? (static _ => null),
        };
        Runner = new CallRunner(Room);
    }

    public string Name { get; }

    public SimulatedLoop Loop { get; }

    public FakeDialer Sip { get; }

    public FakeDialer Iax { get; }

    public FakeDialer Trunk { get; }

    public FakeCallAudio Audio { get; }

    public FakePeople People { get; } = [];

    public FakePlan Plan { get; set; } = new();

    public CallJournal Journal { get; } = new();

    public MeshLaw Law { get; }

    public CallSurroundings Room { get; }

    public CallRunner Runner { get; }

    public IEnumerable<FakeLeg> Legs => Sip.Legs.Concat(Iax.Legs).Concat(Trunk.Legs);

    /// <summary>Hands a call in, on the loop.</summary>
    public FakeCaller Call(CallEntry entry, string called, Func<IncomingCall, IncomingCall>? also = null)
    {
        var caller = new FakeCaller(Loop);
        var call = new IncomingCall(caller, entry, called, new CallerId("02079460000", "", false)) { From = entry == CallEntry.Carrier ? "magrathea" : "desk" };
        Loop.Invoke(() => { caller.Observer = Runner.Accept(also is null ? call : also(call)); });
        return caller;
    }

    public void HangUp(FakeCaller caller, HangupCause cause = HangupCause.NormalClearing) => Loop.Invoke(() => caller.Observer?.OnCallerGone(cause));

    /// <summary>What a call may leave behind: nothing. Empty when that is so.</summary>
    public string Leaks()
    {
        var left = new List<string>();
        void Check(string what, long count) { if (count != 0) left.Add($"{count} {what}"); }
        Check("calls", Runner.Calls.Count);
        Check("branches", Law.Origins.LiveBranches);
        Check("legs counted alive", Room.Counters.LegsAlive);
        Check("legs not ended", Legs.Count(l => !l.IsOver));
        Check("scripts", Room.Counters.ScriptsRunning);
        Check("calls on the plan", Plan.Calls);
        Check("deadlines", Loop.Deadlines.Armed);
        Check("bridges", Audio.Bridges);
        Check("ringback tones", Audio.Ringback.Count);
        Check("loop faults", Loop.Faults);
        Check("faults", Journal.Faults.Count);
        return string.Join(", ", left);
    }
}
