using Mesh.Host.Demo.Phones;
using Mesh.Iax2.Peers;
using Mesh.Io;
using Mesh.Scenarios;

namespace Mesh.Simulation.Tests;

/// <summary>A site is killed and a call comes at once, before anybody knows: the dead site delays nobody.</summary>
public sealed class DeadSiteTests
{
    private const string Net = "127.37.0";

    private static readonly TestPlan Plan = new(["desk"], """
        Extension("301", async call => { await call.Dial(Person("301"), ringFor: 20.Seconds); });
        Inbound("+442079460301", call => call.Goto("301"));
        """)
    { People = new Dictionary<string, string[]> { ["301"] = ["desk"] }, Numbers = ["+442079460301"], RtpPorts = "20000-20199" };

    /// <summary>Manchester asks London first for the phone it does not know; London cannot answer, so the next sites are asked.</summary>
    [Theory]
    [InlineData(1ul)]
    [InlineData(2ul)]
    public Task A_phone_at_another_site_rings_soon(ulong seed) => PlayAsync(seed, "offsite", PhoneBehaviour.Answers(500), (desk, call) =>
    {
        Assert.True(call.IsAnswered, $"not answered: {call.FailedWith}");
        Assert.InRange(Assert.Single(desk.Rung).BeganMs - call.BeganMs, 0, 500);
    });

    /// <summary>The one phone is busy here; the leg to London must not keep the caller from hearing so.</summary>
    [Fact]
    public Task Busy_is_heard_as_soon_as_the_site_is_known_to_be_dead() => PlayAsync(1, "manchester", PhoneBehaviour.IsBusy, (_, call) =>
    {
        Assert.Equal(486, call.FailedWith);
        Assert.InRange(call.EndedMs - call.BeganMs, 0, 700);
    });

    private static async Task PlayAsync(ulong seed, string registeredAt, PhoneBehaviour behaviour, Action<SoftPhone, PhoneCallOut> check)
    {
        var world = new VirtualWorld(seed);
        using var mesh = new MeshOfSites(world, Plan, Net);
        var loop = world.CreateLoop("phones");
        using var carrier = new SoftPhone(loop, new SoftPhoneOptions("carrier", NetAddress.Parse($"{Net}.9:5060")));
        using var desk = new SoftPhone(loop, new SoftPhoneOptions("desk", NetAddress.Parse($"{Net}.20:5060")) { Secret = TestPlan.Secret }) { Behaviour = behaviour };
        using (world)
        {
            await world.PlayAsync(async () =>
            {
                await LoopWait.Ask(loop, () => desk.Register(mesh.Sip(registeredAt)));
                var manchester = mesh["manchester"];
                Assert.True(await LoopWait.Until(manchester.Signalling, 10_000, () => manchester.Iax.Peers.All.All(p => p.State == PeerState.Alive)), "Manchester does not see the others");
                Assert.True(await LoopWait.Until(loop, 10_000, () => desk.IsRegisteredEverywhere), "the desk could not register");

                world.Kill(mesh.Sip("london"));
                var call = await LoopWait.Ask(loop, () => carrier.Call("+442079460301", mesh.Sip("manchester")));
                await LoopWait.Until(loop, 15_000, () => call.IsAnswered || call.IsOver);
                check(desk, call);
                await LoopWait.Ask(loop, () => { call.HangUp(); return true; });
            }, TimeSpan.FromMinutes(1));
        }
    }
}
