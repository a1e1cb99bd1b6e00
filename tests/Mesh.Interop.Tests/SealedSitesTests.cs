using Mesh.Host.Demo.Phones;
using Mesh.Io;
using Mesh.Media;

namespace Mesh.Interop.Tests;

/// <summary>The inbound call over four real sites whose paths are sealed, with tshark looking on.</summary>
[Collection(Alone.Name)]
public sealed class SealedSitesTests
{
    private const string Net = "127.53.10";
    private const double CarrierHz = 700, DeskHz = 1100;

    private static readonly TestPlan Plan = new(["desk"], """
        Extension("301", async call => { await call.Dial(Person("301"), ringFor: 20.Seconds); });
        Inbound("+442079460301", call => call.Goto("301"));
        """)
    { People = new Dictionary<string, string[]> { ["301"] = ["desk"] }, Numbers = ["+442079460301"], RtpPorts = "20000-20199", Sealed = true };

    [Fact]
    public async Task Audio_is_heard_both_ways_and_no_iax2_is_seen_between_the_sites()
    {
        Referee.Require(Tshark.Path, "tshark");
        await using var sites = new FourSites(Net, Plan);
        using var shark = await Tshark.StartAsync(sites.Folder, Net);
        await sites.StartAsync();
        using var loop = DatagramLoops.Create("phones", new MeshClock(TimeProvider.System), new CryptoChance());
        loop.Start();
        var (carrier, desk) = await LoopWait.Ask(loop, () => (
            new SoftPhone(loop, new SoftPhoneOptions("carrier", NetAddress.Parse($"{sites.Carrier}:5060")) { Codecs = [AudioCodec.Pcma], SaysHz = CarrierHz, HearsHz = DeskHz }),
            new SoftPhone(loop, new SoftPhoneOptions("desk", NetAddress.Parse($"{Net}.20:5060")) { Secret = TestPlan.Secret, Codecs = [AudioCodec.Pcma], SaysHz = DeskHz, HearsHz = CarrierHz })));
        desk.Behaviour = PhoneBehaviour.Answers(300);
        await LoopWait.Ask(loop, () => desk.Register(NetAddress.Parse($"{sites.Host("office")}:5060")));
        Assert.True(await LoopWait.Until(loop, 15_000, () => desk.IsRegisteredEverywhere), $"the desk could not register\n{sites.Logs()}");

        var call = await LoopWait.Ask(loop, () => carrier.Call("+442079460301", NetAddress.Parse($"{sites.Host("london")}:5060")));
        Assert.True(await LoopWait.Until(loop, 20_000, () => call.IsAnswered || call.IsOver) && call.IsAnswered, $"not answered: {call.FailedWith}\n{sites.Logs()}");
        var answered = Assert.Single(desk.Rung);
        Assert.True(await LoopWait.Until(loop, 15_000, () => Heard(call) && Heard(answered)), $"a tone was not heard\n{sites.Logs()}");
        await LoopWait.Ask(loop, () => { call.HangUp(); return true; });
        Assert.True(await LoopWait.Until(loop, 5_000, () => answered.IsOver), "the desk was not told of the end");
        await LoopWait.Ask(loop, () => { carrier.Dispose(); desk.Dispose(); return true; });
        await shark.StopAsync();

        var payloads = shark.Rows("udp.port == 4569", "udp.payload").Select(row => row[0]).ToList();
        Assert.True(payloads.Count > 200, $"{payloads.Count} datagrams between sites were seen");
        Assert.All(payloads, payload => Assert.True(payload.StartsWith("000053", StringComparison.Ordinal) || payload.StartsWith("000054", StringComparison.Ordinal), payload));
        // What an IAX2 frame of either kind would have: a call number.
        Assert.Empty(shark.Rows("iax2.src_call || iax2.type || iax2.trunk.metacmd == 1", "frame.number"));
        foreach (string site in FourSites.Names)
        {
            var metrics = await Metrics.ReadAsync(sites, site);
            Assert.Equal(3, metrics["mesh_seal_associated"]);
        }
    }

    private static bool Heard(PhoneCall side) => side.Audio?.Ear.Tone.HeardMs >= 1500;
}
