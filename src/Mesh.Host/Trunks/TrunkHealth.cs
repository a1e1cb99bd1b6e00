using Mesh.Host.Status.Sampling;

namespace Mesh.Host.Trunks;

/// <summary>What is known of a carrier: what it answered and what it did not, our calls and our OPTIONS alike. A carrier that was never heard of is not known, rather than down. Signalling loop only.</summary>
public sealed class TrunkHealth
{
    /// <summary>Unanswered requests in a row that make it down.</summary>
    public const int MissesToDown = 3;

    /// <summary>How long something heard stands, milliseconds: a carrier without calls for longer is not known.</summary>
    public const long StandsMs = 60 * 60 * 1000;

    private long lastMs;
    private int misses;
    private bool wasHeard;

    public int Misses => misses;

    /// <summary>Anything came from it: a response, whatever it says, or a call.</summary>
    public void Heard(long nowMs) => (lastMs, misses, wasHeard) = (nowMs, 0, true);

    /// <summary>A request had no answer at all.</summary>
    public void Missed(long nowMs)
    {
        if (!wasHeard) return;
        lastMs = nowMs;
        misses++;
    }

    public ServiceState State(long nowMs) =>
        !wasHeard || nowMs - lastMs > StandsMs ? ServiceState.Unknown : misses >= MissesToDown ? ServiceState.Down : misses > 0 ? ServiceState.Degraded : ServiceState.Up;
}
