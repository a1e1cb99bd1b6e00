using System.Net;

namespace Mesh.Host.Admin.Access;

/// <summary>What is known of who asks, before it is judged.</summary>
/// <param name="Local">The address of ours that was reached.</param>
/// <param name="Authorization">The header; null without one.</param>
/// <param name="Host">The header, without its port; empty without one.</param>
/// <param name="Certificate">The name in a client certificate that holds; null without one.</param>
public sealed record AdminCaller(IPAddress? Remote, IPAddress? Local, string? Authorization = null, string Host = "", string? Certificate = null)
{
    public static AdminCaller Of(HttpContext http) => new(
        http.Connection.RemoteIpAddress, http.Connection.LocalIpAddress, http.Request.Headers.Authorization, http.Request.Host.Host, CertificateName.Of(http.Connection.ClientCertificate));
}
