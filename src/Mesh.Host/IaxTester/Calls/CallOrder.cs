using Mesh.Iax2.Wire;

namespace Mesh.Host.IaxTester.Calls;

/// <summary>What one test call is to do.</summary>
public sealed record CallOrder
{
    public required string Extension { get; init; }

    public string? CallerNumber { get; init; }

    public string? CallerName { get; init; }

    public string? Context { get; init; }

    /// <summary>Offered, best first; empty takes the peer's.</summary>
    public IReadOnlyList<VoiceFormat> Formats { get; init; } = [];

    public IReadOnlyList<IaxVariable> Variables { get; init; } = [];

    public Spoken Say { get; init; } = Spoken.Nothing;

    /// <summary>A tone to listen for, hertz; 0 for none.</summary>
    public int MeasureHz { get; init; }

    /// <summary>From ANSWER to our HANGUP, milliseconds.</summary>
    public int DurationMs { get; init; } = 5_000;

    /// <summary>From NEW to ANSWER at most, milliseconds.</summary>
    public int AnswerWithinMs { get; init; } = 30_000;

    /// <summary>Pressed one after another once the call is answered.</summary>
    public string Digits { get; init; } = "";

    public string? Text { get; init; }
}
