using Mesh.Dialplan.Calls;
using Mesh.Host.Demo.Phones;
using Mesh.Host.Sites;
using Mesh.Iax2.Peers;
using Mesh.Io;
using Mesh.Media;
using Mesh.Scenarios;

namespace Mesh.Simulation.Tests;

/// <summary>
/// A carrier calls London, whose plan passes the call on to Manchester, whose plan diverts it to the office, where the desk rings: Manchester leaves, and the call goes on. By the same
/// lines on real loops over real loopback and in virtual time.
/// </summary>
public sealed class LeavingTheMiddleTests
{
    private const string Net = "127.56.0";
    private const double CarrierHz = 700, DeskHz = 1100;
    private const string Diverting = """Extension("301", async call => { if (await call.Dial(Iax("office/302"), ringFor: 20.Seconds)) return; await call.Reject(NoAnswer); });""";
    private const string Staying = """Extension("301", async call => { await call.Dial(Iax("office/302"), ringFor: 20.Seconds); call.Note("the conversation is over"); });""";
    private const string Longer = """
        Extension("301", call => call.Dial(Iax("office/302")));
        Extension("302", async call => { if (call.FromSite == "manchester") await call.Dial(Iax("offsite/303")); else await call.Dial(Sip("desk")); });
        Extension("303", call => call.Dial(Sip("desk")));
        """;

    [Fact]
    public Task In_virtual_time() => PlayAsync(new VirtualWorld(1), Diverting + "\n" + """Extension("302", call => call.Dial(Sip("desk")));""", "office", stays: false, longestPauseMs: 60);

    [Fact]
    public Task On_real_loops() => PlayAsync(new RealWorld(), Diverting + "\n" + """Extension("302", call => call.Dial(Sip("desk")));""", "office", stays: false, longestPauseMs: null);

    [Fact]
    public Task A_plan_that_goes_on_after_the_conversation_keeps_its_site_in_the_call() =>
        PlayAsync(new VirtualWorld(1), Staying + "\n" + """Extension("302", call => call.Dial(Sip("desk")));""", "office", stays: true, longestPauseMs: 60);

    /// <summary>Two sites in the middle, which want to leave at about the same time.</summary>
    [Theory]
    [InlineData(1ul)]
    [InlineData(2ul)]
    [InlineData(3ul)]
    public Task Two_in_the_middle_both_leave(ulong seed) => PlayAsync(new VirtualWorld(seed), Longer, "offsite", stays: false, longestPauseMs: 60);

    private static async Task PlayAsync(CallWorld world, string dialplan, string deskAt, bool stays, long? longestPauseMs)
    {
        var plan = new TestPlan(["desk"], dialplan + "\n" + """Inbound("+442079460301", call => call.Dial(Iax("manchester/301")));""") { Numbers = ["+442079460301"], RtpPorts = "20000-20199" };
        using var mesh = new MeshOfSites(world, plan, Net);
        var loop = world.CreateLoop("phones");
        using var carrier = new SoftPhone(loop, new SoftPhoneOptions("carrier", NetAddress.Parse($"{Net}.9:5060")) { Codecs = [AudioCodec.Pcma], SaysHz = CarrierHz, HearsHz = DeskHz });
        using var desk = new SoftPhone(loop, new SoftPhoneOptions("desk", NetAddress.Parse($"{Net}.20:5060")) { Secret = TestPlan.Secret, Codecs = [AudioCodec.Pcma], SaysHz = DeskHz, HearsHz = CarrierHz });
        using (world) await world.PlayAsync(() => CallAsync(mesh, carrier, desk, deskAt, stays, longestPauseMs), TimeSpan.FromMinutes(3));
        Assert.All(mesh.Journals.Values, journal => { Assert.Empty(journal.Faults); Assert.Empty(journal.ScriptFailures); Assert.Empty(journal.Alarms); });
        CheckRecords(mesh, deskAt, stays);
    }

