using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Mesh.Host.Listening;
using Mesh.Host.Sorry.Acme;
using Mesh.Host.Sorry.Contents;
using Mesh.Host.Sorry.Switches;
using Microsoft.AspNetCore.Connections.Features;

namespace Mesh.Host.Sorry.Http;

/// <summary>Answers every request, whatever its host, path and method, as its host is switched.</summary>
public sealed class SorryResponder(SorrySwitches switches, TimeProvider time, HttpOptions options)
{
    public HttpCounters Counters { get; } = new();

    /// <summary>What an authority of certificates may ask for, whatever the host's switch; null: nothing.</summary>
    public ChallengeAnswers? Challenges { get; init; }

    /// <summary>Pages a switch may name instead of the usual one; null: there are none.</summary>
    public ISiteContents? Contents { get; init; }

    /// <summary>When incidents are thought to end; null: nobody knows.</summary>
    public IncidentEnds? Incidents { get; init; }

    public Task AnswerAsync(HttpContext http)
    {
        // A connection that goes on for ever would have more turns than others.
        if (http.Features.Get<RoomPlace>() is { } place && place.Step() >= options.Requests) http.Response.Headers.Connection = "close";
        if (IsAmbiguous(http.Request))
        {
            Counters.Count(HttpOutcome.Framing);
            http.Response.StatusCode = 400;
            http.Response.Headers.Connection = "close";
            return Task.CompletedTask;
        }
        var now = time.GetUtcNow();
        string host = SorryTarget.Host(http.Request.Host.Host) ?? "";
        if (Challenges?.Find(host, http.Request.Path.Value ?? "") is { } authorization) return Challenge(http, authorization);
        if (PreviewSecrets.Named(host, http.Request.Path.Value ?? "") is var (secret, below) && Contents?.Previewed(secret) is { } version && Contents.Open(version.Id) is { } previewed)
            return Preview(http, previewed, below, now);
        var notice = switches.Board.Find(SorryChannel.Http, host.Length == 0 ? SorryTarget.Everything : host, now);
        switch (notice?.Answer)
        {
            case SorryAnswer.Close: return End(http, HttpOutcome.Closed);
            case SorryAnswer.Reset: return End(http, HttpOutcome.Reset);
            case { } answer when answer.IsRedirect(): return Redirect(http, notice);
            default: return Stored(http, host, notice, now) ?? Page(http, host, notice, now);
        }
    }

    // Null: the usual page is to be shown. So it is while the stored ones have not come to this site yet.
    private Task? Stored(HttpContext http, string host, SorryNotice? notice, DateTimeOffset now)
    {
        var request = http.Request;
        if (notice is not { Content.Length: > 0 } || Contents?.Open(notice.Content) is not { } bundle || !IsRead(request.Method)) return null;
        string path = request.Path.Value ?? "";
        if (StoredPages.Choose(bundle, path, request.QueryString.Value ?? "") is not { } chosen) return null;
        if (chosen.Type.IsPage && Preferences.Form(request.Headers.Accept.ToString(), path) != SorryForm.Html) return null;
        Counters.Count(chosen.Type.IsPage ? HttpOutcome.Stored : HttpOutcome.Asset);
        return StoredPages.SendAsync(http, bundle, chosen, options.RetrySeconds(End(host, notice, now), now), SorryHead.Reason(notice));
    }

    private Task Preview(HttpContext http, ContentBundle bundle, string below, DateTimeOffset now)
    {
        Counters.Count(HttpOutcome.Preview);
        if (below.Length > 0 && IsRead(http.Request.Method) && StoredPages.Choose(bundle, below, http.Request.QueryString.Value ?? "") is { } chosen)
            return StoredPages.SendAsync(http, bundle, chosen, options.RetrySeconds(null, now), "preview");
        http.Response.StatusCode = below.Length == 0 ? 302 : 404;
        // Links of a page are relative to the folder it is in.
        if (below.Length == 0) http.Response.Headers.Location = $"{http.Request.Path.Value}/";
        http.Response.ContentLength = 0;
        SorryHead.Write(http, SorryPage.ContentSecurityPolicy);
        return Task.CompletedTask;
    }

    // Whichever is sooner: the switch's end, or what people think the incident's is.
    private DateTimeOffset? End(string host, SorryNotice? notice, DateTimeOffset now) =>
        Incidents?.Of(host, notice, now) is { } thought && !(notice?.Until < thought) ? thought : notice?.Until;

    private static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    // RFC 9112 section 6.1: a length besides chunks may be smuggling. Kestrel takes the chunks and moves the length to X-Content-Length.
    private static bool IsAmbiguous(HttpRequest request) =>
        request.Headers.ContainsKey("Transfer-Encoding") && (request.Headers.ContentLength is not null || request.Headers.ContainsKey("X-Content-Length"));

    private Task Page(HttpContext http, string host, SorryNotice? notice, DateTimeOffset now)
    {
        Counters.Count(notice is null ? HttpOutcome.Unlisted : HttpOutcome.Page);
        var request = http.Request;
        var form = Preferences.Form(request.Headers.Accept.ToString(), request.Path.Value ?? "");
        var language = Preferences.Language(request.Headers.AcceptLanguage.ToString());
        var end = End(host, notice, now);
        byte[] body = Encoding.UTF8.GetBytes(SorryPage.Write(form, language, host, notice, end));
        var response = http.Response;
        response.StatusCode = 503;
        response.ContentType = SorryPage.ContentType(form);
        response.ContentLength = body.Length;
        response.Headers.RetryAfter = options.RetrySeconds(end, now).ToString(CultureInfo.InvariantCulture);
        response.Headers.ContentLanguage = language.Tag;
        response.Headers.Vary = "Accept, Accept-Language";
        response.Headers["X-Sorry"] = notice is null ? "unlisted" : SorryHead.Reason(notice);
        SorryHead.Write(http, SorryPage.ContentSecurityPolicy);
        return HttpMethods.IsHead(request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }

    // RFC 8555 section 8.3.
    private Task Challenge(HttpContext http, string authorization)
    {
        Counters.Count(HttpOutcome.Challenge);
        byte[] body = Encoding.ASCII.GetBytes(authorization);
        http.Response.ContentType = "text/plain";
        http.Response.ContentLength = body.Length;
        SorryHead.Write(http, SorryPage.ContentSecurityPolicy);
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }

    private Task Redirect(HttpContext http, SorryNotice notice)
    {
        Counters.Count(HttpOutcome.Redirect);
        http.Response.StatusCode = notice.Answer switch { SorryAnswer.MovedPermanently => 301, SorryAnswer.TemporaryRedirect => 307, _ => 302 };
        http.Response.Headers.Location = notice.Location;
        http.Response.Headers["X-Sorry"] = SorryHead.Reason(notice);
        http.Response.ContentLength = 0;
        SorryHead.Write(http, SorryPage.ContentSecurityPolicy);
        return Task.CompletedTask;
    }

    private Task End(HttpContext http, HttpOutcome outcome)
    {
        Counters.Count(outcome);
        if (http.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
        {
            if (outcome == HttpOutcome.Reset) socket.LingerState = new LingerOption(true, 0);
            else socket.Shutdown(SocketShutdown.Both);
        }
        http.Abort();
        return Task.CompletedTask;
    }
}
