namespace Mesh.Host.Config.Model;

/// <summary>Certificates ordered by ACME (RFC 8555); the authority's terms are agreed to.</summary>
/// <param name="Directory">The authority's, https.</param>
/// <param name="Contact">Mail addresses that the authority may write to; may be empty.</param>
/// <param name="Hosts">For which certificates are ordered, and no others.</param>
/// <param name="CaFile">Absolute: whom to trust as the authority's server, instead of those the system trusts; null: those.</param>
/// <param name="OrdersADay">At most, whatever happens.</param>
public sealed record AcmeConfig(Uri Directory, IReadOnlyList<string> Contact, IReadOnlyList<string> Hosts, string? CaFile, int OrdersADay);
