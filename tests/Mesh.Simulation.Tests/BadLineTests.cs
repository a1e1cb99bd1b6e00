using Mesh.Host.Demo.Phones;
using Mesh.Iax2;
using Mesh.Iax2.Calls;
using Mesh.Iax2.Peers;
using Mesh.Iax2.Wire;
using Mesh.Io;
using Mesh.Media;
using Mesh.Media.Sounds;
using Mesh.Scenarios;

namespace Mesh.Simulation.Tests;

/// <summary>An IAX2 device whose voice comes in bursts calls a SIP phone: with <c>jitter_buffer: on</c> the phone hears an even stream, and keys come through at once either way.</summary>
public sealed class BadLineTests
{
    private const string Net = "127.56.1";
    private const double DeviceHz = 1000;
    private const int FramesInBurst = 6;

    [Fact]
    public Task With_a_jitter_buffer_the_phone_hears_an_even_stream() => PlayAsync(", jitter_buffer: on", (desk, digitAfterMs) =>
    {
        Assert.InRange(desk.Audio!.Ear.TakeLongestPauseMs(), 19, 22);
        Assert.Equal(0, desk.Audio.Ear.Tone.Gaps);
        // The voice waits for the slowest of a burst, a hundred milliseconds; the key does not.
        Assert.InRange(digitAfterMs, 0, 60);
    });

    [Fact]
    public Task Without_one_it_hears_what_comes() => PlayAsync("", (desk, digitAfterMs) =>
    {
        Assert.InRange(desk.Audio!.Ear.TakeLongestPauseMs(), FramesInBurst * 20 - 20, FramesInBurst * 20 + 2);
        Assert.InRange(digitAfterMs, 0, 60);
    });

    private static async Task PlayAsync(string more, Action<PhoneCall, long> check)
    {
        var world = new VirtualWorld(1);
        var plan = new TestPlan(["desk"], """Extension("302", call => call.Dial(Sip("desk")));""") { IaxAccounts = ["field"], IaxMore = more, RtpPorts = "20000-20199" };
        using var mesh = new MeshOfSites(world, plan, Net);
        var loop = world.CreateLoop("phones");
        using var desk = new SoftPhone(loop, new SoftPhoneOptions("desk", NetAddress.Parse($"{Net}.20:5060")) { Secret = TestPlan.Secret, Codecs = [AudioCodec.Pcma], HearsHz = DeviceHz }) { Behaviour = PhoneBehaviour.Answers(200) };
        using var device = new Device(world.CreateLoop("device"), NetAddress.Parse($"{Net}.30:4569"), mesh["london"].Iax.Local);
        using (world)
        {
            await world.PlayAsync(async () =>
            {
                await LoopWait.Ask(loop, () => desk.Register(mesh.Sip("london")));
                Assert.True(await LoopWait.Until(loop, 10_000, () => desk.IsRegisteredEverywhere), "the desk could not register");
                var call = await LoopWait.Ask(device.Loop, () => device.Call("302"));
                Assert.True(await LoopWait.Until(device.Loop, 5_000, () => call.IsUp), "no call");
                await LoopWait.Ask(device.Loop, () => device.Talk(call));
                // Until the buffer knows the line.
                await LoopWait.For(loop, 12_000);
                var answered = Assert.Single(desk.Rung);
                await LoopWait.Ask(loop, () => answered.Audio!.Ear.TakeLongestPauseMs());
                await LoopWait.For(loop, 5_000);
                long pressed = await LoopWait.Ask(device.Loop, () => device.Press(call, '7'));
                Assert.True(await LoopWait.Until(loop, 2_000, () => answered.Audio!.Ear.Digits == "7"), "the key was not heard");
                long heard = await LoopWait.Ask(loop, () => loop.Clock.NowMs);
                await LoopWait.Ask(loop, () => { check(answered, heard - pressed); return true; });
                await LoopWait.Ask(device.Loop, () => { call.Hangup(CauseCode.NormalClearing); return true; });
                Assert.True(await LoopWait.Until(loop, 3_000, () => answered.IsOver), "the desk was not told of the end");
                Assert.True(await mesh.IsAllGivenBackAsync(20_000), mesh.Left());
            }, TimeSpan.FromMinutes(2));
        }
    }

    /// <summary>A device of the field: keeps what it has to say for 120 ms, then says it all.</summary>
    private sealed class Device : IIaxCore, IIaxCallHandler, IDeadlineOwner, IDisposable
    {
        private readonly IaxEndpoint endpoint;
        private readonly ISoundSource voice = PhoneAudio.VoiceOf(DeviceHz).PlayEndless();
        private readonly byte[] buffer = new byte[Datagram.Headroom + AudioCodecs.FrameOctets];
        private readonly Deadline burst;
        private IaxCall? talking;
        private uint said;

        public Device(Loop loop, NetAddress address, NetAddress site)
        {
            Loop = loop;
            burst = new Deadline(this);
            endpoint = new IaxEndpoint(loop, address, this);
            endpoint.AddPeer(new PeerOptions { Name = "london", OurUsername = "field", Secret = TestPlan.Secret, Address = site });
        }

        public Loop Loop { get; }

        public OutgoingIaxCall Call(string number)
        {
            Assert.True(endpoint.TryPlace("london", new NewCallOptions { CalledNumber = number, Formats = [VoiceFormat.Alaw] }, this, out var call, out var refusal), refusal.ToString());
            return call;
        }

        public bool Talk(IaxCall call)
        {
            talking = call;
            OnDeadline(burst);
            return true;
        }

        public long Press(IaxCall call, char digit)
        {
            call.SendDigit(digit, false);
            call.SendDigit(digit, true);
            return Loop.Clock.NowMs;
        }

        public void OnDeadline(Deadline deadline)
        {
            for (int i = 0; i < FramesInBurst; i++)
            {
                voice.Read(AudioCodec.Pcma, buffer.AsSpan(Datagram.Headroom));
                talking!.SendVoice(VoiceFormat.Alaw, said++ * 20, buffer, Datagram.Headroom, AudioCodecs.FrameOctets);
            }
            Loop.Deadlines.Arm(burst, FramesInBurst * 20);
        }

        public void OnCall(IncomingIaxCall call) => call.Hangup(CauseCode.UserBusy);

        public void OnHangup(IaxCall call, CauseCode cause, string text) { }

        public void Dispose() => endpoint.Dispose();
    }
}
