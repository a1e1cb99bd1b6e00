using System.Text;
using System.Threading.Channels;
using Mesh.Host.Admin;
using Microsoft.AspNetCore.Http.Features;

namespace Mesh.Host.Console.Feeds;

/// <summary>Sends feeds to browsers as server-sent events (HTML Living Standard section 9.2): an event <c>fragment</c> with the whole changing part of the page, whenever it changes.</summary>
public sealed class FeedPages(IReadOnlyDictionary<string, ConsoleFeed> feeds, TimeProvider time, ConsoleLimits limits, ConsoleCounters counters, CancellationToken stopping) : IAdminPages
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/console/feeds/{name}", (RequestDelegate)ServeAsync);

    private async Task ServeAsync(HttpContext http)
    {
        if (!feeds.TryGetValue((string)http.Request.RouteValues["name"]!, out var feed)) { http.Response.StatusCode = 404; return; }
        if (!counters.TryOpenStream(limits.Streams))
        {
            http.Response.StatusCode = 503;
            http.Response.Headers.RetryAfter = "10";
            return;
        }
        var reader = feed.Join();
        try
        {
            http.Response.ContentType = "text/event-stream; charset=utf-8";
            http.Response.Headers.CacheControl = "no-store";
            http.Response.Headers.XContentTypeOptions = "nosniff";
            http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            await SendAllAsync(http, reader);
        }
        catch (OperationCanceledException) { }
        finally
        {
            feed.Leave(reader);
            counters.CloseStream();
        }
    }

    private async Task SendAllAsync(HttpContext http, ChannelReader<string> reader)
    {
        using var over = new CancellationTokenSource(limits.StreamLife, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, over.Token, stopping);
        await WriteAsync(http, "retry: 2000\n\n", end.Token);
        while (!end.IsCancellationRequested)
        {
            using var quiet = new CancellationTokenSource(limits.Silence, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(quiet.Token, end.Token);
            string said;
            try { said = Event(await reader.ReadAsync(either.Token)); }
            catch (OperationCanceledException) when (!end.IsCancellationRequested) { said = ":\n\n"; }
            await WriteAsync(http, said, end.Token);
        }
    }

    private static async Task WriteAsync(HttpContext http, string text, CancellationToken cancelled)
    {
        await http.Response.WriteAsync(text, cancelled);
        await http.Response.Body.FlushAsync(cancelled);
    }

    // A line feed of any kind would end the field.
    private static string Event(string fragment)
    {
        var text = new StringBuilder("event: fragment\n", fragment.Length + 256);
        foreach (var line in fragment.ReplaceLineEndings("\n").Split('\n')) text.Append("data: ").Append(line).Append('\n');
        return text.Append('\n').ToString();
    }
}
