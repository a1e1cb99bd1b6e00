namespace Mesh.Host.Sorry.Listening;

/// <summary>A certificate in force.</summary>
/// <param name="Names">The hosts it is for.</param>
/// <param name="Issuer">The common name of who signed it.</param>
/// <param name="Ordered">By ACME; else somebody put it there.</param>
/// <param name="File">Its name, without folder.</param>
public sealed record CertificateView(IReadOnlyList<string> Names, string Issuer, DateTimeOffset NotBefore, DateTimeOffset NotAfter, bool Ordered, string File);
