namespace Mesh.Dialplan.Calls;

/// <summary>One call at one site, when it is over. The same <see cref="OriginId"/> on every site it passed.</summary>
public sealed record CallRecord
{
    public required string OriginId { get; init; }

    /// <summary>This site's own id of the call.</summary>
    public required string CallId { get; init; }

    public required string Site { get; init; }

    public required CallEntry Entry { get; init; }

    /// <summary>The account, trunk, site or peer it came from.</summary>
    public required string From { get; init; }

    public required string CallerNumber { get; init; }

    public required string Called { get; init; }

    /// <summary>How the mesh law took it.</summary>
    public required AdmissionKind Admission { get; init; }

    /// <summary>The hop header it came with, without its MAC; empty for a call that began here.</summary>
    public required string Hop { get; init; }

    public required DateTimeOffset Started { get; init; }

    /// <summary>Null when nobody answered.</summary>
    public required DateTimeOffset? Answered { get; init; }

    public required DateTimeOffset Ended { get; init; }

    public required HangupCause Cause { get; init; }

    /// <summary>
    /// When this site left the call, which went on without it between its two neighbours; null when it stayed to the end. <see cref="Ended"/> is then the same moment, and
    /// <see cref="Cause"/> says nothing of the conversation: the records of the neighbours do.
    /// </summary>
    public DateTimeOffset? Left { get; init; }

    /// <summary>The sorry switch that took the call: a number, a trunk, or <c>*</c>; empty when the plan had it.</summary>
    public string Sorry { get; init; } = "";

    /// <summary>Legs made here, by spelling, in order.</summary>
    public required IReadOnlyList<string> Legs { get; init; }

    /// <summary>Legs that rang, by spelling.</summary>
    public required IReadOnlyList<string> Rang { get; init; }

    /// <summary>Who answered, by spelling; empty if nobody or the script itself.</summary>
    public required string Winner { get; init; }

    /// <summary>Audio packets the caller sent and was sent.</summary>
    public required long PacketsFromCaller { get; init; }

    public required long PacketsToCaller { get; init; }
}
