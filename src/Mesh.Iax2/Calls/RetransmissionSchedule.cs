namespace Mesh.Iax2.Calls;

/// <summary>
/// When an unacknowledged frame is sent again (RFC 5456 section 7): first after twice the round trip, then in growing steps. Milliseconds.
/// </summary>
public sealed record RetransmissionSchedule
{
    /// <summary>The shortest first wait.</summary>
    public int ShortestMs { get; init; } = 100;

    /// <summary>The longest first wait, however long the round trip.</summary>
    public int LongestFirstMs { get; init; } = 10_000;

    /// <summary>The longest wait doubling leads to.</summary>
    public int LongestMs { get; init; } = 10_000;

    /// <summary>Each wait in percent of the one before.</summary>
    public int GrowthPercent { get; init; } = 200;

    /// <summary>A frame is given up only after this many transmissions ...</summary>
    public int LeastTransmissions { get; init; } = 4;

    /// <summary>... and not before it waited this long, or ...</summary>
    public int GiveUpAfterMs { get; init; } = 20_000;

    /// <summary>... was sent this often.</summary>
    public int MostTransmissions { get; init; } = 10;

    /// <summary>The round trip taken for a peer that was never measured.</summary>
    public int UnmeasuredRoundTripMs { get; init; } = 1_000;

    public static readonly RetransmissionSchedule Default = new();

    /// <summary>
    /// Between our own sites, whose round trip is measured all the time and where a frame that comes twice harms nothing: soon and often, so that a call over a path that loses
    /// a fifth of its datagrams is still set up within a second or two; given up no earlier.
    /// </summary>
    public static readonly RetransmissionSchedule Site = new() { ShortestMs = 50, LongestMs = 400, GrowthPercent = 150, MostTransmissions = 60, UnmeasuredRoundTripMs = 100 };

    /// <summary>The first wait; a negative round trip is not known.</summary>
    public int First(int roundTripMs) => Math.Clamp(2 * (roundTripMs < 0 ? UnmeasuredRoundTripMs : roundTripMs), ShortestMs, LongestFirstMs);

    /// <summary>Growing, up to the longest wait; never shorter than before, which a long round trip asked for.</summary>
    public int Next(int waitedMs) => Math.Max(waitedMs, Math.Min(waitedMs * GrowthPercent / 100, LongestMs));

    public bool IsExhausted(int transmissions, long sinceFirstMs) =>
        transmissions >= MostTransmissions || (transmissions >= LeastTransmissions && sinceFirstMs >= GiveUpAfterMs);
}
