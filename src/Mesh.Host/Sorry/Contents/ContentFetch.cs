using System.Security.Cryptography;
using System.Threading.Channels;
using Mesh.Host.Admin.Neighbours;
using Mesh.Io;

namespace Mesh.Host.Sorry.Contents;

/// <summary>Brings to this site's disk what the journal says there is and deletes what is needed no more: at once when that changes, and again while something is missing.</summary>
public sealed class ContentFetch : IAsyncDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2), Idle = TimeSpan.FromMinutes(1);

    private readonly SiteContents contents;
    private readonly PairLink[] others;
    private readonly TimeProvider time;
    private readonly ContentCounters counters;
    private readonly Channel<bool> news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource stop = new();
    private Task running = Task.CompletedTask;

    /// <param name="chance">A new one for each link.</param>
    public ContentFetch(SiteContents contents, string site, IEnumerable<PairPlace> others, TimeProvider time, Func<IChance> chance, ContentCounters counters)
    {
        (this.contents, this.time, this.counters) = (contents, time, counters);
        this.others = [.. others.Select(o => new PairLink(site, o, time, chance(), ContentPages.Limits))];
        contents.Changed += Wake;
    }

    public void Start() => running = RunAsync();

    public async ValueTask DisposeAsync()
    {
        contents.Changed -= Wake;
        await stop.CancelAsync();
        await running;
        foreach (var other in others) other.Dispose();
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
            catch (Exception e) when (e is IOException or UnauthorizedAccessException) { }
            counters.Fail();
        }
        return false;
    }

    private async Task<bool> FetchAsync(ContentVersion version, PairLink other)
    {
        string part = contents.Folder.NewPart();
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            long most = Math.Min(version.Octets, contents.Limits.BundleOctets);
            await using (var file = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                while (file.Length < most)
                {
                    var got = await other.AskAsync(ContentPages.Question(version.Id, file.Length), stop.Token);
                    if (got.Fault != PairFault.None || got.Body.Length == 0 || file.Length + got.Body.Length > most) return false;
                    hash.AppendData(got.Body);
                    await file.WriteAsync(got.Body, stop.Token);
                }
                file.Flush(flushToDisk: true);
            }
            if (Convert.ToHexStringLower(hash.GetHashAndReset()) != version.Id || ContentBundle.Open(part, contents.Limits) is null)
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
