using Mesh.Iax2.Wire;

namespace Mesh.Iax2.Trunking;

/// <summary>How the voice of several calls to one peer shares datagrams.</summary>
public sealed record TrunkOptions
{
    /// <summary>The least <see cref="Mtu"/>: one G.711 frame of 20 ms with its headers.</summary>
    public const int LeastMtu = TrunkFrame.HeaderLength + TrunkEntry.TimedHeaderLength + 160;

    /// <summary>The most an unfragmented datagram holds on Ethernet: 1,500 octets without the headers of IPv4 and UDP.</summary>
    public const int MostMtu = 1_472;

    /// <summary>
    /// Each entry carries the stamp of its call, two octets more. Without them all entries of a datagram arrive with one stamp, up to <see cref="IntervalMs"/> wrong, which a
    /// jitter buffer takes for jitter; some old systems know only that form.
    /// </summary>
    public bool WithTimestamps { get; init; } = true;

    /// <summary>Octets of one datagram, the headers of IP and UDP and a seal not counted.</summary>
    public int Mtu
    {
        get;
        init => field = value is >= LeastMtu and <= MostMtu ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"a trunk's MTU is {LeastMtu} to {MostMtu}");
    } = 1_240;

    /// <summary>The longest an entry waits for company, milliseconds. A datagram that is full goes at once.</summary>
    public int IntervalMs { get; init; } = 20;

    /// <summary>
    /// With fewer calls than this, mini frames are sent. One call costs 10 octets more on a trunk (8 + 6 against 4); two cost 20 fewer of 400, for which both would wait up to
    /// <see cref="IntervalMs"/>: not worth it. From three on a datagram in three is saved, and more.
    /// </summary>
    public int LeastCalls { get; init; } = 3;
}
