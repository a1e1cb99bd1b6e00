using System.Text;
using Mesh.Host.Admin;
using Mesh.Host.Console;
using Mesh.Host.Ladders.Export;

namespace Mesh.Host.Ladders.Pages;

/// <summary>Ladders on the admin listener: of all sites as page, text, Mermaid, capture and JSON under the call's permalink, and this site's own record.</summary>
public sealed class LadderPages(SiteLadders own, LadderDesk desk, ConsoleScreen screen, TimeProvider time) : IAdminPages
{
    /// <summary>Pages kept up to date at once.</summary>
    public const int MaxFeeds = 32;

    /// <summary>How often a live call is looked at again.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private int feeds;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/ladders/{origin}", OwnAsync);
        routes.MapGet("/console/calls/{origin}/live", (RequestDelegate)LiveAsync);
        routes.MapGet("/console/calls/{name}", (RequestDelegate)ShowAsync);
    }

    private async Task<IResult> OwnAsync(string origin, CancellationToken cancelled) =>
        LadderDesk.IsOrigin(origin) && await own.FindAsync(origin, cancelled) is { IsEmpty: false } ladder ? TypedResults.Json(ladder, AdminListener.Json) : TypedResults.NotFound();

    private async Task ShowAsync(HttpContext http)
    {
        string name = (string)http.Request.RouteValues["name"]!, origin = Path.GetFileNameWithoutExtension(name), form = Path.GetExtension(name);
        if (await desk.FindAsync(origin, http.RequestAborted) is not { } ladder)
        {
            await screen.ShowAsync(http, LadderPage.Missing(origin));
            return;
        }
        switch (form)
        {
            case "": await screen.ShowAsync(http, LadderPage.Of(ladder)); break;
            case ".txt": await SendAsync(http, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(LadderText.Write(ladder))); break;
            case ".mmd": await SendAsync(http, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(LadderMermaid.Write(ladder))); break;
            case ".pcap": await SendAsync(http, LadderPcap.MediaType, LadderPcap.Write(ladder), $"{origin}.pcap"); break;
            case ".json": await SendAsync(http, "application/json", System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(ladder, AdminListener.Json)); break;
            default: await screen.ShowAsync(http, LadderPage.Missing(name)); break;
        }
    }

    /// <summary>Fragments while the call lives; after the last one the stream stays as it is until the reader goes.</summary>
    private async Task LiveAsync(HttpContext http)
    {
        string origin = (string)http.Request.RouteValues["origin"]!;
        if (Interlocked.Increment(ref feeds) > MaxFeeds)
        {
            Interlocked.Decrement(ref feeds);
            http.Response.StatusCode = 503;
            http.Response.Headers.RetryAfter = "5";
            return;
        }
        using var over = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        try
        {
            http.Response.ContentType = "text/event-stream";
            http.Response.Headers.CacheControl = "no-store";
            string shown = "";
            bool isLive;
            do
            {
                var ladder = await desk.FindAsync(origin, over.Token);
                isLive = ladder is { IsLive: true };
                if (ladder is not null && LadderFragment.Write(ladder).Markup is var now && now != shown) await FragmentAsync(http.Response, shown = now, over.Token);
                await Task.Delay(isLive ? Every : Timeout.InfiniteTimeSpan, time, over.Token);
            }
            while (isLive);
        }
        catch (OperationCanceledException) { /* the reader has gone, or the site stops */ }
        finally { Interlocked.Decrement(ref feeds); }
    }

    private static async Task FragmentAsync(HttpResponse response, string markup, CancellationToken cancelled)
    {
        await response.WriteAsync($"event: fragment\n{string.Concat(markup.Split('\n').Select(line => $"data: {line}\n"))}\n", cancelled);
        await response.Body.FlushAsync(cancelled);
    }

    private static async Task SendAsync(HttpContext http, string type, byte[] octets, string? file = null)
    {
        http.Response.ContentType = type;
        http.Response.ContentLength = octets.Length;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        if (file is not null) http.Response.Headers.ContentDisposition = $"attachment; filename=\"{file}\"";
        await http.Response.Body.WriteAsync(octets, http.RequestAborted);
    }
}
