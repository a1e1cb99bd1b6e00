using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using Mesh.Host.Commands;

namespace Mesh.Host.Sorry.Copies;

/// <summary>A site's web server, asked over one connection, without cookies. Addresses are judged when they are connected to, and that very address is connected to: a name that leads elsewhere the next moment leads nowhere.</summary>
public sealed class CopySource : ICopySource, IDisposable
{
    private readonly HttpClient http;
    private readonly CopyLimits limits;
    private readonly Func<IPAddress, bool> isRefused;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> resolve;
    private readonly TimeProvider time;

    /// <param name="isRefused">Addresses that are never connected to: <see cref="PrivateAddress.Is"/>, or none.</param>
    /// <param name="resolve">Null: the system's names.</param>
    public CopySource(CopyLimits limits, Func<IPAddress, bool> isRefused, TimeProvider time, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        (this.limits, this.isRefused, this.time) = (limits, isRefused, time);
        this.resolve = resolve ?? Dns.GetHostAddressesAsync;
        http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, UseProxy = false, AutomaticDecompression = DecompressionMethods.None, MaxConnectionsPerServer = 1, MaxResponseHeadersLength = 64, ConnectCallback = ConnectAsync,
        }) { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", $"{RobotsRules.ProductToken}/{RunCommand.Version}");
        http.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "text/html, application/xhtml+xml, text/css, image/*, font/*, */*;q=0.1");
        http.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Encoding", "gzip, deflate, br");
    }

    public async Task<CopyAnswer> GetAsync(Uri uri, CancellationToken cancelled)
    {
        using var limit = new CancellationTokenSource(limits.AnswerWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancelled);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, uri);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var type = response.Content.Headers.ContentType;
            byte[]? octets = (int)response.StatusCode == 200 ? await ReadAsync(response.Content, either.Token) : [];
            if (octets is null) return CopyAnswer.Refused(CopyRefusal.Size);
            return new CopyAnswer(null, (int)response.StatusCode, type?.MediaType?.ToLowerInvariant() ?? "", type?.CharSet?.Trim('"') ?? "",
                response.Headers.Location is { } to && Uri.TryCreate(uri, to, out var location) ? location : null,
                response.Headers.TryGetValues("X-Robots-Tag", out var robots) ? string.Join(',', robots) : "", octets) { IsSorry = response.Headers.Contains("X-Sorry") };
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException || (e is OperationCanceledException && !cancelled.IsCancellationRequested))
        {
            return CopyAnswer.Refused(e is HttpRequestException { InnerException: PrivateAddressException } ? CopyRefusal.Private : CopyRefusal.Time);
        }
    }

    public void Dispose() => http.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancelled)
    {
        var place = context.DnsEndPoint;
        IPAddress[] addresses = IPAddress.TryParse(place.Host, out var literal) ? [literal] : await resolve(place.Host, cancelled);
        IPAddress[] open = [.. addresses.Where(a => !isRefused(a))];
        if (open.Length == 0 && addresses.Length > 0) throw new PrivateAddressException();
        foreach (var address in open)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(address, place.Port, cancelled);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException) { socket.Dispose(); }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
        throw new IOException($"{place.Host} cannot be connected to");
    }

    // Null when it is larger than a file may be; no more than that is ever read or made of it.
    private async Task<byte[]?> ReadAsync(HttpContent content, CancellationToken cancelled)
    {
        if (content.Headers.ContentLength > limits.FileOctets) return null;
        Stream stream = await content.ReadAsStreamAsync(cancelled);
        foreach (string coding in content.Headers.ContentEncoding.Reverse().Take(2))
            stream = coding.ToLowerInvariant() switch
            {
                "gzip" or "x-gzip" => new GZipStream(stream, CompressionMode.Decompress),
                "deflate" => new ZLibStream(stream, CompressionMode.Decompress),
                "br" => new BrotliStream(stream, CompressionMode.Decompress),
                "identity" => stream,
                _ => throw new InvalidDataException("a coding we did not ask for"),
            };
        await using (stream)
        {
            using var all = new MemoryStream();
            byte[] part = new byte[16 * 1024];
            for (int got; (got = await stream.ReadAsync(part, cancelled)) > 0;)
            {
                if (all.Length + got > limits.FileOctets) return null;
                all.Write(part, 0, got);
            }
            return all.ToArray();
        }
    }

    private sealed class PrivateAddressException : Exception;
}
