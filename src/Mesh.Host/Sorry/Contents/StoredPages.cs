using System.Globalization;
using Mesh.Host.Sorry.Http;

namespace Mesh.Host.Sorry.Contents;

/// <summary>
/// Sends stored files. Pages are 503, as every page that says sorry; what pages are made of is 200, since browsers apply no style sheet and show no font that came with an error, and
/// search engines are told to keep neither. Nothing runs: no script is stored or allowed, and each page is in a sandbox, an origin that is nobody's.
/// </summary>
public static class StoredPages
{
    public const string ContentSecurityPolicy =
        "default-src 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; font-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        + "sandbox allow-popups allow-popups-to-escape-sandbox";

    /// <summary>
    /// What of a version answers a request. Every path leads to a page, the first one if there is no other; a style sheet or an image is also found below the folder of whatever page asks
    /// for it, since a page shown at <c>/a/b</c> refers to <c>/a/style.css</c>.
    /// </summary>
    /// <returns>Null: nothing does, the usual answer is given.</returns>
    public static (string Name, ContentType Type)? Choose(ContentBundle bundle, string path, string query)
    {
        foreach (string name in ContentPath.Asked(path, query))
            if (bundle.Place(name) is not null) return (name, ContentType.Of(name)!);
        if (ContentType.Of(path) is { IsPage: false })
        {
            string rest = path.TrimStart('/');
            for (int slash = rest.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = rest.IndexOf('/', StringComparison.Ordinal))
            {
                rest = rest[(slash + 1)..];
                if (bundle.Place(rest) is not null) return (rest, ContentType.Of(rest)!);
            }
            return null;
        }
        return (ContentCheck.FirstPage, ContentType.Of(ContentCheck.FirstPage)!);
    }

    /// <summary>Sends a file from the disk. The answer ends early when the version is dropped meanwhile.</summary>
    /// <param name="retryAfter">Seconds.</param>
    /// <param name="reason">Of the X-Sorry header.</param>
    public static async Task SendAsync(HttpContext http, ContentBundle bundle, (string Name, ContentType Type) chosen, long retryAfter, string reason)
    {
        var (file, offset, length) = bundle.Place(chosen.Name)!.Value;
        var response = http.Response;
        response.StatusCode = chosen.Type.IsPage ? 503 : 200;
        response.ContentType = chosen.Type.Name;
        response.ContentLength = length;
        SorryHead.Write(http, ContentSecurityPolicy);
        response.Headers["X-Sorry"] = reason;
        response.Headers["X-Robots-Tag"] = "noindex";
        if (chosen.Type.IsPage) response.Headers.RetryAfter = retryAfter.ToString(CultureInfo.InvariantCulture);
        // A sandboxed page has no origin, and browsers fetch fonts by the rules for other origins.
        else response.Headers.AccessControlAllowOrigin = "*";
        if (HttpMethods.IsHead(http.Request.Method)) return;
        try { await response.SendFileAsync(file, offset, length, http.RequestAborted); }
        catch (IOException) { http.Abort(); }
    }
}
