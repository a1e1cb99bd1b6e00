using Mesh.Host.Sorry.Contents;
using Mesh.Host.Sorry.Customers.Accounts;
using Mesh.Host.Sorry.Customers.Sessions;
using Mesh.Host.Sorry.Customers.Uploads;
using Mesh.Host.Sorry.Switches;
using Mesh.Host.Pages;

namespace Mesh.Host.Sorry.Customers.Web;

/// <summary>The pages for browsers. They work without script; everything that changes something is a form of ours, with the session's token.</summary>
public sealed class CustomerSite(CustomerDesk desk, CustomerBook book, CustomerEntry entry, UploadReader uploads, CustomerCounters counters, PreviewPlace previews, TimeProvider time)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/login", (RequestDelegate)(http => PageAsync(http, w => w.LogIn, CustomerSaid.Nothing, CustomerPages.Login(CustomerWords.For(http.Request)))));
        routes.MapPost("/login", (RequestDelegate)LoginAsync);
        routes.MapPost("/logout", Form(LogoutAsync));
        routes.MapGet("/", Page(HostsAsync));
        routes.MapGet("/host", Page(FindHostAsync));
        routes.MapGet("/hosts/{host}", Page((http, who) => HostAsync(http, who, CustomerSaid.Nothing)));
        routes.MapPost("/hosts/{host}/upload", (RequestDelegate)UploadAsync);
        routes.MapPost("/hosts/{host}/on", Form(OnAsync));
        routes.MapPost("/hosts/{host}/off", Form((http, who) => OrderAsync(http, who, host => desk.OffAsync(who.Account, host, http.RequestAborted))));
        routes.MapPost("/hosts/{host}/drop", Form((http, who) => OrderAsync(http, who, host => desk.DropAsync(who.Account, host, Field(http, "version"), http.RequestAborted))));
        routes.MapGet("/account", Page((http, who) => AccountAsync(http, who, CustomerSaid.Nothing, "")));
        routes.MapPost("/account/password", Form(PasswordAsync));
        routes.MapPost("/account/token", Form(TokenAsync));
    }

    private RequestDelegate Page(Func<HttpContext, CustomerVisit, Task> show) => http =>
    {
        if (entry.Visit(http) is { } visit) return show(http, visit);
        return ToAsync(http, "/login");
    };

    // In order of cost: who asks, from where, then what.
    private RequestDelegate Form(Func<HttpContext, CustomerVisit, Task> act) => async http =>
    {
        if (entry.Visit(http) is not { } visit) { await ToAsync(http, "/login"); return; }
        if (!OwnOrigin.IsForm(http.Request)) { await ForeignAsync(http); return; }
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (!CustomerEntry.IsToken(visit, form["csrf"].ToString())) { await ForeignAsync(http); return; }
        await act(http, visit);
    };

    private async Task LoginAsync(HttpContext http)
    {
        if (!OwnOrigin.IsForm(http.Request)) { await ForeignAsync(http); return; }
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var words = CustomerWords.For(http.Request);
        var result = await entry.LoginAsync(http, form["name"].ToString().Trim(), form["password"].ToString());
        if (result.Account is not null) { await ToAsync(http, "/"); return; }
        http.Response.StatusCode = result.Wait is null ? 401 : 429;
        if (result.Wait is not null) http.Response.Headers.RetryAfter = result.WaitSeconds;
        await PageAsync(http, w => w.LogIn, new CustomerSaid(result.Wait is null ? words.WrongLogin : words.TooManyLogins), CustomerPages.Login(words));
    }

    private Task LogoutAsync(HttpContext http, CustomerVisit who)
    {
        entry.Logout(http);
        return ToAsync(http, "/login");
    }

    private Task HostsAsync(HttpContext http, CustomerVisit who)
    {
        var hosts = desk.Hosts(who.Account).Select(h => (h, desk.Notice(h) is { } notice && notice.InForce(desk.Now))).ToList();
        return PageAsync(http, w => w.Hosts, CustomerSaid.Nothing, CustomerPages.Hosts(CustomerWords.For(http.Request), hosts, who.Account.Hosts.Any(static h => h.StartsWith('*'))), who);
    }

    private Task FindHostAsync(HttpContext http, CustomerVisit who) =>
        desk.HostOf(who.Account, http.Request.Query["name"].ToString().Trim()) is { } host ? ToAsync(http, $"/hosts/{host}") : NotYoursAsync(http, who);

    private Task HostAsync(HttpContext http, CustomerVisit who, CustomerSaid said)
    {
        if (Host(http, who) is not { } host) return NotYoursAsync(http, who);
        var page = new HostPage(CustomerWords.For(http.Request), host, who.Session.Csrf, v => previews.Of(http.Request, v));
        return PageAsync(http, _ => host, said, page.Write(desk.Notice(host), desk.Contents.Versions(host), who.Account.Name, desk.Now), who);
    }

    private async Task UploadAsync(HttpContext http)
    {
        if (entry.Visit(http) is not { } who) { await ToAsync(http, "/login"); return; }
        if (!OwnOrigin.IsForm(http.Request)) { await ForeignAsync(http); return; }
        if (Host(http, who) is not { } host) { await NotYoursAsync(http, who); return; }
        if (!uploads.TryEnter(http))
        {
            counters.Count(CustomerOutcome.TooManyUploads);
            http.Response.StatusCode = 503;
            await HostAsync(http, who, new CustomerSaid(UploadReader.TooMany));
            return;
        }
        try
        {
            var form = await uploads.FormAsync(http);
            if (!CustomerEntry.IsToken(who, form["csrf"].ToString())) { await ForeignAsync(http); return; }
            var upload = await uploads.OfFormAsync(form, http.RequestAborted);
            var outcome = await desk.UploadAsync(who.Account, host, upload, http.RequestAborted);
            if (outcome.Fault is not null) http.Response.StatusCode = 422;
            await HostAsync(http, who, Said(CustomerWords.For(http.Request), upload, outcome));
        }
        catch (Exception e) when (UploadReader.Fault(e) is { } fault)
        {
            counters.Count(CustomerOutcome.BadUpload);
            http.Response.StatusCode = 413;
            await HostAsync(http, who, new CustomerSaid(fault));
        }
        finally { uploads.Leave(); }
    }

    private static CustomerSaid Said(CustomerWords words, Upload upload, ContentOutcome outcome)
    {
        if (outcome.Fault is { } fault) return new CustomerSaid(fault);
        List<string> good = [words.Uploaded];
        if (outcome.Dropped.Count > 0) good.Add($"{words.Dropped} {string.Join(", ", outcome.Dropped.Select(static d => d.ShortId))}");
        if (upload.LeftOut.Count > 0) good.Add($"{words.LeftOut} {string.Join(", ", upload.LeftOut.Take(10))}");
        return new CustomerSaid("", good);
    }

    private Task OnAsync(HttpContext http, CustomerVisit who)
    {
        if (!SorryTime.TryRead(NullIfEmpty(Field(http, "from")), time, out var from) || !SorryTime.TryRead(NullIfEmpty(Field(http, "until")), time, out var until))
        {
            http.Response.StatusCode = 422;
            return HostAsync(http, who, new CustomerSaid(CustomerWords.For(http.Request).BadTime));
        }
        return OrderAsync(http, who, host => desk.OnAsync(who.Account, host, Field(http, "version"), from, until, Field(http, "message"), http.RequestAborted));
    }

    private async Task OrderAsync(HttpContext http, CustomerVisit who, Func<string, Task<string?>> order)
    {
        if (Host(http, who) is not { } host) { await NotYoursAsync(http, who); return; }
        string? fault = await order(host);
        if (fault is not null) http.Response.StatusCode = 422;
        await HostAsync(http, who, fault is null ? new CustomerSaid("", CustomerWords.For(http.Request).Done) : new CustomerSaid(fault));
    }

    private Task AccountAsync(HttpContext http, CustomerVisit who, CustomerSaid said, string token) =>
        PageAsync(http, w => w.Account, said, CustomerPages.Account(CustomerWords.For(http.Request), who.Session.Csrf, token), who);

    private async Task PasswordAsync(HttpContext http, CustomerVisit who)
    {
        var words = CustomerWords.For(http.Request);
        var right = await entry.JudgeAsync(http, who.Account.Name, Field(http, "old"));
        string? fault = right.Account is null ? right.Wait is null ? words.WrongLogin : words.TooManyLogins
            : Field(http, "new") != Field(http, "again") ? words.NotTheSame
            : await book.PasswordAsync(who.Account.Name, Field(http, "new"), $"customer {who.Account.Name}", "", http.RequestAborted);
        if (fault is not null)
        {
            http.Response.StatusCode = right.Wait is null ? 422 : 429;
            await AccountAsync(http, who, new CustomerSaid(fault), "");
            return;
        }
        counters.Count(CustomerOutcome.PasswordChange);
        entry.Logout(http);
        await PageAsync(http, w => w.LogIn, new CustomerSaid("", words.PasswordChanged), CustomerPages.Login(words));
    }

    private async Task TokenAsync(HttpContext http, CustomerVisit who)
    {
        var (token, hash) = CustomerPasswords.NewToken();
        string? fault = await desk.TokenAsync(book, who.Account, hash, http.RequestAborted);
        await AccountAsync(http, who, fault is null ? CustomerSaid.Nothing : new CustomerSaid(fault), fault is null ? token : "");
    }

    private string? Host(HttpContext http, CustomerVisit who) => desk.HostOf(who.Account, http.GetRouteValue("host") as string ?? "");

    private Task NotYoursAsync(HttpContext http, CustomerVisit who)
    {
        http.Response.StatusCode = 404;
        return PageAsync(http, w => w.Host, new CustomerSaid(CustomerWords.For(http.Request).NotYours), Html.Nothing, who);
    }

    private Task ForeignAsync(HttpContext http)
    {
        counters.Count(CustomerOutcome.ForeignForm);
        http.Response.StatusCode = 403;
        return PageAsync(http, w => w.Title, new CustomerSaid(CustomerWords.For(http.Request).FormExpired), Html.Nothing);
    }

    private static Task ToAsync(HttpContext http, string path)
    {
        http.Response.StatusCode = 303;
        http.Response.Headers.Location = path;
        return Task.CompletedTask;
    }

    private static Task PageAsync(HttpContext http, Func<CustomerWords, string> title, CustomerSaid said, Html content, CustomerVisit? who = null)
    {
        var words = CustomerWords.For(http.Request);
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.ContentLanguage = words.Tag;
        return http.Response.WriteAsync(CustomerFrame.Write(words, title(words), said, who?.Account.Name, who?.Session.Csrf ?? "", content), http.RequestAborted);
    }

    private static string Field(HttpContext http, string name) => http.Request.Form[name].ToString();

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
