namespace Mesh.Io;

/// <summary>
/// What a bad network does to datagrams, one direction: the links of the simulated wire, an <see cref="ImpairedSocket"/> and an <see cref="ImpairmentRelay"/> all go by it.
/// Each probability is in [0, 1] and drawn for each datagram on its own, by <see cref="ImpairedPath"/>.
/// </summary>
public sealed record Impairment
{
    /// <summary>A clean local network: 100 us one way.</summary>
    public static readonly Impairment None = new();

    /// <summary>Time on the way. Greater than zero, so that two endpoints answering each other cannot stop virtual time; on real sockets less than a millisecond is nothing.</summary>
    public TimeSpan Latency
    {
        get;
        init => field = value >= TimeSpan.FromMicroseconds(1) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "a latency is at least 1 us");
    } = TimeSpan.FromMicroseconds(100);

    /// <summary>Added to the latency, uniform in [0, Jitter). Keeps the order of the link: only <see cref="Reordering"/> changes it.</summary>
    public TimeSpan Jitter { get; init => field = NotNegative(value); }

    /// <summary>Probability that a datagram is lost.</summary>
    public double Loss { get; init => field = Probability(value); }

    /// <summary>
    /// Mean length, in datagrams, of a row of losses (Gilbert 1960: a good and a bad state); the share lost stays <see cref="Loss"/>, which can be at most
    /// <see cref="MostLoss"/> of it. 0: every datagram is lost or not on its own.
    /// </summary>
    public double Burst
    {
        get;
        init => field = value is 0 or (>= 1 and <= 1_000_000) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "a burst is 0 or at least 1 datagram long");
    }

    /// <summary>Probability that a datagram arrives twice.</summary>
    public double Duplication { get; init => field = Probability(value); }

    /// <summary>Probability that a datagram is held back by <see cref="ReorderBy"/>, so that later ones overtake it.</summary>
    public double Reordering { get; init => field = Probability(value); }

    public TimeSpan ReorderBy { get; init => field = NotNegative(value); } = TimeSpan.FromMilliseconds(10);

    /// <summary>Probability that one octet of the payload is another one when it arrives.</summary>
    public double Corruption { get; init => field = Probability(value); }

    /// <summary>Probability that a datagram is followed by a <see cref="ForgedDatagram"/> from the same address.</summary>
    public double Forgery { get; init => field = Probability(value); }

    /// <summary>What the link carries, IP and UDP headers included (28 octets a datagram). 0: everything.</summary>
    public long BitsPerSecond { get; init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "a rate is not negative"); }

    /// <summary>How long a datagram waits for the link at most; one that would wait longer is dropped.</summary>
    public TimeSpan Queue { get; init => field = NotNegative(value); } = TimeSpan.FromMilliseconds(200);

    /// <summary>Nothing passes in this direction.</summary>
    public bool Cut { get; init; }

    /// <summary>The greatest loss rows of <paramref name="burst"/> losses allow, for at least one datagram arrives between two rows.</summary>
    public static double MostLoss(double burst) => burst == 0 ? 1 : burst / (1 + burst);

    private static double Probability(double value) =>
        value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "a probability is in [0, 1]");

    private static TimeSpan NotNegative(TimeSpan value) =>
        value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "a time is not negative");
}
