namespace Mesh.Sip.Transactions;

/// <summary>The timers of RFC 3261 table 4 and RFC 6026, all in milliseconds, all derived from T1, T2 and T4. Over a reliable transport nothing is retransmitted and nothing lingers for retransmissions.</summary>
public sealed record TimerSettings
{
    public static readonly TimerSettings Default = new();

    /// <summary>Estimate of the round-trip time.</summary>
    public int T1 { get; init; } = 500;

    /// <summary>Longest interval between retransmissions of a non-INVITE request or an INVITE response.</summary>
    public int T2 { get; init; } = 4_000;

    /// <summary>Longest time a message stays in the network.</summary>
    public int T4 { get; init; } = 5_000;

    /// <summary>How long a client waits after a provisional response before it gives the INVITE up (16.6 step 11: more than three minutes).</summary>
    public int C { get; init; } = 181_000;

    public int B => 64 * T1;

    public int F => 64 * T1;

    public int H => 64 * T1;

    public int L => 64 * T1;

    public int M => 64 * T1;

    /// <summary>How long the responses to a failed INVITE are absorbed: at least 32 s for unreliable transports.</summary>
    public int D(bool reliable) => reliable ? 0 : 64 * T1;

    public int I(bool reliable) => reliable ? 0 : T4;

    public int J(bool reliable) => reliable ? 0 : 64 * T1;

    public int K(bool reliable) => reliable ? 0 : T4;

    /// <summary>The interval that follows <paramref name="interval"/> for timers E and G and for 2xx retransmission: doubled, at most T2.</summary>
    public int BackOff(int interval) => Math.Min(interval * 2, T2);
}
