namespace Mesh.Dialplan.Language;

/// <summary>True if somebody answered; else <see cref="Status"/> is the best of all branches.</summary>
public sealed record DialResult(DialStatus Status, Mesh.Dialplan.Calls.HangupCause Cause)
{
    /// <summary>Who answered, in the dialplan's spelling; empty if nobody.</summary>
    public string AnsweredBy { get; init; } = "";

    public static implicit operator bool(DialResult result) => result.Status == DialStatus.Answered;
}
