using System.Net;
using System.Text;
using Mesh.Io;

namespace Mesh.Host.Admin.Neighbours;

/// <summary>Asks one other site, at one address of its admin listener: questions and answers are signed, every wait and size has a limit. Any thread.</summary>
public sealed class PairLink : IDisposable
{
    private readonly string site;
    private readonly PairPlace other;
    private readonly TimeProvider time;
    private readonly IChance chance;
    private readonly HttpClient http;

    /// <param name="site">This one.</param>
    /// <param name="chance">Of this link alone.</param>
    public PairLink(string site, PairPlace other, TimeProvider time, IChance chance, PairLimits limits)
    {
        (this.site, this.other, this.time, this.chance) = (site, other, time, chance);
        var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, ConnectTimeout = limits.AnswerWithin, UseCookies = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20) };
        // Who answers is proven by the MAC, whatever the certificate: TLS only hides what is said.
        handler.SslOptions.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
        http = new HttpClient(handler) { Timeout = limits.AnswerWithin, MaxResponseContentBufferSize = limits.AnswerOctets };
    }

    public string Name => other.Name;

    public async Task<PairAnswer> AskAsync(byte[] question, CancellationToken cancelled)
    {
        try { return await SendAsync(question, cancelled); }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested) { return PairAnswer.Failed(PairFault.NoAnswer, "no answer"); }
        catch (HttpRequestException e)
        {
            return PairAnswer.Failed(e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded ? PairFault.TooLarge : PairFault.NotReachable, e.Message);
        }
        catch (ObjectDisposedException e) { return PairAnswer.Failed(PairFault.NotReachable, e.Message); }
    }

    public void Dispose() => http.Dispose();

    private async Task<PairAnswer> SendAsync(byte[] question, CancellationToken cancelled)
    {
        string nonce = Nonce();
        using var request = new HttpRequestMessage(HttpMethod.Post, other.Address) { Content = new ByteArrayContent(question) };
        request.Headers.TryAddWithoutValidation("Authorization", other.Mac.Question(site, other.Name, time.GetUtcNow(), nonce, question));
        using var response = await http.SendAsync(request, cancelled);
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancelled);
        if (response.StatusCode != HttpStatusCode.OK) return PairAnswer.Failed(PairFault.Refused, $"it refuses: {(int)response.StatusCode}{Reason(body)}");
        string? mac = response.Headers.TryGetValues(other.Mac.AnswerHeader, out var macs) ? macs.FirstOrDefault() : null;
        return other.Mac.IsAnswer(mac, other.Name, site, nonce, body) ? PairAnswer.Of(body) : PairAnswer.Failed(PairFault.Forged, "its answer is not made with our mesh key");
    }

    private string Nonce()
    {
        byte[] random = new byte[16];
        lock (chance) chance.Fill(random);
        return Convert.ToHexStringLower(random);
    }

    // Whoever answers is not known to be the other site: a word of ours, or nothing, goes into the log.
    private static string Reason(byte[] body) => body.Length < 100 && Enum.TryParse(Encoding.UTF8.GetString(body).Trim(), out PairRefusal why) && Enum.IsDefined(why) ? $" {why}" : "";
}
