namespace Mesh.Host.Sorry.Acme;

/// <summary>How a host that certificates are ordered for stands.</summary>
/// <param name="Until">When the one that was ordered ends; null: there is none yet.</param>
/// <param name="Due">When another is ordered, if it is the site's turn.</param>
/// <param name="Failure">Null: the last order was filled, or there was none.</param>
public sealed record AcmeStanding(string Host, DateTimeOffset? Until, DateTimeOffset Due, AcmeFailure? Failure);
