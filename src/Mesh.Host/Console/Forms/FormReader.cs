using Mesh.Host.Admin.Access;
using Microsoft.AspNetCore.Http.Features;

namespace Mesh.Host.Console.Forms;

/// <summary>Reads what a form of the console sends, and refuses what is none. Where a request comes from has been judged before, by <see cref="AdminDoor"/>.</summary>
public sealed class FormReader(ConsoleScreen screen, FormKeys keys, AdminSessions sessions, ConsoleCounters counters)
{
    /// <summary>Null when it was refused, and answered.</summary>
    public async Task<IFormCollection?> ReadAsync(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = sessions.Limits.FormOctets;
        IFormCollection? form = null;
        try
        {
            if (http.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true)
                form = await http.Request.ReadFormAsync(new FormOptions { ValueCountLimit = 64, ValueLengthLimit = sessions.Limits.FormOctets, KeyLengthLimit = 64 }, http.RequestAborted);
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException) { form = null; }
        if (form is null) return await RefuseAsync(http, FormRefusal.Unreadable, 400, "The form could not be read, or is too large.");
        if (http.Request.Cookies[AdminDoor.Cookie] is not { Length: > 0 } cookie || !keys.IsOf(cookie, form[FormKeys.Field].ToString()))
            return await RefuseAsync(http, FormRefusal.NotOurs, 403, "This form is not of your session, or the session is over. Nothing was done: go back, reload the page and try again.");
        return form;
    }

    /// <summary>The same, for who has unlocked writing. Null when it was refused, and answered.</summary>
    public async Task<WriteForm?> ReadToWriteAsync(HttpContext http)
    {
        if (await ReadAsync(http) is not { } form) return null;
        if (http.Features.Get<AdminEntry>()?.Session?.Writer is { } writer) return new WriteForm(form, writer);
        await RefuseAsync(http, FormRefusal.ReadOnly, 403, "The console is read only. Unlock writing under Site first. Nothing was done.");
        return null;
    }

    private async Task<IFormCollection?> RefuseAsync(HttpContext http, FormRefusal refusal, int status, string why)
    {
        counters.Refuse(refusal);
        await screen.ShowAsync(http, new ConsolePage(ConsoleSection.Site, "Refused", ConsoleWords.Bad(why)) { Status = status });
        return null;
    }
}
