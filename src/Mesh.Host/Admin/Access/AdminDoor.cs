namespace Mesh.Host.Admin.Access;

/// <summary>Judges every request to the admin listener before anything else sees it.</summary>
public sealed class AdminDoor(AdminAccess access, AdminSessions? sessions)
{
    /// <summary>Of a session, or of a browser before it has one. Sent to the console only, never by a page from elsewhere.</summary>
    public const string Cookie = "mesh_console";

    /// <summary>Where browsers go, and what they are sent to when they are not let in.</summary>
    public const string Console = "/console", SignIn = "/console/sign-in";

    public AdminAccess Access => access;

    /// <summary>True when the request may go on; else it has been answered.</summary>
    public async Task<bool> AdmitAsync(HttpContext http)
    {
        if (CrossSite.IsWrite(http.Request) && CrossSite.IsForeign(http.Request)) return await RefuseAsync(http, AdminRefusal.ForeignOrigin);
        // Health says one word to anybody; others judge themselves, and more strictly.
        if (http.Request.Path.Value is "/livez" or "/readyz" || http.GetEndpoint()?.Metadata.GetMetadata<OwnAccess>() is not null) return true;
        var caller = AdminCaller.Of(http);
        var session = SessionOf(http);
        var pass = access.Judge(caller, out var why);
        if (session is null && pass is null) return await RefuseAsync(http, why);
        http.Features.Set(new AdminEntry(pass ?? AdminPass.Session, caller.Certificate ?? session?.Name ?? "", session));
        return true;
    }

    /// <summary>Cookies open the console, never the API: a request to that is somebody's program's.</summary>
    private AdminSession? SessionOf(HttpContext http) =>
        http.Request.Path.StartsWithSegments(Console, StringComparison.Ordinal) ? sessions?.Find(http.Request.Cookies[Cookie], isUse: !http.Request.Path.StartsWithSegments("/console/feeds", StringComparison.Ordinal)) : null;

    private async Task<bool> RefuseAsync(HttpContext http, AdminRefusal why)
    {
        access.Count(why);
        bool isPage = HttpMethods.IsGet(http.Request.Method) && (http.Request.Path == "/" || http.Request.Path.StartsWithSegments(Console, StringComparison.Ordinal)) && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);
        if (isPage && why == AdminRefusal.Stranger && sessions is not null && access.HasToken)
        {
            string to = http.Request.Path + http.Request.QueryString;
            http.Response.Redirect(to is "/" or "/console/" ? SignIn : $"{SignIn}?to={Uri.EscapeDataString(to)}");
            return false;
        }
        var (status, text) = access.Answer(why);
        if (status == 401) http.Response.Headers.WWWAuthenticate = "Bearer";
        if (status == 429) http.Response.Headers.RetryAfter = "60";
        http.Response.StatusCode = status;
        await http.Response.WriteAsync(text + "\n", http.RequestAborted);
        return false;
    }
}
