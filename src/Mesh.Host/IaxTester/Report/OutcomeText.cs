using System.Globalization;
using Mesh.Host.IaxTester.Calls;

namespace Mesh.Host.IaxTester.Report;

/// <summary>The outcome of a call as lines of <c>name  value</c>.</summary>
public static class OutcomeText
{
    public static void Write(TextWriter to, CallOutcome outcome)
    {
        Line(to, "result", outcome.Result switch
        {
            CallResult.Completed => "completed",
            CallResult.Refused => "refused",
            CallResult.NoAnswer => "no answer",
            CallResult.Unreachable => "nothing came back",
            CallResult.Lost => "lost",
            _ => "not placed",
        });
        if (outcome.Cause != 0) Line(to, "cause", $"{(int)outcome.Cause} {outcome.Cause}{(outcome.CauseText.Length > 0 ? $" \"{outcome.CauseText}\"" : "")}{(outcome.EndedByFarEnd ? ", from the far end" : ", ours")}");
        if (outcome.Format.Length > 0) Line(to, "codec", outcome.Format);
        Time(to, "first reply", outcome.FirstReplyMs);
        Time(to, "accept", outcome.AcceptMs);
        Time(to, "ringing", outcome.RingingMs);
        Time(to, "answer", outcome.AnswerMs);
        if (outcome.AnswerMs is null) return;
        Time(to, "duration", outcome.DurationMs);
        if (outcome.RoundTripMs is { } rtt) Time(to, "round trip", rtt);
        Line(to, "voice", Text($"{outcome.VoiceSent} sent, {outcome.VoiceReceived} received, {outcome.VoiceLost} lost ({outcome.LossPercent:0.00} %), {outcome.VoiceLate} late, jitter {outcome.JitterMs:0.0} ms"));
        if (outcome.Tone is { } tone)
            Line(to, "tone", tone.Heard ? Text($"{tone.FrequencyHz:0.0} Hz at {tone.LevelDbm0:0.0} dBm0 for {tone.HeardMs} ms, {tone.Gaps} gaps, the longest {tone.LongestGapMs} ms") : Text($"{tone.SoughtHz} Hz was not heard"));
        if (outcome.DigitsHeard.Length > 0) Line(to, "digits", outcome.DigitsHeard);
        foreach (string text in outcome.TextsHeard) Line(to, "text", text);
    }

    private static void Time(TextWriter to, string name, double? ms)
    {
        if (ms is { } value) Line(to, name, Text($"{value:0.0} ms"));
    }

    private static void Line(TextWriter to, string name, string value) => to.WriteLine($"{name,-12} {value}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
