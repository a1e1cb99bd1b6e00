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
        // A stream could not be read by a page elsewhere, but would take the room of those who may.
        if ((CrossSite.IsWrite(http.Request) || IsStream(http)) && CrossSite.IsForeign(http.Request)) return await RefuseAsync(http, AdminRefusal.ForeignOrigin);
        // Health says one word to anybody; others judge themselves, and more strictly.
        if (http.Request.Path.Value is "/livez" or "/readyz" || http.GetEndpoint()?.Metadata.GetMetadata<OwnAccess>() is not null) return true;
        var caller = AdminCaller.Of(http);
        var pass = access.Judge(caller, out var why);
        var session = SessionOf(http) is { } found && IsTheirs(found, caller, pass) ? found : null;
        if (session is null && pass is null) return await RefuseAsync(http, why);
        http.Features.Set(new AdminEntry(pass ?? AdminPass.Session, caller.Certificate ?? session?.Name ?? "", session));
        return true;
    }

    // A session that a certificate or this machine began is of no use without them, should somebody get hold of its cookie.
    private static bool IsTheirs(AdminSession session, AdminCaller caller, AdminPass? pass) => session.Pass switch
    {
        AdminPass.Certificate => caller.Certificate == session.Name,
        AdminPass.ThisMachine => pass == AdminPass.ThisMachine,
        _ => true,
    };

    /// <summary>Cookies open the console, never the API: a request to that is somebody's program's.</summary>
    private AdminSession? SessionOf(HttpContext http) =>
        http.Request.Path.StartsWithSegments(Console, StringComparison.Ordinal) ? sessions?.Find(http.Request.Cookies[Cookie], isUse: !IsStream(http)) : null;

    // Opened and opened again by the page itself, whether or not somebody sits before it.
    private static bool IsStream(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/console/feeds", StringComparison.Ordinal) || http.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.Ordinal);

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
