using Mesh.Host.IaxTester.Calls;
using Mesh.Host.IaxTester.Load;
using Mesh.Host.IaxTester.Raw;
using Mesh.Iax2;
using Mesh.Iax2.Calls;
using Mesh.Iax2.Peers;
using Mesh.Iax2.Trunking;
using Mesh.Iax2.Wire;
using Mesh.Io;
using Mesh.Io.Simulation;

namespace Mesh.Host.Tests.IaxTester;

/// <summary>Test calls and load between our own caller and listener, in virtual time.</summary>
public sealed class CallTests : IDisposable
{
    private readonly SimulatedWorld world = new(seed: 7);
    private readonly List<ListenEvent> events = [];
    private readonly SimulatedLoop far, near;
    private readonly IaxEndpoint endpoint;
    private IaxEndpoint? farEndpoint;

    public CallTests()
    {
        far = world.CreateLoop("far");
        near = world.CreateLoop("near");
        endpoint = near.Invoke(() => new IaxEndpoint(near, NetAddress.Parse("10.0.0.2:4569"), new Nobody(), new IaxEndpointOptions { QuarantineMs = 1_000 }));
    }

    [Fact]
    public void A_call_that_echoes_is_measured()
    {
        Listen(new ListenOptions { AnswerAfterMs = 1_000 });
        var outcome = Place(new CallOrder { Extension = "600", Say = Spoken.Tone(440), MeasureHz = 440, DurationMs = 4_000, Digits = "12", Text = "hello" });
        Assert.Equal(CallResult.Completed, outcome.Result);
        Assert.Equal(0, outcome.ExitCode);
        Assert.InRange(outcome.RingingMs!.Value, 0.1, 100);
        Assert.InRange(outcome.AnswerMs!.Value, 1_000, 1_100);
        Assert.InRange(outcome.DurationMs, 3_990, 4_100);
        Assert.InRange(outcome.VoiceReceived, 190, 205);
        Assert.Equal((0, 0), (outcome.VoiceLost, outcome.VoiceLate));
        Assert.InRange(outcome.Tone!.FrequencyHz, 439.5, 440.5);
        Assert.Equal("12", outcome.DigitsHeard);
        Assert.Contains(events, e => e is { What: "text", Detail: "hello" });
        Assert.Contains(events, e => e.What == "ended");
    }

    [Fact]
    public void Loss_is_counted_by_the_time_stamps()
    {
        Listen(new ListenOptions { Say = Spoken.Tone(1000) });
        world.Wire.Default = new Impairment { Loss = 0.1 };
        var outcome = Place(new CallOrder { Extension = "600", DurationMs = 20_000 });
        Assert.Equal(CallResult.Completed, outcome.Result);
        Assert.InRange(outcome.LossPercent, 6, 14);
    }

    [Fact]
    public void A_tone_that_does_not_come_is_a_failure()
    {
        Listen(new ListenOptions { Say = Spoken.Nothing });
        var outcome = Place(new CallOrder { Extension = "600", MeasureHz = 440, DurationMs = 2_000 });
        Assert.Equal((CallResult.Completed, 1), (outcome.Result, outcome.ExitCode));
        Assert.False(outcome.Tone!.Heard);
    }

    [Fact]
    public void Refusals_say_why()
    {
        Listen(new ListenOptions { Extensions = ["600"], IsBusy = true });
        var unknown = Place(new CallOrder { Extension = "601" });
        Assert.Equal((CallResult.Refused, CauseCode.UnallocatedNumber, 6), (unknown.Result, unknown.Cause, unknown.ExitCode));
        var busy = Place(new CallOrder { Extension = "600" });
        Assert.Equal((CallResult.Refused, CauseCode.UserBusy), (busy.Result, busy.Cause));
    }

    [Fact]
    public void One_that_only_rings_is_no_answer()
    {
        Listen(new ListenOptions { NeverAnswers = true });
        var outcome = Place(new CallOrder { Extension = "600", AnswerWithinMs = 5_000 });
        Assert.Equal((CallResult.NoAnswer, 6), (outcome.Result, outcome.ExitCode));
        Assert.NotNull(outcome.RingingMs);
        Assert.Null(outcome.AnswerMs);
    }

    [Fact]
    public void Nobody_there_is_unreachable()
    {
        var outcome = Place(new CallOrder { Extension = "600", AnswerWithinMs = 60_000 });
        Assert.Equal((CallResult.Unreachable, 5), (outcome.Result, outcome.ExitCode));
    }

    [Fact]
    public void A_far_end_that_dies_is_a_lost_call()
    {
        Listen(new ListenOptions());
        world.After(TimeSpan.FromSeconds(2), () => world.KillHost(NetAddress.Parse("10.0.0.1:4569")));
        var outcome = Place(new CallOrder { Extension = "600", DurationMs = 120_000 });
        Assert.Equal((CallResult.Lost, 1), (outcome.Result, outcome.ExitCode));
    }

