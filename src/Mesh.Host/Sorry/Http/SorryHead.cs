using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Sorry.Http;

/// <summary>The headers that every answer has.</summary>
public static class SorryHead
{
    public static void Write(HttpContext http, string contentSecurityPolicy)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = contentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        // A body is not read: what follows it on this connection would be.
        if (http.Request.ContentLength is > 0 || http.Request.Headers.ContainsKey("Transfer-Encoding")) headers.Connection = "close";
    }

    /// <summary>What X-Sorry says of a switch.</summary>
    public static string Reason(SorryNotice notice) =>
        notice.Message.Length == 0 ? "switched" : string.Concat(notice.Message.Take(200).Select(c => c is >= ' ' and <= '~' ? c : '?'));
}
