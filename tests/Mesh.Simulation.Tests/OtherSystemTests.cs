using Mesh.Host.Demo.Phones;
using Mesh.Iax2;
using Mesh.Iax2.Calls;
using Mesh.Iax2.Peers;
using Mesh.Iax2.Wire;
using Mesh.Io;
using Mesh.Scenarios;

namespace Mesh.Simulation.Tests;

/// <summary>A site and another IAX2 system: digits dialled one by one, and who calls, both ways.</summary>
public sealed class OtherSystemTests : IIaxCore, IIaxCallHandler
{
    private const string Net = "127.52.0";

    private static readonly TestPlan Plan = new(["desk"], """
        Extension("301", async call => { await call.Dial(Person("301"), ringFor: 20.Seconds); });
        Extension("_30[2-9].", async call => { await call.Dial(Person("301"), ringFor: 20.Seconds); });
        Inbound("+442079460301", async call => { await call.Dial(Iax("oldpbx/77"), ringFor: 20.Seconds); });
        """)
    {
        People = new Dictionary<string, string[]> { ["301"] = ["desk"] }, Numbers = ["+442079460301"], IaxPeers = ["oldpbx"], RtpPorts = "20000-20199",
    };

    private readonly List<IncomingIaxCall> received = [];
    private readonly List<string> events = [];

    [Fact]
    public async Task Digits_one_by_one_are_answered_from_the_plan_and_ring_when_they_are_dialled() => await PlayAsync(async (mesh, desk, carrier, pbx) =>
    {
        OutgoingIaxCall? call = null;
        await LoopWait.Ask(pbx.Loop, () => pbx.TryPlace("london", new NewCallOptions { CalledNumber = NewCallOptions.ToBeDialled, CallingNumber = "2001", Rdnis = "2002" }, this, out call, out var refusal) && refusal == CauseCode.None);
        Assert.True(await LoopWait.Until(pbx.Loop, 5_000, () => call!.State == OutgoingCallState.Linked));
        foreach (string digits in (string[])["3", "30", "301", "302", "3021", "4", "99", "999"])
            await LoopWait.Ask(pbx.Loop, () => call!.QueryNumber(digits));
        Assert.True(await LoopWait.Until(pbx.Loop, 5_000, () => events.Count(line => line.Contains('=')) == 8));
        Assert.Equal(["3=CanExist, MatchMore", "30=CanExist, MatchMore", "301=Exists", "302=CanExist, MatchMore", "3021=Exists, MatchMore", "4=NonExistent", "99=CanExist, MatchMore", "999=Exists"],
            events.Where(line => line.Contains('=')));
        Assert.Empty(desk.Rung);

        await LoopWait.Ask(pbx.Loop, () => call!.Dial("301"));
        Assert.True(await LoopWait.Until(pbx.Loop, 15_000, () => call!.IsUp), string.Join(", ", events));
        Assert.Contains("2001", Assert.Single(desk.Rung).From);
        Assert.Empty(carrier.Calls);
        await LoopWait.Ask(pbx.Loop, () => { call!.Hangup(CauseCode.NormalClearing); return true; });
        Assert.True(await mesh.IsAllGivenBackAsync(20_000), mesh.Left());
    });

    [Fact]
    public async Task The_other_system_is_told_who_calls_and_what_was_dialled_first() => await PlayAsync(async (mesh, desk, carrier, pbx) =>
    {
        var call = await LoopWait.Ask(carrier.Loop, () => carrier.Call("+442079460301", mesh.Sip("london")));
        Assert.True(await LoopWait.Until(pbx.Loop, 15_000, () => received.Count == 1));
        var incoming = received[0];
        Assert.Empty(desk.Rung);
        Assert.Equal(("77", "+442079460301", (string?)null), (incoming.CalledNumber, incoming.Dnid, incoming.Rdnis));
        Assert.Equal((byte)(incoming.CallingNumber is { Length: > 0 } ? 0x00 : 0x43), incoming.CallingPresentation);
        Assert.True(await LoopWait.Until(carrier.Loop, 15_000, () => call.IsAnswered));
        await LoopWait.Ask(pbx.Loop, () => { incoming.Hangup(CauseCode.NormalClearing); return true; });
        Assert.True(await mesh.IsAllGivenBackAsync(20_000), mesh.Left());
    });

    void IIaxCore.OnCall(IncomingIaxCall call)
    {
        received.Add(call);
        call.Handler = this;
        call.Ringing();
        call.Answer();
    }

    void IIaxCallHandler.OnHangup(IaxCall call, CauseCode cause, string text) => events.Add($"hangup {cause}");

    void IIaxCallHandler.OnNumberStatus(IaxCall call, string number, DialplanStatus status, int cacheSeconds) => events.Add($"{number}={status}");

    private async Task PlayAsync(Func<MeshOfSites, SoftPhone, SoftPhone, IaxEndpoint, Task> play)
    {
        var world = new VirtualWorld(1);
        using var mesh = new MeshOfSites(world, Plan, Net);
        var loop = world.CreateLoop("phones");
        using var carrier = new SoftPhone(loop, new SoftPhoneOptions("carrier", NetAddress.Parse($"{Net}.9:5060")));
        using var desk = new SoftPhone(loop, new SoftPhoneOptions("desk", NetAddress.Parse($"{Net}.20:5060")) { Secret = TestPlan.Secret }) { Behaviour = PhoneBehaviour.Answers(500) };
        using var pbx = new IaxEndpoint(world.CreateLoop("oldpbx"), NetAddress.Parse($"{Net}.30:4569"), this);
        pbx.AddPeer(new PeerOptions { Name = "london", TheirUsername = "oldpbx", OurUsername = "oldpbx", Secret = TestPlan.Secret, Address = mesh["london"].Model.Site.Listen.Iax2.Bind });
        using (world) await world.PlayAsync(async () =>
        {
            await LoopWait.Ask(loop, () => desk.Register(mesh.Sip("london")));
            Assert.True(await LoopWait.Until(loop, 10_000, () => desk.IsRegisteredEverywhere), "the desk could not register");
            await play(mesh, desk, carrier, pbx);
        }, TimeSpan.FromMinutes(3));
        Assert.All(mesh.Journals.Values, journal => { Assert.Empty(journal.Faults); Assert.Empty(journal.ScriptFailures); });
    }
}