    [Fact]
    public void A_recorded_call_is_a_file()
    {
        string folder = Directory.CreateTempSubdirectory("iax-record-").FullName;
        Listen(new ListenOptions { RecordFolder = folder });
        Place(new CallOrder { Extension = "600", Say = Spoken.Tone(440), DurationMs = 2_000 });
        world.RunFor(TimeSpan.FromSeconds(1));
        Assert.True(Media.Sounds.WavFile.TryRead(File.ReadAllBytes(Path.Combine(folder, "call-1.wav")), out var wav, out _));
        Assert.InRange(wav.Samples.Count, 15_000, 17_000);
        Assert.InRange(Media.Sounds.Goertzel.Amplitude(wav.Samples.Skip(8_000).Take(160).ToArray(), 440).Magnitude, 3_000, 20_000);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Guests_are_let_in_without_a_name()
    {
        Listen(new ListenOptions(), guest: true);
        var outcome = Place(new CallOrder { Extension = "anything", DurationMs = 1_000 }, user: "", secret: null);
        Assert.Equal(CallResult.Completed, outcome.Result);
    }

    [Fact]
    public void Load_keeps_its_rate_and_its_limit_and_adds_up()
    {
        Listen(new ListenOptions { MaxCalls = 30 });
        var figures = Load(new LoadOptions { Rate = 50, Calls = 200, Concurrent = 40, Call = new CallOrder { Extension = "600", DurationMs = 1_000, Say = Spoken.Tone(1000) } });
        Assert.Equal(200, figures.Placed);
        Assert.Equal(200, figures.Completed + figures.Failed);
        Assert.InRange(figures.Failed, 1, 199);
        Assert.Equal(figures.Failed, figures.Failures.Values.Sum());
        Assert.All(figures.Failures.Keys, why => Assert.StartsWith("refused, cause 42", why));
        Assert.InRange(figures.Seconds, 4, 7);
        Assert.True(figures.SetupMs.P50 <= figures.SetupMs.P95 && figures.SetupMs.P95 <= figures.SetupMs.P99 && figures.SetupMs.P99 <= figures.SetupMs.Max);
    }

    [Fact]
    public void Trunked_load_takes_fewer_datagrams()
    {
        Listen(new ListenOptions());
        var order = new LoadOptions { Rate = 100, Calls = 30, Call = new CallOrder { Extension = "600", DurationMs = 5_000, Say = Spoken.Tone(1000) } };
        var minis = Load(order);
        var trunked = Load(order, trunk: true);
        Assert.Equal((30, 30), (minis.Completed, trunked.Completed));
        Assert.InRange(trunked.VoiceLost, 0, trunked.VoiceReceived / 50);
        long trunkDatagrams = farEndpoint!.Counters.TrunksReceived;
        Assert.InRange(trunkDatagrams, 1, minis.VoiceSent / 4);
    }

    public void Dispose() => world.Dispose();

    private void Listen(ListenOptions options, bool guest = false)
    {
        var listener = new Listener(far, options, events.Add);
        farEndpoint = far.Invoke(() => new IaxEndpoint(far, NetAddress.Parse("10.0.0.1:4569"), listener, null, listener));
        far.Invoke(() => farEndpoint.AddPeer(guest ? new PeerOptions { Name = "anybody", IsGuest = true } : new PeerOptions { Name = "tester", Secret = "s" }));
    }

    private Peer Server(string user, string? secret, bool trunk = false) => near.Invoke(() =>
    {
        endpoint.RemovePeer("server");
        return endpoint.AddPeer(new PeerOptions { Name = "server", OurUsername = user, Secret = secret, Address = NetAddress.Parse("10.0.0.1:4569"), Trunk = trunk ? new TrunkOptions() : null });
    });

    private CallOutcome Place(CallOrder order, string user = "tester", string? secret = "s")
    {
        var peer = Server(user, secret);
        CallOutcome? outcome = null;
        near.Invoke(() => { TestCall.Place(endpoint, peer, order, (_, o) => outcome = o); });
        Assert.True(world.RunUntil(() => outcome is not null, TimeSpan.FromMinutes(5)));
        world.RunFor(TimeSpan.FromSeconds(1));
        Assert.Empty(world.Faults);
        return outcome!;
    }

    private LoadFigures Load(LoadOptions options, bool trunk = false)
    {
        var peer = Server("tester", "s", trunk);
        LoadRun? run = null;
        var done = LoopWork.Run(near, () => (run = new LoadRun(endpoint, peer, options)).RunAsync());
        Assert.True(world.RunUntil(() => done.IsCompleted, TimeSpan.FromMinutes(5)));
        Assert.Empty(world.Faults);
        return run!.Figures();
    }

    private sealed class Nobody : IIaxCore
    {
        public void OnCall(IncomingIaxCall call) => call.Hangup(CauseCode.CallRejected);
    }
}
