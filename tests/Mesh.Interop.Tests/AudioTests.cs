using Mesh.Host.Demo.Phones;
using Mesh.Media;
using Mesh.Media.Sdp;

namespace Mesh.Interop.Tests;

/// <summary>Real audio over real loopback, through sites that run as processes.</summary>
[Collection(Alone.Name)]
public sealed class AudioTests(AudioSites rig) : IClassFixture<AudioSites>
{
    /// <summary>A tone as received may be off by this much.</summary>
    private const double Hertz = 1;

    /// <summary>How much of each tone is listened to.</summary>
    private const int ListenMs = 1500;

    public static TheoryData<string, AudioCodec, AudioCodec> Laws => new()
    {
        { "301", AudioCodec.Pcma, AudioCodec.Pcma },
        { "302", AudioCodec.Pcma, AudioCodec.Pcmu },
        { "303", AudioCodec.Pcmu, AudioCodec.Pcma },
    };

    [Theory]
    [MemberData(nameof(Laws))]
    public Task A_tone_each_way_at_one_site(string number, AudioCodec callers, AudioCodec calleds) => ToneEachWayAsync(number, callers, calleds, "london", "london");

    [Theory]
    [MemberData(nameof(Laws))]
    public Task A_tone_each_way_across_two_sites(string number, AudioCodec callers, AudioCodec calleds) => ToneEachWayAsync(number, callers, calleds, "london", "office");

    [Theory]
    [InlineData("london")]
    [InlineData("offsite")]
    public async Task Digits_cross_both_ways(string calledAt)
    {
        var (caller, called, call, answered) = await TalkAsync("304", AudioCodec.Pcma, AudioCodec.Pcma, "london", calledAt);
        foreach (char digit in "159*0#") await LoopWait.Ask(rig.Loop, () => { call.Audio!.Press(digit); return true; });
        foreach (char digit in "2468") await LoopWait.Ask(rig.Loop, () => { answered.Audio!.Press(digit); return true; });
        await LoopWait.Until(rig.Loop, 5000, () => answered.Audio!.Ear.Digits.Length >= 6 && call.Audio!.Ear.Digits.Length >= 4);
        Assert.Equal("159*0#", answered.Audio!.Ear.Digits);
        Assert.Equal("2468", call.Audio!.Ear.Digits);
        await EndAsync(caller, called, call, answered);
    }

    [Fact]
    public async Task Ringback_is_heard_without_a_break_while_legs_fail()
    {
        var caller = await rig.PhoneAsync("carrier", [AudioCodec.Pcma]);
        var called = await rig.PhoneAsync("d305", [AudioCodec.Pcma], "london");
        called.Behaviour = PhoneBehaviour.Answers(6500);
        var call = await LoopWait.Ask(rig.Loop, () => caller.Call("+442079460305", rig.Sip("london")));
        Assert.True(await LoopWait.Until(rig.Loop, 15_000, () => call.IsAnswered || call.IsOver) && call.IsAnswered, $"{call.FailedWith}\n{rig.Sites.Logs()}");
        var ear = call.Audio!.Ear;
        Assert.NotNull(call.InviteToRingbackMs);
        Assert.InRange(call.InviteToRingbackMs.Value, 0, 1500);
        // 0.4 on, 0.2 off, 0.4 on, 2.0 off: in six seconds four bursts and the pauses between them, and every packet follows the one before.
        Assert.InRange(ear.Ringback.Gaps, 3, 5);
        Assert.InRange(ear.Ringback.LongestGapMs, 1960, 2040);
        Assert.InRange(ear.Ringback.FrequencyHz, 400 - Hertz, 400 + Hertz);
        Assert.Equal(0, ear.Ringback.Discontinuities);
        await EndAsync(caller, called, call, Assert.Single(called.Rung));
    }

