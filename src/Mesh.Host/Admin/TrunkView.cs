namespace Mesh.Host.Admin;

/// <summary>A carrier, as <c>/api/trunks</c> shows it.</summary>
/// <param name="To">Where our calls go; empty when it only brings calls.</param>
/// <param name="Calls">At this site now, both ways.</param>
/// <param name="MaxCalls">At one site at once; null for no limit.</param>
public sealed record TrunkView(string Name, string To, int Calls, int? MaxCalls, IReadOnlyList<TrunkNumberView> Numbers);

/// <summary>One of our numbers on it.</summary>
/// <param name="Sites">Which site should take it, best first; none: any.</param>
public sealed record TrunkNumberView(string Number, IReadOnlyList<string> Sites);
