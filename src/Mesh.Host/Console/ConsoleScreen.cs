using Mesh.Host.Admin.Access;
using Mesh.Host.Console.Forms;

namespace Mesh.Host.Console;

/// <summary>Sends pages of the console: in their frame, with the headers every one has; and keeps the cookie that ties forms to a browser.</summary>
public sealed class ConsoleScreen(string mesh, string site, FormKeys keys, AdminSessions sessions)
{
    /// <summary>Whom the request is from.</summary>
    public ConsoleReader ReaderOf(HttpContext http) => new(mesh, site, http.Features.Get<AdminEntry>());

    /// <summary>What goes into a form made for this browser. To be asked before the page is sent: a browser without a cookie gets one.</summary>
    public string FormKey(HttpContext http)
    {
        string? cookie = http.Features.Get<AdminEntry>()?.Session?.Id ?? http.Request.Cookies[AdminDoor.Cookie];
        if (string.IsNullOrEmpty(cookie) || cookie.Length > 100)
        {
            cookie = sessions.NewId();
            GiveCookie(http, cookie);
        }
        return keys.Of(cookie);
    }

    /// <summary>From the next request on the browser is known by that id.</summary>
    public static void GiveCookie(HttpContext http, string id) =>
        http.Response.Cookies.Append(AdminDoor.Cookie, id, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, Path = AdminDoor.Console });

    public static void TakeCookie(HttpContext http) => http.Response.Cookies.Delete(AdminDoor.Cookie, new CookieOptions { Path = AdminDoor.Console });

    public async Task ShowAsync(HttpContext http, ConsolePage page)
    {
        http.Response.StatusCode = page.Status;
        http.Response.ContentType = "text/html; charset=utf-8";
        Harden(http.Response.Headers, page.Insert?.ContentSecurityPolicy ?? ConsoleStyle.ContentSecurityPolicy);
        await http.Response.WriteAsync(ConsoleFrame.Write(ReaderOf(http), page), http.RequestAborted);
    }

    /// <summary>After a form: the browser asks for a page, so that reloading it does nothing again.</summary>
    /// <param name="address">Of the console.</param>
    public static void SendTo(HttpContext http, string address)
    {
        http.Response.StatusCode = 303;
        http.Response.Headers.Location = address;
        http.Response.Headers.CacheControl = "no-store";
    }

    private static void Harden(IHeaderDictionary headers, string policy)
    {
        headers.ContentSecurityPolicy = policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // What operators see stays out of caches, also that of the browser's back button.
        headers.CacheControl = "no-store";
    }
}
