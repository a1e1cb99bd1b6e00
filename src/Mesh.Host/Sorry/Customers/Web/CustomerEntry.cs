using System.Security.Cryptography;
using System.Text;
using Mesh.Host.Sorry.Customers.Accounts;
using Mesh.Host.Sorry.Customers.Sessions;

namespace Mesh.Host.Sorry.Customers.Web;

/// <summary>Who a browser is logged in as: the cookie, and what it stands for.</summary>
public sealed class CustomerEntry(CustomerBook book, CustomerLogin login, SessionTable sessions)
{
    /// <summary>With this beginning a browser takes the cookie over TLS from this very host only (RFC 6265bis section 4.1.3.2).</summary>
    public const string SecureCookie = "__Host-mesh-customer", PlainCookie = "mesh-customer";

    /// <summary>Null when nobody is logged in. A changed password, at whichever site, ends the sessions begun before.</summary>
    public CustomerVisit? Visit(HttpContext http)
    {
        string? id = http.Request.Cookies[Cookie(http)];
        if (sessions.Find(id) is not { } session) return null;
        if (book.Board.Find(session.Account) is { } account && account.Stamp == session.Stamp) return new CustomerVisit(account, session);
        sessions.End(id);
        return null;
    }

    public Task<LoginResult> JudgeAsync(HttpContext http, string name, string password) => login.ByPasswordAsync(name, password, http.Connection.RemoteIpAddress, http.RequestAborted);

    /// <summary>Logs in with a new session, whatever the browser had before.</summary>
    public async Task<LoginResult> LoginAsync(HttpContext http, string name, string password)
    {
        var result = await JudgeAsync(http, name, password);
        if (result.Account is not { } account) return result;
        sessions.End(http.Request.Cookies[Cookie(http)]);
        http.Response.Cookies.Append(Cookie(http), sessions.Begin(account.Name, account.Stamp).Id, Options(http));
        return result;
    }

    public void Logout(HttpContext http)
    {
        sessions.End(http.Request.Cookies[Cookie(http)]);
        http.Response.Cookies.Delete(Cookie(http), Options(http));
    }

    public static bool IsToken(CustomerVisit visit, string csrf) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(csrf), Encoding.UTF8.GetBytes(visit.Session.Csrf));

    private static string Cookie(HttpContext http) => http.Request.IsHttps ? SecureCookie : PlainCookie;

    private static CookieOptions Options(HttpContext http) => new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, Path = "/" };
}

/// <summary>Somebody who is logged in.</summary>
public sealed record CustomerVisit(CustomerAccount Account, Session Session);