    [Fact]
    public async Task Hold_and_resume_keep_the_call()
    {
        var (caller, called, call, answered) = await TalkAsync("306", AudioCodec.Pcma, AudioCodec.Pcmu, "london", "manchester");
        Assert.True(await LoopWait.Ask(rig.Loop, () => call.TryChange(AudioDirection.Inactive)));
        Assert.True(await LoopWait.Until(rig.Loop, 3000, () => call.ChangeAnsweredWith == 200), $"hold: {call.ChangeAnsweredWith}");
        await LoopWait.For(rig.Loop, 300);
        long held = call.Audio!.Port.Counters.PacketsReceived;
        await LoopWait.For(rig.Loop, 500);
        Assert.InRange(call.Audio.Port.Counters.PacketsReceived - held, 0, 1);

        Assert.True(await LoopWait.Ask(rig.Loop, () => call.TryChange(AudioDirection.SendReceive)));
        Assert.True(await LoopWait.Until(rig.Loop, 3000, () => call.ChangeAnsweredWith == 200), $"resume: {call.ChangeAnsweredWith}");
        long callerHad = call.Audio.Ear.Tone.HeardMs, calledHad = answered.Audio!.Ear.Tone.HeardMs;
        Assert.True(await LoopWait.Until(rig.Loop, 5000, () => call.Audio.Ear.Tone.HeardMs >= callerHad + 500 && answered.Audio.Ear.Tone.HeardMs >= calledHad + 500), "after the hold no audio came back");
        Assert.False(call.IsOver || answered.IsOver);
        await EndAsync(caller, called, call, answered);
    }

    private async Task ToneEachWayAsync(string number, AudioCodec callers, AudioCodec calleds, string callsAt, string calledAt)
    {
        var (caller, called, call, answered) = await TalkAsync(number, callers, calleds, callsAt, calledAt);
        Assert.Equal(callers, call.Audio!.Codec);
        Assert.Equal(calleds, answered.Audio!.Codec);
        Check(call, AudioSites.CalledHz);
        Check(answered, AudioSites.CallerHz);
        await EndAsync(caller, called, call, answered);
    }

    private static void Check(PhoneCall side, double hertz)
    {
        var tone = side.Audio!.Ear.Tone;
        Assert.InRange(tone.FrequencyHz, hertz - Hertz, hertz + Hertz);
        // A-law to u-law and back leaves the level as it was, to within a decibel.
        Assert.InRange(tone.LevelDbm0, -11, -9);
        Assert.True(tone.Gaps == 0 && tone.Discontinuities <= 1, $"{side.Phone.Options.Account} heard {tone.Gaps} gaps, the longest {tone.LongestGapMs} ms, {tone.Discontinuities} discontinuities in {tone.Packets} packets");
        Assert.InRange(side.AnswerToAudioMs ?? -1, 0, 1000);
    }

    /// <summary>A call from one phone to another, up until both have heard <see cref="ListenMs"/> of tone.</summary>
    private async Task<(SoftPhone Caller, SoftPhone Called, PhoneCallOut Call, PhoneCallIn Answered)> TalkAsync(string number, AudioCodec callers, AudioCodec calleds, string callsAt, string calledAt)
    {
        var caller = await rig.PhoneAsync("c" + number, [callers], callsAt);
        var called = await rig.PhoneAsync("d" + number, [calleds], calledAt);
        called.Behaviour = PhoneBehaviour.Answers(300);
        var call = await LoopWait.Ask(rig.Loop, () => caller.Call(number, rig.Sip(callsAt)));
        Assert.True(await LoopWait.Until(rig.Loop, 10_000, () => call.IsAnswered || call.IsOver) && call.IsAnswered, $"{call.FailedWith}\n{rig.Sites.Logs()}");
        var answered = called.Rung.Single();
        Assert.True(await LoopWait.Until(rig.Loop, 10_000, () => Heard(call) && Heard(answered)),
            $"the caller heard {call.Audio!.Ear.Tone.HeardMs} ms in {call.Audio.Port.Counters.PacketsReceived} packets, the called {answered.Audio!.Ear.Tone.HeardMs} ms in {answered.Audio.Port.Counters.PacketsReceived}\n{rig.Sites.Logs()}");
        return (caller, called, call, answered);
    }

    private static bool Heard(PhoneCall side) => side.Audio?.Ear.Tone.HeardMs >= ListenMs;

    private async Task EndAsync(SoftPhone caller, SoftPhone called, PhoneCall call, PhoneCall answered)
    {
        await LoopWait.Ask(rig.Loop, () => { call.HangUp(); return true; });
        Assert.True(await LoopWait.Until(rig.Loop, 3000, () => answered.IsOver), "the called phone was not told of the end");
        await LoopWait.Ask(rig.Loop, () => { caller.Leave(); called.Leave(); return true; });
        await LoopWait.Until(rig.Loop, 3000, () => caller.Registrations.Concat(called.Registrations).All(r => !r.IsRegistered));
        await rig.DropAsync(caller, called);
    }
}
