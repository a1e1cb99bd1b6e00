using Mesh.Host.Admin;
using Mesh.Host.Admin.Access;
using Mesh.Host.Console.Forms;
using Mesh.Host.Pages;

namespace Mesh.Host.Console.Writing;

/// <summary>Signing in with the token, for a browser that nothing else lets in, and out again.</summary>
public sealed class SignInPages(ConsoleScreen screen, FormReader forms, AdminAccess access, AdminSessions sessions) : IAdminPages
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(AdminDoor.SignIn, (HttpContext http, string? to) => ShowAsync(http, to, 200, "")).WithMetadata(OwnAccess.Instance);
        routes.MapPost(AdminDoor.SignIn, (RequestDelegate)EnterAsync).WithMetadata(OwnAccess.Instance);
        routes.MapPost("/console/sign-out", (RequestDelegate)LeaveAsync);
    }

    private Task ShowAsync(HttpContext http, string? to, int status, string fault) => screen.ShowAsync(http, new ConsolePage(ConsoleSection.Site, "Sign in", Html.Of($"""
        {(fault.Length > 0 ? ConsoleWords.Bad(fault) : Html.Nothing)}
        {(access.HasToken ? Form(http, to) : Html.Of($"<p>Nobody can sign in here with a token: the bundle sets none. Open the console on the machine itself, or with a client certificate.</p>"))}
        """)) { Status = status });

    private Html Form(HttpContext http, string? to) => FormHtml.Form(AdminDoor.SignIn, screen.FormKey(http), Html.Of($"""
        <input type="hidden" name="to" value="{Inside(to)}" />
        {FormHtml.Input("token", "Token", hint: "The bundle's admin token.", type: "password", required: true)}
        {FormHtml.Button("Sign in")}
        """));

    private async Task EnterAsync(HttpContext http)
    {
        if (await forms.ReadAsync(http) is not { } form) return;
        string to = Inside(form["to"]);
        if (!access.IsToken(http.Connection.RemoteIpAddress, form["token"].ToString().Trim(), out var why))
        {
            access.Count(why);
            bool isTooMany = why == AdminRefusal.TooManyTries;
            if (isTooMany) http.Response.Headers.RetryAfter = "60";
            await ShowAsync(http, to, isTooMany ? 429 : 403, isTooMany ? "Too many wrong tokens came from here. Wait a minute." : "That is not the token.");
            return;
        }
        // What the browser was before it signed in, or was made to be, is worth nothing from now on.
        if (sessions.Find(http.Request.Cookies[AdminDoor.Cookie], isUse: false) is { } before) sessions.End(before);
        if (sessions.Begin(AdminPass.Token, "") is not { } session)
        {
            await ShowAsync(http, to, 503, "There are too many sessions. Try again later.");
            return;
        }
        ConsoleScreen.GiveCookie(http, session.Id);
        ConsoleScreen.SendTo(http, to);
    }

    private async Task LeaveAsync(HttpContext http)
    {
        if (await forms.ReadAsync(http) is null) return;
        if (http.Features.Get<AdminEntry>()?.Session is { } session) sessions.End(session);
        ConsoleScreen.TakeCookie(http);
        ConsoleScreen.SendTo(http, access.HasToken ? AdminDoor.SignIn : "/console/");
    }

    // Nobody is led away from the console by an address they were given.
    private static string Inside(string? to) =>
        to is not null && to.Length <= 500 && to.StartsWith(AdminDoor.Console + "/", StringComparison.Ordinal) && !to.Contains('\\', StringComparison.Ordinal) && !to.Any(char.IsControl) && !Uri.UnescapeDataString(to).Contains("..", StringComparison.Ordinal) && !to.StartsWith(AdminDoor.SignIn, StringComparison.Ordinal) ? to : "/console/";
}
