using Mesh.Iax2;
using Mesh.Iax2.Calls;
using Mesh.Iax2.Peers;
using Mesh.Iax2.Wire;
using Mesh.Io;
using Mesh.Media.Sounds;

namespace Mesh.Host.IaxTester.Calls;

/// <summary>One call placed by the tester, from NEW to its outcome. The endpoint's loop only.</summary>
public sealed class TestCall : IIaxCallHandler, IDeadlineOwner
{
    private const int DigitMs = 100, HeardAtLeastMs = 500;

    private readonly Loop loop;
    private readonly CallOrder order;
    private readonly Action<TestCall, CallOutcome> over;
    private readonly Deadline limit, key;
    private readonly List<string> texts = [];
    private readonly long beganMicros;
    private OutgoingIaxCall? call;
    private CallMedia? media;
    private ToneDetector? ear;
    private double? firstReply, accept, ringing, answer;
    private int keysSent;
    private bool isOver;

    private TestCall(Loop loop, CallOrder order, Action<TestCall, CallOutcome> over)
    {
        (this.loop, this.order, this.over) = (loop, order, over);
        limit = new Deadline(this);
        key = new Deadline(this, 1);
        beganMicros = loop.Clock.NowMicros;
    }

    /// <summary>Answered and not over.</summary>
    public bool IsUp => answer is not null && !isOver;

    /// <summary>Told when it is answered, with the milliseconds since NEW.</summary>
    public Action<double>? Answered { get; private init; }

    /// <summary>Places it; <paramref name="over"/> is called once, on the loop, perhaps before this returns.</summary>
    public static TestCall Place(IaxEndpoint endpoint, Peer peer, CallOrder order, Action<TestCall, CallOutcome> over, Action<double>? answered = null)
    {
        var test = new TestCall(endpoint.Loop, order, over) { Answered = answered };
        var options = new NewCallOptions
        {
            CalledNumber = order.Extension, CalledContext = order.Context, CallingNumber = order.CallerNumber, CallingName = order.CallerName,
            Formats = order.Formats, Variables = order.Variables,
        };
        if (endpoint.TryPlace(peer, options, test, out test.call, out var refusal)) endpoint.Loop.Deadlines.Arm(test.limit, order.AnswerWithinMs);
        else test.Finish(new CallOutcome(CallResult.NotPlaced) { Cause = refusal });
        return test;
    }

    /// <summary>Ends it now, as if its time were over.</summary>
    public void End()
    {
        if (isOver || call is null) return;
        var result = answer is not null ? CallResult.Completed : firstReply is null ? CallResult.Unreachable : CallResult.NoAnswer;
        call.Hangup(CauseCode.NormalClearing);
        Finish(Outcome(result, CauseCode.NormalClearing, "", false));
    }

    public void OnAcknowledged(IaxCall placed) => firstReply ??= Elapsed();

    public void OnAccepted(IaxCall placed) => accept = Elapsed();

    public void OnRinging(IaxCall placed) => ringing ??= Elapsed();

    public void OnAnswered(IaxCall placed)
    {
        answer = Elapsed();
        Answered?.Invoke(answer.Value);
        loop.Deadlines.Arm(limit, order.DurationMs);
        media = new CallMedia(loop, placed);
        if (order.MeasureHz > 0) media.Ear.Next.Add(ear = new ToneDetector(order.MeasureHz, loop.Clock));
        media.Say(order.Say);
        if (order.Text is { } text) placed.SendText(text);
        if (order.Digits.Length > 0) loop.Deadlines.Arm(key, DigitMs);
    }

    public void OnDigit(IaxCall placed, char digit, bool isEnd) => media?.Ear.OnDigit(new Mesh.Media.DigitEvent(digit, isEnd, 0));

    public void OnText(IaxCall placed, string text)
    {
        if (texts.Count < 100) texts.Add(text);
    }

    public void OnHangup(IaxCall placed, CauseCode cause, string text)
    {
        if (isOver) return;
        bool isLost = cause is CauseCode.DestinationOutOfOrder or CauseCode.TemporaryFailure && text.Length == 0;
        var result = firstReply is null ? CallResult.Unreachable : answer is null ? CallResult.Refused : isLost ? CallResult.Lost : CallResult.Completed;
        Finish(Outcome(result, cause, text, true));
    }

    public void OnDeadline(Deadline deadline)
    {
        if (deadline == limit) End();
        else PressNext();
    }

    private void PressNext()
    {
        char digit = order.Digits[keysSent / 2];
        call!.SendDigit(digit, isEnd: keysSent % 2 == 1);
        if (++keysSent < 2 * order.Digits.Length) loop.Deadlines.Arm(key, DigitMs);
    }

    private double Elapsed() => (loop.Clock.NowMicros - beganMicros) / 1000.0;

    private CallOutcome Outcome(CallResult result, CauseCode cause, string text, bool byFarEnd)
    {
        var heard = media?.Ear;
        return new CallOutcome(result)
        {
            Cause = cause, CauseText = text, EndedByFarEnd = byFarEnd, Format = call!.Format == VoiceFormat.None ? "" : Raw.Codecs.NameOf(call.Format),
            FirstReplyMs = firstReply, AcceptMs = accept, RingingMs = ringing, AnswerMs = answer, DurationMs = answer is { } at ? Elapsed() - at : 0,
            RoundTripMs = call.RoundTripMs >= 0 ? call.RoundTripMs : null,
            VoiceSent = media?.Sent ?? 0, VoiceReceived = heard?.Packets ?? 0, VoiceLost = heard?.Lost ?? 0, VoiceLate = heard?.Late ?? 0,
            LossPercent = heard?.LossPercent ?? 0, JitterMs = heard?.JitterMs ?? 0, DigitsHeard = heard?.Digits ?? "", TextsHeard = texts,
            Tone = ear is null ? null : new ToneHeard(order.MeasureHz, ear.HeardMs >= HeardAtLeastMs, ear.FrequencyHz, ear.HeardMs == 0 ? 0 : ear.LevelDbm0, ear.HeardMs, ear.Gaps, ear.LongestGapMs),
        };
    }

    private void Finish(CallOutcome outcome)
    {
        isOver = true;
        loop.Deadlines.Disarm(limit);
        loop.Deadlines.Disarm(key);
        media?.Stop();
        over(this, outcome);
    }
}
