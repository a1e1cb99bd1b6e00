using Mesh.Iax2.Wire;

namespace Mesh.Host.IaxTester.Calls;

/// <summary>How a test call went.</summary>
public enum CallResult
{
    /// <summary>Answered, and ended by us when its time was over or by the far end.</summary>
    Completed,
    /// <summary>Refused or ended before the answer.</summary>
    Refused,
    /// <summary>It was not answered in time.</summary>
    NoAnswer,
    /// <summary>Nothing came back at all.</summary>
    Unreachable,
    /// <summary>Answered, then the far end was gone without a word, or forgot the call.</summary>
    Lost,
    /// <summary>Not even begun: a limit of our own.</summary>
    NotPlaced,
}

/// <summary>What became of one test call. Times in milliseconds since NEW; null for what did not happen.</summary>
public sealed record CallOutcome(CallResult Result)
{
    public CauseCode Cause { get; init; }

    public string CauseText { get; init; } = "";

    /// <summary>Who ended it.</summary>
    public bool EndedByFarEnd { get; init; }

    public string Format { get; init; } = "";

    /// <summary>To the first sign of life: a round trip, and what the server needed to answer.</summary>
    public double? FirstReplyMs { get; init; }

    public double? AcceptMs { get; init; }

    public double? RingingMs { get; init; }

    public double? AnswerMs { get; init; }

    public double DurationMs { get; init; }

    /// <summary>The shortest time from a frame of ours to its acknowledgement, or what PING measured; null when neither was.</summary>
    public double? RoundTripMs { get; init; }

    public long VoiceSent { get; init; }

    public long VoiceReceived { get; init; }

    public long VoiceLost { get; init; }

    public long VoiceLate { get; init; }

    public double LossPercent { get; init; }

    public double JitterMs { get; init; }

    public string DigitsHeard { get; init; } = "";

    public IReadOnlyList<string> TextsHeard { get; init; } = [];

    public ToneHeard? Tone { get; init; }

    public int ExitCode => Result switch
    {
        CallResult.Completed when Tone is { Heard: false } => Mesh.Host.Commands.ExitCode.Failed,
        CallResult.Completed => Mesh.Host.Commands.ExitCode.Ok,
        CallResult.Unreachable => Mesh.Host.Commands.ExitCode.NotReachable,
        CallResult.Refused or CallResult.NoAnswer => Mesh.Host.Commands.ExitCode.Refused,
        _ => Mesh.Host.Commands.ExitCode.Failed,
    };
}

/// <summary>What was heard of the tone listened for.</summary>
/// <param name="Heard">For at least half a second.</param>
public sealed record ToneHeard(int SoughtHz, bool Heard, double FrequencyHz, double LevelDbm0, long HeardMs, int Gaps, int LongestGapMs);
