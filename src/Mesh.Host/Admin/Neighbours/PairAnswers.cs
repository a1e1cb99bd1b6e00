using Microsoft.AspNetCore.Http.Features;

namespace Mesh.Host.Admin.Neighbours;

/// <summary>
/// Answers other sites on the admin listener, where the proof of <see cref="PairMac"/> stands in for the rules of the listener. What costs least is judged first; nothing of a question
/// is used before its MAC holds.
/// </summary>
public sealed class PairAnswers
{
    private readonly string scheme, site;
    private readonly IReadOnlyDictionary<string, (PairMac Mac, SeenNonces Seen)> others;
    private readonly TimeProvider time;
    private readonly PairLimits limits;
    private readonly Action<PairRefusal> onRefused;
    private int reading;

    /// <param name="others">The key of each other site, by its name.</param>
    /// <param name="onRefused">Counts; from any thread.</param>
    public PairAnswers(string scheme, string site, IReadOnlyDictionary<string, PairMac> others, TimeProvider time, PairLimits limits, Action<PairRefusal> onRefused)
    {
        (this.scheme, this.site, this.time, this.limits, this.onRefused) = (scheme, site, time, limits, onRefused);
        this.others = others.ToDictionary(o => o.Key, o => (o.Value, new SeenNonces(limits.NoncesOfSite)), StringComparer.Ordinal);
    }

    /// <param name="answer">Of a question that holds.</param>
    public async Task AnswerAsync(HttpContext http, Func<byte[], CancellationToken, Task<PairReply>> answer)
    {
        if (PairProof.Parse(scheme, http.Request.Headers.Authorization) is not { } proof) { await RefuseAsync(http, 401, PairRefusal.Unsigned); return; }
        if (!others.TryGetValue(proof.From, out var other)) { await RefuseAsync(http, 401, PairRefusal.UnknownSite); return; }
        long now = time.GetUtcNow().ToUnixTimeMilliseconds(), window = (long)limits.ClockWindow.TotalMilliseconds;
        if (proof.Milliseconds < now - window || proof.Milliseconds > now + window) { await RefuseAsync(http, 401, PairRefusal.Stale); return; }
        if (Interlocked.Increment(ref reading) > limits.MessagesAtOnce)
        {
            Interlocked.Decrement(ref reading);
            await RefuseAsync(http, 503, PairRefusal.TooMany);
            return;
        }
        try { await TakeAsync(http, proof, other.Mac, other.Seen, now, window, answer); }
        finally { Interlocked.Decrement(ref reading); }
    }

    private async Task TakeAsync(HttpContext http, PairProof proof, PairMac mac, SeenNonces seen, long now, long window, Func<byte[], CancellationToken, Task<PairReply>> answer)
    {
        if (await BodyAsync(http) is not { } body) { await RefuseAsync(http, 413, PairRefusal.TooLarge); return; }
        if (!mac.IsQuestion(proof, site, body)) { await RefuseAsync(http, 401, PairRefusal.Forged); return; }
        if (seen.Take(proof.Nonce, proof.Milliseconds + window, now) is { } refusal) { await RefuseAsync(http, refusal == PairRefusal.Replayed ? 401 : 503, refusal); return; }
        var reply = await answer(body, http.RequestAborted);
        if (reply.Body is not { } octets) { await RefuseAsync(http, reply.Status, reply.Refusal); return; }
        http.Response.Headers[mac.AnswerHeader] = mac.Answer(site, proof.From, proof.Nonce, octets);
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = octets.Length;
        await http.Response.Body.WriteAsync(octets, http.RequestAborted);
    }

    // Null when it is larger than a question can be.
    private async Task<byte[]?> BodyAsync(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = limits.QuestionOctets;
        using var body = new MemoryStream();
        try { await http.Request.Body.CopyToAsync(body, http.RequestAborted); }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge) { return null; }
        return body.ToArray();
    }

    private async Task RefuseAsync(HttpContext http, int status, PairRefusal? refusal)
    {
        http.Response.StatusCode = status;
        if (refusal is not { } why) return;
        onRefused(why);
        await http.Response.WriteAsync($"{why}\n", http.RequestAborted);
    }
}
