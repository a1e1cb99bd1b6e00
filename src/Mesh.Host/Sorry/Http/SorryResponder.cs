using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Mesh.Host.Listening;
using Mesh.Host.Sorry.Switches;
using Microsoft.AspNetCore.Connections.Features;

namespace Mesh.Host.Sorry.Http;

/// <summary>Answers every request, whatever its host, path and method, as its host is switched.</summary>
public sealed class SorryResponder(SorrySwitches switches, TimeProvider time, HttpOptions options)
{
    public HttpCounters Counters { get; } = new();

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
        var notice = switches.Board.Find(SorryChannel.Http, host.Length == 0 ? SorryTarget.Everything : host, now);
        switch (notice?.Answer)
        {
            case SorryAnswer.Close: return End(http, HttpOutcome.Closed);
            case SorryAnswer.Reset: return End(http, HttpOutcome.Reset);
            case { } answer when answer.IsRedirect(): return Redirect(http, notice);
            default: return Page(http, host, notice, now);
        }
    }

    // RFC 9112 section 6.1: a length besides chunks may be smuggling. Kestrel takes the chunks and moves the length to X-Content-Length.
    private static bool IsAmbiguous(HttpRequest request) =>
        request.Headers.ContainsKey("Transfer-Encoding") && (request.Headers.ContentLength is not null || request.Headers.ContainsKey("X-Content-Length"));

    private Task Page(HttpContext http, string host, SorryNotice? notice, DateTimeOffset now)
    {
        Counters.Count(notice is null ? HttpOutcome.Unlisted : HttpOutcome.Page);
        var request = http.Request;
        var form = Preferences.Form(request.Headers.Accept.ToString(), request.Path.Value ?? "");
        var language = Preferences.Language(request.Headers.AcceptLanguage.ToString());
        byte[] body = Encoding.UTF8.GetBytes(SorryPage.Write(form, language, host, notice));
        var response = http.Response;
        response.StatusCode = 503;
        response.ContentType = SorryPage.ContentType(form);
        response.ContentLength = body.Length;
        response.Headers.RetryAfter = RetryAfter(notice, now).ToString(CultureInfo.InvariantCulture);
        response.Headers.ContentLanguage = language.Tag;
        response.Headers.Vary = "Accept, Accept-Language";
        response.Headers["X-Sorry"] = notice is null ? "unlisted" : Reason(notice);
        Common(http);
        return HttpMethods.IsHead(request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }

    private Task Redirect(HttpContext http, SorryNotice notice)
    {
        Counters.Count(HttpOutcome.Redirect);
        http.Response.StatusCode = notice.Answer switch { SorryAnswer.MovedPermanently => 301, SorryAnswer.TemporaryRedirect => 307, _ => 302 };
        http.Response.Headers.Location = notice.Location;
        http.Response.Headers["X-Sorry"] = Reason(notice);
        http.Response.ContentLength = 0;
        Common(http);
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

    private static void Common(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = SorryPage.ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        // A body is not read: what follows it on this connection would be.
        if (http.Request.ContentLength is > 0 || http.Request.Headers.ContainsKey("Transfer-Encoding")) headers.Connection = "close";
    }

    private long RetryAfter(SorryNotice? notice, DateTimeOffset now)
    {
        var wait = notice?.Until is { } until ? until - now : options.RetryAfter;
        return (long)Math.Ceiling(Math.Clamp(wait.TotalSeconds, 1, options.RetryAtMost.TotalSeconds));
    }

    private static string Reason(SorryNotice notice) =>
        notice.Message.Length == 0 ? "switched" : string.Concat(notice.Message.Take(200).Select(c => c is >= ' ' and <= '~' ? c : '?'));
}
