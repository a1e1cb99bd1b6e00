namespace Mesh.Iax2.Calls;

/// <summary>
/// When an unacknowledged frame is sent again (RFC 5456 section 7): first after twice the round trip, then doubling. Milliseconds.
/// </summary>
public sealed record RetransmissionSchedule
{
    /// <summary>The shortest first wait.</summary>
    public int ShortestMs { get; init; } = 100;

    /// <summary>The longest wait between two transmissions.</summary>
    public int LongestMs { get; init; } = 10_000;

    /// <summary>A frame is given up only after this many transmissions ...</summary>
    public int LeastTransmissions { get; init; } = 4;

    /// <summary>... and not before it waited this long, or ...</summary>
    public int GiveUpAfterMs { get; init; } = 20_000;

    /// <summary>... was sent this often.</summary>
    public int MostTransmissions { get; init; } = 10;

    /// <summary>The round trip taken for a peer that was never measured.</summary>
    public int UnmeasuredRoundTripMs { get; init; } = 1_000;

    /// <summary>The same for one of our own sites.</summary>
    public int UnmeasuredSiteRoundTripMs { get; init; } = 100;

    public static readonly RetransmissionSchedule Default = new();

    public int First(int roundTripMs) => Math.Clamp(2 * roundTripMs, ShortestMs, LongestMs);

    public int Next(int waitedMs) => Math.Min(2 * waitedMs, LongestMs);

    public bool IsExhausted(int transmissions, long sinceFirstMs) =>
        transmissions >= MostTransmissions || (transmissions >= LeastTransmissions && sinceFirstMs >= GiveUpAfterMs);
}
