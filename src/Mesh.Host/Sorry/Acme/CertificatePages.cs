using Mesh.Host.Admin;
using Mesh.Host.Sorry.Listening;

namespace Mesh.Host.Sorry.Acme;

/// <summary>The certificates on the admin listener.</summary>
/// <param name="orders">Null: none are ordered.</param>
public sealed class CertificatePages(CertificateFolder certificates, AcmeOrders? orders) : IAdminPages
{
    public const string Path = "/api/sorry/certificates";

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Path, () => TypedResults.Json(new CertificatesView(certificates.List(), orders?.Standings ?? []), AdminListener.Json));
}

/// <summary>The certificates in force and the hosts that some are ordered for.</summary>
public sealed record CertificatesView(IReadOnlyList<CertificateView> Certificates, IReadOnlyList<AcmeStanding> Orders);
