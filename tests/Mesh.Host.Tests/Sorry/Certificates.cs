using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Mesh.Host.Tests.Sorry;

/// <summary>A folder of certificates made for a test; gone with it.</summary>
public sealed class Certificates : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("mesh-certificates-").FullName;

    public Certificates(params string[] names)
    {
        foreach (string name in names) Put(name);
    }

    /// <summary>Writes a certificate of a name, over the one there is; returns its thumbprint.</summary>
    public string Put(string name, string? file = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        string path = Path.Combine(Folder, file ?? name.Replace("*", "wildcard", StringComparison.Ordinal));
        File.WriteAllText(path + ".key", key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(path + ".pem", certificate.ExportCertificatePem());
        return certificate.Thumbprint;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
