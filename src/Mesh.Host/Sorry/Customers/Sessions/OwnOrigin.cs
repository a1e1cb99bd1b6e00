namespace Mesh.Host.Sorry.Customers.Sessions;

/// <summary>Whether a request that changes something comes from a page of ours. Browsers say where a request comes from in headers that no page can write.</summary>
public static class OwnOrigin
{
    /// <summary>A form: the browser must say that it is ours.</summary>
    public static bool IsForm(HttpRequest request)
    {
        string origin = request.Headers.Origin.ToString(), site = request.Headers["Sec-Fetch-Site"].ToString();
        if (origin.Length > 0) return IsOwn(request, origin);
        return site == "same-origin";
    }

    /// <summary>A program says nothing of an origin; a browser that was led here does.</summary>
    public static bool IsProgram(HttpRequest request)
    {
        string origin = request.Headers.Origin.ToString(), site = request.Headers["Sec-Fetch-Site"].ToString();
        return origin.Length == 0 ? site is "" or "none" or "same-origin" : IsOwn(request, origin);
    }

    // The scheme is not compared: a proxy before us may have ended TLS.
    private static bool IsOwn(HttpRequest request, string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && request.Host.HasValue
        && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
}
