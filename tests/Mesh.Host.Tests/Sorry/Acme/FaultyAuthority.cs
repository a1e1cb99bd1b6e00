using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mesh.Host.Tests.Sorry.Acme;

/// <summary>An authority that does one thing wrong, over TLS.</summary>
public sealed class FaultyAuthority : IAsyncDisposable
{
    private const int Port = 14001;
    private readonly string address, fault, ca;
    private readonly X509Certificate2 certificate;
    private readonly WebApplication app;

    private FaultyAuthority(string address, string fault)
    {
        (this.address, this.fault) = (address, fault);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=a faulty authority", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(address));
        names.AddDnsName("www.mesh.test");
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        ca = Path.GetTempFileName();
        File.WriteAllText(ca, certificate.ExportCertificatePem());
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(k => k.Listen(IPAddress.Parse(address), Port, l => l.UseHttps(certificate)));
        builder.Services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        app = builder.Build();
        app.Run(AnswerAsync);
    }

    public Uri Url => new($"https://{address}:{Port}/dir");

    public string CaFile => ca;

    public int Asked { get; private set; }

    public static async Task<FaultyAuthority> StartAsync(string address, string fault)
    {
        var authority = new FaultyAuthority(address, fault);
        await authority.app.StartAsync();
        return authority;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        certificate.Dispose();
        File.Delete(ca);
    }

    private Task AnswerAsync(HttpContext http)
    {
        Asked++;
        http.Response.Headers["Replay-Nonce"] = $"nonce-{Asked}";
        return http.Request.Path.Value switch
        {
            "/dir" when fault == "garbage" => SayAsync(http, 200, "<html>hello</html>"),
            "/dir" when fault == "large" => SayAsync(http, 200, new string(' ', 300_000)),
            "/dir" when fault == "binding" => SayAsync(http, 200, Directory().Replace("{ \"newNonce\"", "{ \"meta\": { \"externalAccountRequired\": true }, \"newNonce\"")),
            "/dir" when fault == "plain" => SayAsync(http, 200, Directory().Replace("\"newOrder\": \"https:", "\"newOrder\": \"http:")),
            "/dir" => SayAsync(http, 200, Directory()),
            "/nonce" => SayAsync(http, 200, ""),
            "/account" when fault == "nonce" => SayAsync(http, 400, """{ "type": "urn:ietf:params:acme:error:badNonce", "detail": "no" }"""),
            "/account" => SayAsync(http, 201, "{}", At("/account/1")),
            "/order" when fault == "limited" => LimitedAsync(http),
            "/order" when fault == "many" => SayAsync(http, 201, Order("pending", 100), At("/order/1")),
            "/order" => SayAsync(http, 201, Order("pending", 1), At("/order/1")),
            "/authorization/0" when fault == "other-host" => SayAsync(http, 200, Authorization("valid", "t", "www.victim.test")),
            "/authorization/0" when fault == "token" => SayAsync(http, 200, Authorization("pending", "../../etc/passwd", "www.mesh.test")),
            "/authorization/0" when fault == "no-http" => SayAsync(http, 200, Authorization("pending", "t", "www.mesh.test").Replace("http-01", "dns-01")),
            "/authorization/0" => SayAsync(http, 200, Authorization("valid", "t", "www.mesh.test")),
            "/order/1" when fault == "never" => SayAsync(http, 200, Order("pending", 1)),
            "/order/1" => SayAsync(http, 200, Order("ready", 1)),
            "/finalize" => SayAsync(http, 200, Order("valid", 1)),
            "/certificate" when fault == "no-certificate" => SayAsync(http, 200, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
            "/certificate" => SayAsync(http, 200, certificate.ExportCertificatePem()),
            _ => SayAsync(http, 404, ""),
        };
    }

    private static Task LimitedAsync(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "7200";
        return SayAsync(http, 429, "{ \"type\": \"urn:ietf:params:acme:error:rateLimited\", \"detail\": \"too many\\u0007 certificates\" }");
    }

    private static Task SayAsync(HttpContext http, int status, string body, string? location = null)
    {
        http.Response.StatusCode = status;
        if (location is not null) http.Response.Headers.Location = location;
        return body.Length == 0 || HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.WriteAsync(body);
    }

    private string At(string path) => $"https://{address}:{Port}{path}";

    private string Directory() => $$"""{ "newNonce": "{{At("/nonce")}}", "newAccount": "{{At("/account")}}", "newOrder": "{{At("/order")}}" }""";

    private string Order(string status, int authorizations) =>
        $$"""{ "status": "{{status}}", "authorizations": [ {{string.Join(", ", Enumerable.Range(0, authorizations).Select(i => $"\"{At($"/authorization/{i}")}\""))}} ], "finalize": "{{At("/finalize")}}", "certificate": "{{At("/certificate")}}" }""";

    private string Authorization(string status, string token, string host) =>
        $$"""{ "status": "{{status}}", "identifier": { "type": "dns", "value": "{{host}}" }, "challenges": [ { "type": "http-01", "status": "{{status}}", "token": "{{token}}", "url": "{{At("/challenge")}}" } ] }""";
}
