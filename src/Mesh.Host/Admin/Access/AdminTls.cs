using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Mesh.Host.Admin.Access;

/// <summary>TLS of the admin listener, and the authority whose client certificates let people in. Certificates need not be given: without one, the token or this machine is what lets in.</summary>
public sealed class AdminTls : IDisposable
{
    private readonly X509Certificate2 certificate;
    private readonly X509Certificate2Collection chain = [], authorities = [];

    private AdminTls(X509Certificate2 certificate) => this.certificate = certificate;

    /// <param name="pem">The listener's certificate, leaf first.</param>
    /// <param name="key">Its key, PEM.</param>
    /// <param name="clients">The authorities of client certificates, PEM; null: none lets in.</param>
    /// <exception cref="IOException">A file cannot be read or is not what it should be; the message names it.</exception>
    public static AdminTls Load(string pem, string key, string? clients)
    {
        var tls = new AdminTls(Read(pem, () => X509Certificate2.CreateFromPemFile(pem, key)));
        try
        {
            Read(pem, () => { tls.chain.ImportFromPemFile(pem); return true; });
            if (clients is not null) Read(clients, () => { tls.authorities.ImportFromPemFile(clients); return tls.authorities.Count > 0 ? true : throw new CryptographicException("there is no certificate in it"); });
            return tls;
        }
        catch
        {
            tls.Dispose();
            throw;
        }
    }

    public void Use(ListenOptions options) => options.UseHttps(https =>
    {
        https.ServerCertificate = certificate;
        https.ServerCertificateChain = chain;
        https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        https.ClientCertificateMode = authorities.Count > 0 ? ClientCertificateMode.AllowCertificate : ClientCertificateMode.NoCertificate;
        https.ClientCertificateValidation = (client, _, _) => IsGood(client);
    });

    /// <summary>Issued by one of the authorities, for clients, and in force. Who is no longer trusted is taken out by a new authority: no revocation list is asked for.</summary>
    public bool IsGood(X509Certificate2 client)
    {
        using var judged = new X509Chain();
        judged.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        judged.ChainPolicy.CustomTrustStore.AddRange(authorities);
        judged.ChainPolicy.ExtraStore.AddRange(authorities);
        judged.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        judged.ChainPolicy.DisableCertificateDownloads = true;
        judged.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.2"));
        return judged.Build(client);
    }

    public void Dispose()
    {
        certificate.Dispose();
        foreach (var one in chain.Concat(authorities)) one.Dispose();
    }

    private static T Read<T>(string file, Func<T> read)
    {
        try { return read(); }
        catch (Exception e) when (e is CryptographicException or UnauthorizedAccessException or ArgumentException) { throw new IOException($"{file} cannot be used: {e.Message}", e); }
    }
}
