using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Mesh.Host.Sorry.Acme;

/// <summary>A certificate as an authority gave it, and looked at before it is used.</summary>
/// <param name="Pem">The chain, leaf first, and the private key: one file, so that the two are never out of step.</param>
public sealed record IssuedCertificate(string Pem, DateTimeOffset NotBefore, DateTimeOffset NotAfter)
{
    /// <summary>Certificates of a chain.</summary>
    public const int MaxChain = 10;

    /// <summary>A certificate signing request (RFC 2986, DER) for one host.</summary>
    public static byte[] Request(ECDsa key, string host)
    {
        // The subject stays empty: a common name has room for 64 characters only, and nobody reads it.
        var request = new CertificateRequest(new X500DistinguishedName(""), key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSigningRequest();
    }

    /// <exception cref="AcmeException">It is not for our key, not for the host, or not in force.</exception>
    public static IssuedCertificate Read(string pem, ECDsa key, string host, DateTimeOffset now)
    {
        var chain = new X509Certificate2Collection();
        try
        {
            chain.ImportFromPem(pem);
            if (chain.Count is 0 or > MaxChain) throw new AcmeException($"certificate: a chain of {chain.Count} was sent");
            var leaf = chain[0];
            using var theirs = leaf.GetECDsaPublicKey();
            if (theirs is null || !theirs.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo())) throw new AcmeException("certificate: it is not for our key");
            if (!leaf.MatchesHostname(host, allowWildcards: false, allowCommonName: false)) throw new AcmeException($"certificate: it is not for {host}");
            var (from, until) = Life(leaf);
            if (until <= now || until <= from) throw new AcmeException($"certificate: it ended at {until:u}");
            // What was sent besides certificates is left out.
            return new IssuedCertificate(string.Concat(chain.Select(static c => c.ExportCertificatePem() + "\n")) + key.ExportPkcs8PrivateKeyPem() + "\n", from, until);
        }
        catch (CryptographicException e) { throw new AcmeException($"certificate: what was sent is none: {e.Message}", e); }
        finally
        {
            foreach (var one in chain) one.Dispose();
        }
    }

    public static (DateTimeOffset From, DateTimeOffset Until) Life(X509Certificate2 leaf) => (leaf.NotBefore.ToUniversalTime(), leaf.NotAfter.ToUniversalTime());
}
