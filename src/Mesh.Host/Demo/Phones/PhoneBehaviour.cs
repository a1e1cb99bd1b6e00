namespace Mesh.Host.Demo.Phones;

/// <summary>What a phone does when it is called.</summary>
public sealed record PhoneBehaviour
{
    /// <summary>Rings until the caller gives up.</summary>
    public static readonly PhoneBehaviour Rings = new();

    public static readonly PhoneBehaviour IsBusy = new() { Busy = true };

    public bool Busy { get; private init; }

    /// <summary>Milliseconds from ringing to the answer; null never answers.</summary>
    public int? AnswerAfterMs { get; private init; }

    public static PhoneBehaviour Answers(int afterMs) => new() { AnswerAfterMs = afterMs };
}
