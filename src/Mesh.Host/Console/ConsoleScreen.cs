namespace Mesh.Host.Console;

/// <summary>Sends pages of the console: in their frame, with the headers every one has.</summary>
public sealed class ConsoleScreen(string mesh, string site)
{
    public async Task ShowAsync(HttpContext http, ConsolePage page)
    {
        var response = http.Response;
        response.StatusCode = page.Status;
        response.ContentType = "text/html; charset=utf-8";
        var headers = response.Headers;
        headers.ContentSecurityPolicy = page.Insert?.ContentSecurityPolicy ?? ConsoleStyle.ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // What operators see stays out of caches, also that of the browser's back button.
        headers.CacheControl = "no-store";
        await response.WriteAsync(ConsoleFrame.Write(new ConsoleReader(mesh, site, "Read only"), page), http.RequestAborted);
    }
}
