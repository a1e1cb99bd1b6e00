namespace Mesh.Host.Sorry.Copies;

/// <summary>How the copies of a host stand, as <c>/api/sorry/copies</c> shows it.</summary>
/// <param name="RefreshSeconds">0: it is taken once.</param>
/// <param name="Site">Which takes them.</param>
/// <param name="State">waiting, running or idle; elsewhere when another site takes them.</param>
/// <param name="Version">Of the newest; null when there is none.</param>
/// <param name="TakenAt">When that was taken.</param>
/// <param name="Due">When the next is taken; null: never.</param>
/// <param name="TriedAt">When this site last tried, since it started.</param>
/// <param name="Fault">Why that failed; null: it did not.</param>
/// <param name="Left">What was left out then, by reason.</param>
public sealed record CopyView(
    string Host, string Url, long RefreshSeconds, string Site, string State, CopyProgress? Progress, string? Version, DateTimeOffset? TakenAt, int Files, long Octets, DateTimeOffset? Due,
    DateTimeOffset? TriedAt, string? Fault, IReadOnlyDictionary<string, int> Left);
