using System.Text;
using Mesh.Host.Admin;
using Mesh.Host.Journal;
using Microsoft.AspNetCore.Http.Features;

namespace Mesh.Host.Sorry.Contents;

/// <summary>
/// Sends bundles to other sites, on the admin listener: the body of the request is an id, proved as messages of the journal are (<see cref="JournalMac"/>, with a key of its own). The answer
/// needs no proof: it is what the id says, or it is thrown away.
/// </summary>
public sealed class ContentPages : IAdminPages
{
    public const string Path = "/mesh/content";

    /// <summary>Bundles on their way out at once.</summary>
    public const int SendingAtOnce = 8;

    private readonly SiteContents contents;
    private readonly string site;
    private readonly IReadOnlyDictionary<string, (JournalMac Mac, SeenNonces Seen)> others;
    private readonly TimeProvider time;
    private readonly ContentCounters counters;
    private readonly JournalLimits limits = new();
    private int sending;

    public ContentPages(SiteContents contents, string site, IEnumerable<ContentOther> others, TimeProvider time, ContentCounters counters)
    {
        (this.contents, this.site, this.time, this.counters) = (contents, site, time, counters);
        this.others = others.ToDictionary(static o => o.Name, o => (o.Mac, new SeenNonces(limits.NoncesOfSite)), StringComparer.Ordinal);
    }

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Path, (RequestDelegate)SendAsync).WithMetadata(OwnAccess.Instance);

    private async Task SendAsync(HttpContext http)
    {
        var (refusal, id) = await JudgeAsync(http);
        if (refusal is { } why)
        {
            counters.Refuse(why);
            http.Response.StatusCode = why is JournalRefusal.Malformed ? 400 : 401;
            return;
        }
        string file = contents.Folder.PathOf(id);
        if (!contents.Board.Ids.Contains(id) || !File.Exists(file))
        {
            http.Response.StatusCode = 404;
            return;
        }
        if (Interlocked.Increment(ref sending) > SendingAtOnce)
        {
            Interlocked.Decrement(ref sending);
            counters.Refuse(JournalRefusal.TooMany);
            http.Response.StatusCode = 503;
            return;
        }
        try
        {
            http.Response.ContentType = "application/octet-stream";
            await http.Response.SendFileAsync(file, http.RequestAborted);
            counters.Send();
        }
        catch (IOException) { http.Abort(); }
        finally { Interlocked.Decrement(ref sending); }
    }

    private async Task<(JournalRefusal? Refusal, string Id)> JudgeAsync(HttpContext http)
    {
        if (JournalProof.Parse(http.Request.Headers.Authorization) is not { } proof) return (JournalRefusal.Unsigned, "");
        if (!others.TryGetValue(proof.From, out var other)) return (JournalRefusal.UnknownSite, "");
        long now = time.GetUtcNow().ToUnixTimeMilliseconds(), window = (long)limits.ClockWindow.TotalMilliseconds;
        if (proof.Milliseconds < now - window || proof.Milliseconds > now + window) return (JournalRefusal.Stale, "");
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = 64;
        byte[] body = new byte[64];
        int read;
        try { read = await http.Request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, http.RequestAborted); }
        catch (BadHttpRequestException) { return (JournalRefusal.TooLarge, ""); }
        if (!other.Mac.IsQuestion(proof, site, body.AsSpan(0, read))) return (JournalRefusal.Forged, "");
        if (other.Seen.Take(proof.Nonce, proof.Milliseconds + window, now) is { } seen) return (seen, "");
        string id = Encoding.ASCII.GetString(body, 0, read);
        return ContentVersion.IsId(id) ? (null, id) : (JournalRefusal.Malformed, "");
    }
}

/// <summary>Another site, as stored pages need it.</summary>
/// <param name="Address">Of <see cref="ContentPages.Path"/> on its admin listener.</param>
public sealed record ContentOther(string Name, Uri Address, JournalMac Mac);
