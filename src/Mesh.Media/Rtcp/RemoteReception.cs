namespace Mesh.Media.Rtcp;

/// <summary>How the far end says it hears us.</summary>
/// <param name="FractionLost">Of the packets since its last report, 0 to 1.</param>
/// <param name="Lost">Packets since the beginning.</param>
/// <param name="JitterMicros">Interarrival jitter there.</param>
/// <param name="RoundTripMicros">Null until it has answered a report of ours.</param>
/// <param name="ReportedMs">When this was told, on the loop's clock.</param>
public sealed record RemoteReception(double FractionLost, int Lost, long JitterMicros, long? RoundTripMicros, long ReportedMs);
