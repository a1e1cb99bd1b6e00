using Mesh.Host.Demo.Phones;
using Mesh.Iax2.Peers;
using Mesh.Io;
using Mesh.Media;
using Mesh.Scenarios;

namespace Mesh.Simulation.Tests;

/// <summary>The same call twice, by the same lines: on real loops over real loopback, and on the simulated wire in virtual time.</summary>
public sealed class OneCallTests
{
    private const string Net = "127.37.0";
    private const double CarrierHz = 700, DeskHz = 1100;

    /// <summary>IAX2 calls are remembered for ten seconds after their end, so that a lost HANGUP can be repeated.</summary>
    private const int GivenBackMs = 20_000;

    private static readonly TestPlan Plan = new(["desk"], """
        Extension("301", async call => { await call.Dial(Person("301"), ringFor: 20.Seconds); });
        Inbound("+442079460301", call => call.Goto("301"));
        """)
    { People = new Dictionary<string, string[]> { ["301"] = ["desk"] }, Numbers = ["+442079460301"], RtpPorts = "20000-20199" };

    [Fact]
    public Task On_real_loops() => PlayAsync(new RealWorld());

    [Theory]
    [InlineData(1ul)]
    [InlineData(2ul)]
    [InlineData(3ul)]
    public Task In_virtual_time(ulong seed) => PlayAsync(new VirtualWorld(seed));

    private static async Task PlayAsync(CallWorld world)
    {
        using var mesh = new MeshOfSites(world, Plan, Net);
        var loop = world.CreateLoop("phones");
        using var carrier = new SoftPhone(loop, new SoftPhoneOptions("carrier", NetAddress.Parse($"{Net}.9:5060")) { Codecs = [AudioCodec.Pcma], SaysHz = CarrierHz, HearsHz = DeskHz });
        using var desk = new SoftPhone(loop, new SoftPhoneOptions("desk", NetAddress.Parse($"{Net}.20:5060")) { Secret = TestPlan.Secret, Codecs = [AudioCodec.Pcmu], SaysHz = DeskHz, HearsHz = CarrierHz });
        using (world) await world.PlayAsync(() => CallAsync(mesh, carrier, desk), TimeSpan.FromMinutes(2));
        Assert.All(mesh.Journals.Values, journal => { Assert.Empty(journal.Faults); Assert.Empty(journal.ScriptFailures); Assert.Empty(journal.Alarms); });
    }

    /// <summary>The carrier enters at London, the desk is registered at Manchester only.</summary>
    private static async Task CallAsync(MeshOfSites mesh, SoftPhone carrier, SoftPhone desk)
    {
        var loop = carrier.Loop;
        desk.Behaviour = PhoneBehaviour.Answers(1000);
        await LoopWait.Ask(loop, () => desk.Register(mesh.Sip("manchester")));
        Assert.True(await LoopWait.Until(loop, 10_000, () => desk.IsRegisteredEverywhere), "the desk could not register");
        var london = mesh["london"];
        Assert.True(await LoopWait.Until(london.Signalling, 10_000, () => london.Iax.Peers.All.All(p => p.State == PeerState.Alive)), "London does not see the others");

        var call = await LoopWait.Ask(loop, () => carrier.Call("+442079460301", mesh.Sip("london")));
        Assert.True(await LoopWait.Until(loop, 15_000, () => call.IsAnswered || call.IsOver) && call.IsAnswered, $"not answered: {call.FailedWith}");
        var answered = Assert.Single(desk.Rung);
        Assert.True(await LoopWait.Until(loop, 10_000, () => Heard(call) && Heard(answered)), "a tone was not heard");
        Assert.InRange(call.Audio!.Ear.Tone.FrequencyHz, DeskHz - 1, DeskHz + 1);
        Assert.InRange(answered.Audio!.Ear.Tone.FrequencyHz, CarrierHz - 1, CarrierHz + 1);
        Assert.NotNull(call.InviteToRingbackMs);

        await LoopWait.Ask(loop, () => { call.HangUp(); return true; });
        Assert.True(await LoopWait.Until(loop, 3000, () => answered.IsOver), "the desk was not told of the end");
        Assert.True(await mesh.IsAllGivenBackAsync(GivenBackMs), mesh.Left());
        Assert.Equal((3, 1, 0, 0), (mesh["london"].IaxLegs.Total, mesh["manchester"].SipLegs.Total, mesh["office"].SipLegs.Total, mesh["offsite"].SipLegs.Total));
        Assert.Equal((0, 0), (carrier.RtpPortsRented, desk.RtpPortsRented));
    }

    private static bool Heard(PhoneCall side) => side.Audio?.Ear.Tone.HeardMs >= 1000;
}