    private static async Task CallAsync(MeshOfSites mesh, SoftPhone carrier, SoftPhone desk, string deskAt, bool stays, long? longestPauseMs)
    {
        var loop = carrier.Loop;
        desk.Behaviour = PhoneBehaviour.Answers(500);
        await LoopWait.Ask(loop, () => desk.Register(mesh.Sip(deskAt)));
        Assert.True(await LoopWait.Until(loop, 10_000, () => desk.IsRegisteredEverywhere), "the desk could not register");
        foreach (var site in mesh.Sites.Values)
            Assert.True(await LoopWait.Until(site.Signalling, 10_000, () => site.Iax.Peers.All.All(p => p.State == PeerState.Alive)), "the sites do not see each other");

        var call = await LoopWait.Ask(loop, () => carrier.Call("+442079460301", mesh.Sip("london")));
        Assert.True(await LoopWait.Until(loop, 15_000, () => call.IsAnswered || call.IsOver) && call.IsAnswered, $"not answered: {call.FailedWith}");
        var answered = Assert.Single(desk.Rung);
        Assert.True(await LoopWait.Until(loop, 10_000, () => Heard(call) && Heard(answered)), "a tone was not heard");
        long missing = await LoopWait.Ask(loop, () => { call.Audio!.Ear.TakeLongestPauseMs(); answered.Audio!.Ear.TakeLongestPauseMs(); return Missing(call, answered); });

        string[] middle = deskAt == "office" ? ["manchester"] : ["manchester", "office"];
        foreach (string name in middle)
        {
            var core = mesh[name];
            Assert.Equal(!stays, await LoopWait.Until(core.Signalling, stays ? 8_000 : 20_000, () => core.Runner.Calls.Count == 0));
            if (!stays) Assert.Equal((1, 0, 0), await LoopWait.Ask(core.Signalling, () => (core.Runner.Room.Counters.Left, core.Iax.CallCount, core.Audio.InUse)));
        }
        await LoopWait.For(loop, 2_000);
        long pause = await LoopWait.Ask(loop, () => Math.Max(call.Audio!.Ear.TakeLongestPauseMs(), answered.Audio!.Ear.TakeLongestPauseMs()));
        // On real loops a machine with too much to do adds pauses of its own; what counts there is that no more than three frames each way never came.
        if (longestPauseMs is { } limit) Assert.InRange(pause, 0, limit);
        Assert.True(await LoopWait.Until(loop, 10_000, () => Missing(call, answered) - missing <= 6), "too much was lost");
        long heardA = call.Audio!.Ear.Tone.HeardMs, heardC = answered.Audio!.Ear.Tone.HeardMs;
        Assert.True(await LoopWait.Until(loop, 10_000, () => call.Audio.Ear.Tone.HeardMs > heardA + 1000 && answered.Audio.Ear.Tone.HeardMs > heardC + 1000), "the audio does not go on");
        Assert.InRange(call.Audio.Ear.Tone.FrequencyHz, DeskHz - 1, DeskHz + 1);
        if (!stays)
        {
            Assert.Equal(1, await OpenCalls(mesh["london"], deskAt));
            Assert.Equal(1, await OpenCalls(mesh[deskAt], "london"));
            Assert.Equal(0, await OpenCalls(mesh["london"], "manchester"));
        }

        await LoopWait.Ask(loop, () => { call.HangUp(); return true; });
        Assert.True(await LoopWait.Until(loop, 3000, () => answered.IsOver), "the desk was not told of the end");
        Assert.True(await mesh.IsAllGivenBackAsync(30_000), mesh.Left());
    }

    private static void CheckRecords(MeshOfSites mesh, string deskAt, bool stays)
    {
        var entry = Assert.Single(mesh.Journals["london"].Records);
        var end = Assert.Single(mesh.Journals[deskAt].Records);
        foreach (var record in (CallRecord[])[entry, end])
        {
            Assert.Null(record.Left);
            Assert.Equal(HangupCause.NormalClearing, record.Cause);
            Assert.NotNull(record.Answered);
            Assert.True(record.PacketsFromCaller > 100 && record.PacketsToCaller > 100);
        }
        Assert.InRange((entry.Ended - end.Ended).Duration().TotalSeconds, 0, 1);
        foreach (string name in deskAt == "office" ? (string[])["manchester"] : ["manchester", "office"])
        {
            var between = Assert.Single(mesh.Journals[name].Records);
            Assert.Equal(entry.OriginId, between.OriginId);
            Assert.NotNull(between.Answered);
            if (stays) { Assert.Null(between.Left); continue; }
            // It carried the call from its answer until it left, and says so.
            Assert.Equal(between.Ended, between.Left);
            Assert.InRange((between.Ended - between.Answered!.Value).TotalSeconds, 1, 25);
            Assert.True(entry.Ended - between.Ended > TimeSpan.FromSeconds(2));
            Assert.True(between.PacketsFromCaller > 20);
        }
    }

    private static Task<int> OpenCalls(SiteCore core, string peer) => LoopWait.Ask(core.Signalling, () => core.Iax.Peers.All.Single(p => p.Name == peer).OpenCalls);

    /// <summary>Packets said and not heard, both ways, those on their way too.</summary>
    private static long Missing(PhoneCall one, PhoneCall other) =>
        one.Audio!.Port.Counters.PacketsSent - other.Audio!.Ear.Tone.Packets + other.Audio.Port.Counters.PacketsSent - one.Audio.Ear.Tone.Packets;

    private static bool Heard(PhoneCall side) => side.Audio?.Ear.Tone.HeardMs >= 500;
}
