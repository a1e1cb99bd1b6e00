using System.Security.Cryptography.X509Certificates;

namespace Mesh.Host.Admin.Access;

/// <summary>Who a client certificate says its holder is.</summary>
public static class CertificateName
{
    /// <summary>Characters of it that are kept.</summary>
    public const int MostLength = 100;

    /// <summary>The common name, else the whole subject; one line. Null without a certificate: the handshake has judged those there are.</summary>
    public static string? Of(X509Certificate2? certificate)
    {
        if (certificate is null) return null;
        string name = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        name = string.Concat((name.Length > 0 ? name : certificate.Subject).Where(static c => !char.IsControl(c)));
        return name.Length > MostLength ? name[..MostLength] : name.Length > 0 ? name : "certificate";
    }
}
