namespace Mesh.Host.Admin;

/// <summary>A call in progress, as <c>/api/calls</c> shows it.</summary>
/// <param name="Id">The origin id: the same on every site.</param>
/// <param name="Entry">phone, carrier, site or peer.</param>
/// <param name="From">The account, trunk, site or peer it came from.</param>
/// <param name="Caller">The caller's number; empty when withheld or unknown.</param>
/// <param name="State">ringing, answered or ending.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="AnsweredAt">UTC; null before the answer.</param>
public sealed record CallView(
    string Id, string Entry, string From, string Caller, string Called, string State, DateTimeOffset StartedAt, DateTimeOffset? AnsweredAt, IReadOnlyList<LegView> Legs);

/// <summary>One leg of a call.</summary>
/// <param name="To">As in a ladder: <c>SIP/mbloch-desk 127.0.0.1:5062</c>.</param>
/// <param name="State">trying, ringing, early, answered or ended.</param>
public sealed record LegView(string To, string State);
