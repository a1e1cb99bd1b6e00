namespace Mesh.Dialplan.Calls;

/// <summary>A live call as it stood a moment ago: one row of <c>mesh calls</c>.</summary>
/// <param name="Legs">Legs alive, as described by their adapters.</param>
/// <param name="BridgedTo">Who answered, else empty.</param>
public sealed record LiveCallRow(
    string CallId, string OriginId, CallEntry Entry, string From, string CallerNumber, string Called, LiveCallState State, IReadOnlyList<string> Legs,
    DateTimeOffset Since, DateTimeOffset? AnsweredAt, string BridgedTo);
