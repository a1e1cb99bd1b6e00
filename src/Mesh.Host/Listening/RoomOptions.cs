namespace Mesh.Host.Listening;

/// <summary>The connections of one listener.</summary>
/// <param name="Name">In metrics: <c>sorry-http</c>.</param>
/// <param name="Connections">At once. When there are as many, the one that has been slow for longest makes room.</param>
/// <param name="PerSource">At once from one source (an IPv4 address or an IPv6 /64).</param>
public sealed record RoomOptions(string Name, int Connections, int PerSource)
{
    /// <summary>From one piece of work (a request, a line) to the end of the next; null where the protocol's server sees to it.</summary>
    public TimeSpan? StepTime { get; init; }

    /// <summary>From the first octet to the last; null: none.</summary>
    public TimeSpan? WholeTime { get; init; }

    /// <summary>Sent to one that is refused for its source, before it is closed.</summary>
    public ReadOnlyMemory<byte> Refusal { get; init; }

    /// <summary>Told of each.</summary>
    public Action OnRefused { get; init; } = static () => { };

    /// <summary>Octets of requests and of replies held for one connection.</summary>
    public int BufferOctets { get; init; } = 16 * 1024;
}
