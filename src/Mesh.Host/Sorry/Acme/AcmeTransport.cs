using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Mesh.Host.Commands;

namespace Mesh.Host.Sorry.Acme;

/// <summary>Requests to one authority, each signed and with a nonce of its own; one that is not taken is sent again with another (RFC 8555 section 6.5). One at a time.</summary>
public sealed class AcmeTransport : IDisposable
{
    private readonly HttpClient http;
    private readonly AcmeKey key;
    private readonly AcmeOptions options;
    private readonly TimeProvider time;
    private string? nonce;

    /// <param name="caFile">Null: the system's authorities are trusted.</param>
    /// <exception cref="AcmeException">That file cannot be read.</exception>
    public AcmeTransport(AcmeKey key, string? caFile, AcmeOptions options, TimeProvider time)
    {
        (this.key, this.options, this.time) = (key, options, time);
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = options.AnswerWithin, MaxResponseHeadersLength = 64 };
        if (caFile is not null) handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Trusting(caFile) };
        http = new HttpClient(handler) { Timeout = options.AnswerWithin, MaxResponseContentBufferSize = options.AnswerOctets };
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("mesh", RunCommand.Version));
    }

    /// <summary>Nonces that were not taken.</summary>
    public long BadNonces { get; private set; }

    /// <summary>Known once the account is; from then on requests name it.</summary>
    public Uri? Account { get; set; }

    /// <summary>Where nonces are had.</summary>
    public Uri? NewNonce { get; set; }

    public Task<AcmeAnswer> GetAsync(string step, Uri url, CancellationToken cancelled) => SendAsync(step, new HttpRequestMessage(HttpMethod.Get, url), cancelled);

    /// <exception cref="AcmeException">There was no answer, or one that is an error.</exception>
    public async Task<AcmeAnswer> PostAsync(string step, Uri url, JsonObject? payload, CancellationToken cancelled, string accept = "application/json")
    {
        for (int tries = 1; ; tries++)
        {
            string used = nonce ?? await FreshNonceAsync(cancelled);
            nonce = null;
            var content = new ByteArrayContent(Encoding.ASCII.GetBytes(key.Sign(url, used, Account, payload)));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/jose+json");
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
            var answer = await SendAsync(step, request, cancelled);
            if (answer.IsSuccess) return answer;
            var problem = answer.Problem();
            if (problem?.Is("badNonce") == true && tries < options.NonceTries)
            {
                BadNonces++;
                continue;
            }
            throw new AcmeException($"{step}: {problem?.ToString() ?? $"status {(int)answer.Status}"}") { NotBefore = answer.RetryAfter is { } wait ? time.GetUtcNow() + wait : null };
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<string> FreshNonceAsync(CancellationToken cancelled)
    {
        await SendAsync("new nonce", new HttpRequestMessage(HttpMethod.Head, NewNonce ?? throw new InvalidOperationException("the directory comes first")), cancelled);
        return nonce ?? throw new AcmeException("new nonce: the authority gave none");
    }

    private async Task<AcmeAnswer> SendAsync(string step, HttpRequestMessage request, CancellationToken cancelled)
    {
        if (request.RequestUri is not { Scheme: "https" }) throw new AcmeException($"{step}: the authority sends us to {request.RequestUri}, which is not https");
        try
        {
            using var response = await http.SendAsync(request, cancelled);
            if (response.Headers.TryGetValues("Replay-Nonce", out var nonces) && nonces.FirstOrDefault() is { Length: > 0 and <= 1_000 } given) nonce = given;
            return new AcmeAnswer(response.StatusCode, response.Headers.Location is { } to ? new Uri(request.RequestUri, to) : null,
                AcmeAnswer.After(response.Headers.RetryAfter, time.GetUtcNow()), await response.Content.ReadAsStringAsync(cancelled));
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancelled.IsCancellationRequested))
        {
            throw new AcmeException($"{step}: {(e is OperationCanceledException ? $"no answer of {request.RequestUri.Host} within {options.AnswerWithin.TotalSeconds:0} s" : e.InnerException?.Message ?? e.Message)}", e);
        }
    }

    private static X509ChainPolicy Trusting(string caFile)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try { policy.CustomTrustStore.ImportFromPemFile(caFile); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            throw new AcmeException($"ca: {caFile} cannot be read: {e.Message}", e);
        }
        return policy;
    }
}
