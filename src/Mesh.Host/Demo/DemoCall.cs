using Mesh.Host.Demo.Phones;
using Mesh.Io;

namespace Mesh.Host.Demo;

/// <summary>One call of the story: the carrier calls a number through a site, one phone answers, tones are heard both ways, the carrier hangs up.</summary>
public sealed class DemoCall(DemoCast cast, NetAddress site, string number, string answerer)
{
    /// <summary>How long the phone that answers rings: long enough to hear ringback.</summary>
    public const int RingsMs = 900;

    /// <summary>How much of each tone is listened to.</summary>
    public const int ListenMs = 1000;

    private const int AnswerLimitMs = 15_000, HearLimitMs = 5_000, EndLimitMs = 3_000;
    private readonly Dictionary<SoftPhone, int> before = [];

    /// <summary>The carrier's side.</summary>
    public PhoneCallOut Caller { get; private set; } = null!;

    public SoftPhone Answerer => cast[answerer];

    /// <summary>The side of the phone that answered; null when none did.</summary>
    public PhoneCallIn? Answered => cast.Phones.SelectMany(RungOf).FirstOrDefault(c => c.IsAnswered);

    public IEnumerable<PhoneCallIn> RungOf(SoftPhone phone) => phone.Calls.Skip(before[phone]).OfType<PhoneCallIn>();

    /// <summary>Plays it to its end.</summary>
    public async Task PlayAsync(Loop loop, CancellationToken cancelled)
    {
        await LoopWait.Ask(loop, Begin);
        await LoopWait.Until(loop, AnswerLimitMs, () => Caller.IsOver || (Caller.IsAnswered && Answered is not null)).WaitAsync(cancelled);
        if (Caller.IsAnswered)
        {
            await LoopWait.Until(loop, HearLimitMs, () => Caller.IsOver || (Heard(Caller) && Answered is { } talking && Heard(talking))).WaitAsync(cancelled);
            await LoopWait.Until(loop, EndLimitMs, () => cast.Phones.SelectMany(RungOf).All(c => c.IsOver || c.IsAnswered)).WaitAsync(cancelled);
        }
        await LoopWait.Ask(loop, End);
        await LoopWait.Until(loop, EndLimitMs, () => cast.Phones.SelectMany(RungOf).All(c => c.IsOver)).WaitAsync(cancelled);
    }

    private static bool Heard(PhoneCall call) => call.Audio?.Ear.Tone.HeardMs >= ListenMs;

    private bool Begin()
    {
        foreach (var phone in cast.Phones)
        {
            before[phone] = phone.Calls.Count;
            phone.Behaviour = phone == Answerer ? PhoneBehaviour.Answers(RingsMs) : PhoneBehaviour.Rings;
        }
        Caller = cast.Carrier.Call(number, site);
        return true;
    }

    private bool End()
    {
        Caller.HangUp();
        return true;
    }
}
