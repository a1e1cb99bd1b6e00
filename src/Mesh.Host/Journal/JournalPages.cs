using Mesh.Host.Admin;
using Microsoft.AspNetCore.Http.Features;

namespace Mesh.Host.Journal;

/// <summary>
/// What another site may ask of this one's journal, on the admin listener: one request that brings and fetches. The proof of <see cref="JournalMac"/> stands in for the rules of the
/// listener. What costs least is judged first; nothing of a body is read before its MAC holds.
/// </summary>
public sealed class JournalPages : IAdminPages
{
    public const string Path = "/mesh/journal";

    private readonly SharedJournal journal;
    private readonly string site;
    private readonly IReadOnlyDictionary<string, (JournalMac Mac, SeenNonces Seen)> others;
    private readonly TimeProvider time;
    private readonly JournalLimits limits;
    private int reading;

    /// <param name="others">The key of each other site, by its name.</param>
    public JournalPages(SharedJournal journal, string site, IReadOnlyDictionary<string, JournalMac> others, TimeProvider time, JournalLimits limits)
    {
        this.journal = journal;
        this.site = site;
        this.others = others.ToDictionary(o => o.Key, o => (o.Value, new SeenNonces(limits.NoncesOfSite)), StringComparer.Ordinal);
        this.time = time;
        this.limits = limits;
    }

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Path, (RequestDelegate)ExchangeAsync).WithMetadata(OwnAccess.Instance);

    private async Task ExchangeAsync(HttpContext http)
    {
        if (JournalProof.Parse(http.Request.Headers.Authorization) is not { } proof) { await RefuseAsync(http, 401, JournalRefusal.Unsigned); return; }
        if (!others.TryGetValue(proof.From, out var other)) { await RefuseAsync(http, 401, JournalRefusal.UnknownSite); return; }
        long now = time.GetUtcNow().ToUnixTimeMilliseconds(), window = (long)limits.ClockWindow.TotalMilliseconds;
        if (proof.Milliseconds < now - window || proof.Milliseconds > now + window) { await RefuseAsync(http, 401, JournalRefusal.Stale); return; }
        if (Interlocked.Increment(ref reading) > limits.MessagesAtOnce)
        {
            Interlocked.Decrement(ref reading);
            await RefuseAsync(http, 503, JournalRefusal.TooMany);
            return;
        }
        try { await TakeAsync(http, proof, other.Mac, other.Seen, now, window); }
        finally { Interlocked.Decrement(ref reading); }
    }

    private async Task TakeAsync(HttpContext http, JournalProof proof, JournalMac mac, SeenNonces seen, long now, long window)
    {
        if (await BodyAsync(http) is not { } body) { await RefuseAsync(http, 413, JournalRefusal.TooLarge); return; }
        if (!mac.IsQuestion(proof, site, body)) { await RefuseAsync(http, 401, JournalRefusal.Forged); return; }
        if (seen.Take(proof.Nonce, proof.Milliseconds + window, now) is { } refusal) { await RefuseAsync(http, refusal == JournalRefusal.Replayed ? 401 : 503, refusal); return; }
        if (JournalExchange.Read(body) is not { } question) { await RefuseAsync(http, 400, JournalRefusal.Malformed); return; }
        IReadOnlySet<string> conflicts;
        try { (_, conflicts) = await journal.TakeAsync(question, http.RequestAborted); }
        catch (JournalException)
        {
            http.Response.StatusCode = 503;
            return;
        }
        var state = journal.State;
        byte[] answer = JournalExchange.Of(state, state.MissingFrom(question.Have, limits, conflicts)).ToOctets();
        http.Response.Headers[JournalMac.AnswerHeader] = mac.Answer(site, proof.From, proof.Nonce, answer);
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = answer.Length;
        await http.Response.Body.WriteAsync(answer, http.RequestAborted);
    }

    // Null when it is larger than a message can be.
    private async Task<byte[]?> BodyAsync(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = limits.ExchangeOctets;
        using var body = new MemoryStream();
        try { await http.Request.Body.CopyToAsync(body, http.RequestAborted); }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge) { return null; }
        return body.ToArray();
    }

    private async Task RefuseAsync(HttpContext http, int status, JournalRefusal refusal)
    {
        journal.Counters.Refuse(refusal);
        http.Response.StatusCode = status;
        await http.Response.WriteAsync($"{refusal}\n", http.RequestAborted);
    }
}
