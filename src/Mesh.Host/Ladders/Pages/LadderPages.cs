using System.Text;
using Mesh.Host.Admin;
using Mesh.Host.Admin.Access;
using Mesh.Host.Console;
using Mesh.Host.Ladders.Export;

namespace Mesh.Host.Ladders.Pages;

/// <summary>Ladders on the admin listener: of all sites as page, text, Mermaid, capture and JSON under the call's permalink, and this site's own record.</summary>
public sealed class LadderPages(SiteLadders own, LadderDesk desk, ConsoleScreen screen, TimeProvider time) : IAdminPages
{
    /// <summary>Pages kept up to date at once.</summary>
    public const int MaxStreams = 32;

    private readonly ConsoleLimits limits = new();
    private int streams;

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

    private async Task LiveAsync(HttpContext http)
    {
        // A page from elsewhere could not read it, but could take the room of those who may.
        if (CrossSite.IsForeign(http.Request)) { http.Response.StatusCode = 403; return; }
        if (Interlocked.Increment(ref streams) > MaxStreams)
        {
            Interlocked.Decrement(ref streams);
            http.Response.StatusCode = 503;
            http.Response.Headers.RetryAfter = "10";
            return;
        }
        using var life = new CancellationTokenSource(limits.StreamLife, time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.Token, http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        try { await FollowAsync(http, (string)http.Request.RouteValues["origin"]!, over.Token); }
        catch (OperationCanceledException) { /* the reader has gone, or asks again, or the site stops */ }
        finally { Interlocked.Decrement(ref streams); }
    }

    /// <summary>Fragments while the call lives; after the last one only that the stream is there.</summary>
    private async Task FollowAsync(HttpContext http, string origin, CancellationToken over)
    {
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        string said = "retry: 2000\n\n", shown = "";
        for (bool isLive = true; ; said = ":\n\n")
        {
            var ladder = isLive ? await desk.FindAsync(origin, over) : null;
            isLive = ladder is { IsLive: true };
            if (ladder is not null && LadderFragment.Write(ladder).Markup is var now && now != shown)
                said += $"event: fragment\n{string.Concat((shown = now).Split('\n').Select(line => $"data: {line}\n"))}\n";
            await http.Response.WriteAsync(said, over);
            await http.Response.Body.FlushAsync(over);
            await Task.Delay(isLive ? limits.Every : limits.Silence, time, over);
        }
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
