using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Mesh.Host.Journal;

namespace Mesh.Host.Sorry.Contents;

/// <summary>Brings to this site's disk what the journal says there is and deletes what is needed no more: at once when that changes, and again while something is missing.</summary>
public sealed class ContentFetch : IAsyncDisposable
{
    /// <summary>For a whole bundle.</summary>
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2), Idle = TimeSpan.FromMinutes(1);

    private readonly SiteContents contents;
    private readonly string site;
    private readonly IReadOnlyList<ContentOther> others;
    private readonly TimeProvider time;
    private readonly ContentCounters counters;
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(3) }) { Timeout = Within };
    private readonly Channel<bool> news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource stop = new();
    private Task running = Task.CompletedTask;

    public ContentFetch(SiteContents contents, string site, IReadOnlyList<ContentOther> others, TimeProvider time, ContentCounters counters)
    {
        (this.contents, this.site, this.others, this.time, this.counters) = (contents, site, others, time, counters);
        contents.Changed += Wake;
    }

    public void Start() => running = RunAsync();

    public async ValueTask DisposeAsync()
    {
        contents.Changed -= Wake;
        await stop.CancelAsync();
        await running;
        http.Dispose();
        stop.Dispose();
    }

    private void Wake() => news.Writer.TryWrite(true);

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                bool isWhole = true;
                foreach (var version in contents.Board.All.Where(v => !contents.Folder.Has(v.Id)).Reverse().ToList()) isWhole &= await FetchAsync(version);
                try { await contents.PruneAsync(stop.Token); }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException) { counters.Fail(); }
                await WaitAsync(isWhole ? Idle : Again);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { }
    }

    private async Task WaitAsync(TimeSpan most)
    {
        using var due = new CancellationTokenSource(most, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(due.Token, stop.Token);
        try { await news.Reader.ReadAsync(either.Token); }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested) { }
    }

    // The site that announced it has it for certain; while that one is away any other may.
    private async Task<bool> FetchAsync(ContentVersion version)
    {
        foreach (var other in others.OrderBy(o => o.Name == version.Site ? 0 : 1))
        {
            if (!contents.Board.Ids.Contains(version.Id)) return true;
            try
            {
                if (await FetchAsync(version, other)) return true;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested) { throw; }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or UnauthorizedAccessException) { }
            counters.Fail();
        }
        return false;
    }

    private async Task<bool> FetchAsync(ContentVersion version, ContentOther other)
    {
        byte[] id = Encoding.ASCII.GetBytes(version.Id);
        using var request = new HttpRequestMessage(HttpMethod.Post, other.Address) { Content = new ByteArrayContent(id) };
        request.Headers.TryAddWithoutValidation("Authorization", other.Mac.Question(site, other.Name, time.GetUtcNow(), RandomNumberGenerator.GetHexString(32, lowercase: true), id));
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token);
        if (!response.IsSuccessStatusCode) return false;
        await using var body = await response.Content.ReadAsStreamAsync(stop.Token);
        return await TakeAsync(version, body);
    }

    private async Task<bool> TakeAsync(ContentVersion version, Stream body)
    {
        string part = contents.Folder.NewPart();
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            long octets = 0, most = Math.Min(version.Octets, contents.Limits.BundleOctets);
            await using (var file = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                byte[] buffer = new byte[64 * 1024];
                for (int read; (read = await body.ReadAsync(buffer, stop.Token)) > 0;)
                {
                    if ((octets += read) > most) break;
                    hash.AppendData(buffer, 0, read);
                    await file.WriteAsync(buffer.AsMemory(0, read), stop.Token);
                }
                file.Flush(flushToDisk: true);
            }
            if (octets > most || Convert.ToHexStringLower(hash.GetHashAndReset()) != version.Id || ContentBundle.Open(part, contents.Limits) is null)
            {
                counters.Damage();
                return false;
            }
            contents.Folder.Finish(part, version.Id);
            counters.Fetch();
            return true;
        }
        finally { File.Delete(part); }
    }
}
