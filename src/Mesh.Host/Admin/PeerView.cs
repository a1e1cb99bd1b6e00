namespace Mesh.Host.Admin;

/// <summary>Another site or IAX2 system, as <c>/api/peers</c> shows it.</summary>
/// <param name="Kind">site, peer or trunk.</param>
/// <param name="Address">Where it is reached.</param>
/// <param name="State">up, down or unknown.</param>
/// <param name="RoundTripMs">Of the last qualification that was answered; null before one.</param>
/// <param name="Calls">Legs to and from it now.</param>
public sealed record PeerView(string Name, string Kind, string Address, string State, double? RoundTripMs, int Calls)
{
    /// <summary>Of the last probes; null before one was answered or lost.</summary>
    public double? LossPercent { get; init; }

    /// <summary>Of the calls, those whose voice shares datagrams.</summary>
    public int TrunkedCalls { get; init; }
}
