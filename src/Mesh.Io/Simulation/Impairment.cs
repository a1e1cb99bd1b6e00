namespace Mesh.Io.Simulation;

/// <summary>What a link of the <see cref="SimulatedWire"/> does to datagrams, one direction. Each probability is in [0, 1] and drawn for each datagram on its own.</summary>
public sealed record Impairment
{
    /// <summary>A clean local network: 100 us one way.</summary>
    public static readonly Impairment None = new();

    /// <summary>Time on the way. Greater than zero, so that two endpoints answering each other cannot stop time.</summary>
    public TimeSpan Latency
    {
        get;
        init => field = value >= TimeSpan.FromMicroseconds(1) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "a latency is at least 1 us");
    } = TimeSpan.FromMicroseconds(100);

    /// <summary>Added to the latency, uniform in [0, Jitter). Keeps the order of the link: only <see cref="Reordering"/> changes it.</summary>
    public TimeSpan Jitter
    {
        get;
        init => field = value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "a jitter is not negative");
    }

    /// <summary>Probability that a datagram is lost.</summary>
    public double Loss { get; init => field = Probability(value); }

    /// <summary>Probability that a datagram arrives twice.</summary>
    public double Duplication { get; init => field = Probability(value); }

    /// <summary>Probability that a datagram is held back by <see cref="ReorderBy"/>, so that later ones overtake it.</summary>
    public double Reordering { get; init => field = Probability(value); }

    public TimeSpan ReorderBy { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Probability that one bit of the payload is turned over.</summary>
    public double Corruption { get; init => field = Probability(value); }

    private static double Probability(double value) =>
        value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "a probability is in [0, 1]");
}
