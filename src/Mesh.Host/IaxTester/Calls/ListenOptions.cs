using Mesh.Iax2.Wire;

namespace Mesh.Host.IaxTester.Calls;

/// <summary>What <see cref="Listener"/> does with calls.</summary>
public sealed record ListenOptions
{
    /// <summary>From NEW to ANSWER, milliseconds; it rings meanwhile.</summary>
    public int AnswerAfterMs { get; init; }

    /// <summary>From ANSWER to our HANGUP, milliseconds; 0 leaves the end to the caller.</summary>
    public int HangupAfterMs { get; init; }

    /// <summary>Refuse every call with this cause.</summary>
    public CauseCode? Reject { get; init; }

    /// <summary>Say CONTROL BUSY, then hang up with cause 17.</summary>
    public bool IsBusy { get; init; }

    /// <summary>Ring and never answer.</summary>
    public bool NeverAnswers { get; init; }

    public Spoken Say { get; init; } = Spoken.Echo;

    /// <summary>Numbers that exist; empty: every number does. A call to another ends with cause 1.</summary>
    public IReadOnlyCollection<string> Extensions { get; init; } = [];

    /// <summary>Calls at once; one more is refused with cause 42.</summary>
    public int MaxCalls { get; init; } = 1_000;

    /// <summary>A folder for one WAV file a call; null records nothing.</summary>
    public string? RecordFolder { get; init; }
}
