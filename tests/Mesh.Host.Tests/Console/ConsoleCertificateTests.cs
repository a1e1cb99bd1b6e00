using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Mesh.Host.Admin.Access;

namespace Mesh.Host.Tests.Console;

/// <summary>The admin listener over TLS, with client certificates.</summary>
public sealed class ConsoleCertificateTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mesh-admin-tls-");
    private readonly ManualClock clock = new();

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_certificate_of_the_authority_lets_in_writes_in_its_holders_name_and_no_other_does()
    {
        using var authority = Authority("CN=Operators");
        using var stranger = Authority("CN=Operators");
        using var tls = Load(authority);
        await using var site = await ConsoleSite.StartAsync(ConsoleModels.One("127.64.14.1", transport: "https"), clock, IPAddress.Parse("192.0.2.9"), tls: tls);

        using var miriam = Issue(authority, "CN=Miriam Bloch");
        using (var browser = new Browser(site.Url, Handler(miriam)))
        {
            Assert.Contains("Miriam Bloch, read only", (await browser.GetAsync("/console/")).ById("reader")!.Value);
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/calls")).Status);
            // Whatever is typed, the certificate says who it is.
            Assert.Equal(HttpStatusCode.RedirectMethod, (await browser.SubmitAsync("/console/site", "/console/unlock", ("who", "Somebody Else"), ("why", "ticket 7"))).Status);
            Assert.Contains("; secure", browser.SetCookie);
            await browser.SubmitAsync("/console/site", "/console/reload");
            Assert.Equal("Miriam Bloch", site.Journal.Read("reload").Single().Who);
            // The cookie alone, or with another's certificate, is worth nothing.
            using var thief = new Browser(site.Url, Handler(null)) { Cookie = browser.Cookie };
            Assert.Equal(HttpStatusCode.Redirect, (await thief.GetAsync("/console/")).Status);
            using var tom = Issue(authority, "CN=Tom");
            using var colleague = new Browser(site.Url, Handler(tom)) { Cookie = browser.Cookie };
            Assert.Contains("Tom, read only", (await colleague.GetAsync("/console/")).ById("reader")!.Value);
        }
        using (var bare = new Browser(site.Url, Handler(null)))
        {
            Assert.Equal(HttpStatusCode.Redirect, (await bare.GetAsync("/console/")).Status);
            await bare.SignInAsync();
            Assert.Contains("signed in", (await bare.GetAsync("/console/")).ById("reader")!.Value);
        }
        foreach (var bad in new[] { Issue(stranger, "CN=Mallory"), Issue(authority, "CN=Old", days: -1), Issue(authority, "CN=Server", use: "1.3.6.1.5.5.7.3.1") })
        {
            using (bad)
            using (var browser = new Browser(site.Url, Handler(bad)))
                await Assert.ThrowsAnyAsync<HttpRequestException>(() => browser.GetAsync("/console/"));
        }
    }

    [Theory]
    [InlineData("admin.pem", "admin.pem")]
    [InlineData("clients.pem", "clients.pem")]
    public void A_file_that_is_none_is_named(string broken, string named)
    {
        using var authority = Authority("CN=Operators");
        Load(authority).Dispose();
        File.WriteAllText(Path.Combine(folder.FullName, broken), "no certificate");
        Assert.Contains(named, Assert.ThrowsAny<IOException>(() => AdminTls.Load(At("admin.pem"), At("admin.key"), At("clients.pem"))).Message);
        File.Delete(At(broken));
        Assert.Contains(named, Assert.ThrowsAny<IOException>(() => AdminTls.Load(At("admin.pem"), At("admin.key"), At("clients.pem"))).Message);
    }

    private string At(string file) => Path.Combine(folder.FullName, file);

    private AdminTls Load(X509Certificate2 authority)
    {
        using var server = Issue(authority, "CN=london", use: "1.3.6.1.5.5.7.3.1");
        File.WriteAllText(At("admin.pem"), server.ExportCertificatePem());
        File.WriteAllText(At("admin.key"), server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(At("clients.pem"), authority.ExportCertificatePem());
        return AdminTls.Load(At("admin.pem"), At("admin.key"), At("clients.pem"));
    }

    private static SocketsHttpHandler Handler(X509Certificate2? client)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false };
        handler.SslOptions.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
        handler.SslOptions.EnabledSslProtocols = SslProtocols.Tls12;
        if (client is not null) handler.SslOptions.ClientCertificates = [client];
        if (client is not null) handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => client;
        return handler;
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-10), DateTimeOffset.UtcNow.AddDays(30));
    }

    /// <param name="use">Extended key usage; for clients when not said.</param>
    private static X509Certificate2 Issue(X509Certificate2 authority, string name, int days = 10, string use = "1.3.6.1.5.5.7.3.2")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], true));
        byte[] serial = new byte[8];
        RandomNumberGenerator.Fill(serial);
        serial[0] &= 0x7F;
        using var issued = request.Create(authority, DateTimeOffset.UtcNow.AddDays(-5), DateTimeOffset.UtcNow.AddDays(days), serial);
        using var whole = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pfx), null);
    }
}
