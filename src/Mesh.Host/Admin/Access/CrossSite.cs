namespace Mesh.Host.Admin.Access;

/// <summary>Whether a browser says that a page from elsewhere makes it ask. What is no browser says nothing, and has no cookies that could be used.</summary>
public static class CrossSite
{
    /// <summary>By <c>Sec-Fetch-Site</c> (Fetch Metadata) and <c>Origin</c> (RFC 6454 section 7): either is enough.</summary>
    public static bool IsForeign(HttpRequest request)
    {
        string? fetch = request.Headers["Sec-Fetch-Site"];
        if (!string.IsNullOrEmpty(fetch) && fetch is not ("same-origin" or "none")) return true;
        string? origin = request.Headers.Origin;
        return !string.IsNullOrEmpty(origin) && !string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Methods that change something (RFC 9110 section 9.2.1).</summary>
    public static bool IsWrite(HttpRequest request) => !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method);
}
