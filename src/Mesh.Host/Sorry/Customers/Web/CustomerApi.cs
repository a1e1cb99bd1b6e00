using Mesh.Host.Admin;
using Mesh.Host.Sorry.Contents;
using Mesh.Host.Sorry.Customers.Accounts;
using Mesh.Host.Sorry.Customers.Sessions;
using Mesh.Host.Sorry.Customers.Uploads;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Sorry.Customers.Web;

/// <summary>The same for programs, with name and password or a token in each request. Cookies mean nothing here, and what a browser sends from elsewhere is refused.</summary>
public sealed class CustomerApi(CustomerDesk desk, CustomerLogin login, UploadReader uploads, CustomerCounters counters, PreviewPlace previews, TimeProvider time)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api", In((http, account) => AnswerAsync(http, 200, new { hosts = desk.Hosts(account) })));
        routes.MapGet("/api/{host}", OfHost((http, _, host) => HostAsync(http, host)));
        routes.MapMethods("/api/{host}/versions/{name?}", ["POST", "PUT"], OfHost(UploadAsync));
        routes.MapDelete("/api/{host}/versions/{version}", OfHost((http, account, host) => OrderAsync(http, host, desk.DropAsync(account, host, http.GetRouteValue("version") as string ?? "", http.RequestAborted))));
        routes.MapPost("/api/{host}/on", OfHost(OnAsync));
        routes.MapPost("/api/{host}/off", OfHost((http, account, host) => OrderAsync(http, host, desk.OffAsync(account, host, http.RequestAborted))));
        routes.MapFallback("/api/{**rest}", (RequestDelegate)(http => ProblemAsync(http, 404, "there is nothing here; docs/customers.md says what there is")));
    }

    private RequestDelegate In(Func<HttpContext, CustomerAccount, Task> act) => async http =>
    {
        if (!OwnOrigin.IsProgram(http.Request))
        {
            counters.Count(CustomerOutcome.ForeignForm);
            await ProblemAsync(http, 403, "a page of another origin may not ask this");
            return;
        }
        var result = await login.ByHeaderAsync(http.Request.Headers.Authorization.ToString(), http.Connection.RemoteIpAddress, http.RequestAborted);
        if (result.Account is { } account) { await act(http, account); return; }
        // Not Basic: a browser would ask for the password, and send it along from then on.
        if (result.Wait is null) http.Response.Headers.WWWAuthenticate = "Bearer realm=\"mesh\"";
        else http.Response.Headers.RetryAfter = result.WaitSeconds;
        await ProblemAsync(http, result.Wait is null ? 401 : 429, result.Wait is null ? "name and password, or token, do not belong together" : "too many attempts; try again later");
    };

    private RequestDelegate OfHost(Func<HttpContext, CustomerAccount, string, Task> act) => In((http, account) =>
        desk.HostOf(account, http.GetRouteValue("host") as string ?? "") is { } host ? act(http, account, host) : ProblemAsync(http, 404, "this is not a host of yours"));

    private async Task UploadAsync(HttpContext http, CustomerAccount account, string host)
    {
        if (!uploads.TryEnter(http))
        {
            counters.Count(CustomerOutcome.TooManyUploads);
            http.Response.Headers.RetryAfter = "5";
            await ProblemAsync(http, 503, UploadReader.TooMany);
            return;
        }
        try
        {
            var upload = http.Request.HasFormContentType && http.Request.ContentType!.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase)
                ? await uploads.OfFormAsync(await uploads.FormAsync(http), http.RequestAborted)
                : await uploads.OfBodyAsync(http, http.GetRouteValue("name") as string ?? ContentCheck.FirstPage);
            if (upload.Label.Length == 0) upload = upload with { Label = http.Request.Query["label"].ToString() };
            var outcome = await desk.UploadAsync(account, host, upload, http.RequestAborted);
            if (outcome.Version is { } version)
                await AnswerAsync(http, 201, new { version = View(http, version), dropped = outcome.Dropped.Select(static d => d.ShortId), leftOut = upload.LeftOut });
            else await ProblemAsync(http, 422, outcome.Fault!);
        }
        catch (Exception e) when (UploadReader.Fault(e) is { } fault)
        {
            counters.Count(CustomerOutcome.BadUpload);
            await ProblemAsync(http, 413, fault);
        }
        finally { uploads.Leave(); }
    }

    private async Task OnAsync(HttpContext http, CustomerAccount account, string host)
    {
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : null;
        string Field(string name) => form?[name] is { Count: > 0 } given ? given.ToString() : http.Request.Query[name].ToString();
        if (!SorryTime.TryRead(Field("from") is { Length: > 0 } begin ? begin : null, time, out var from) || !SorryTime.TryRead(Field("until") is { Length: > 0 } end ? end : null, time, out var until))
        {
            await ProblemAsync(http, 422, "a time is written like 2026-03-02T14:00Z, or 2h for two hours from now");
            return;
        }
        await OrderAsync(http, host, desk.OnAsync(account, host, Field("version"), from, until, Field("message"), http.RequestAborted));
    }

    private async Task OrderAsync(HttpContext http, string host, Task<string?> order)
    {
        if (await order is { } fault) await ProblemAsync(http, 422, fault);
        else await HostAsync(http, host);
    }

    private Task HostAsync(HttpContext http, string host)
    {
        var notice = desk.Notice(host);
        return AnswerAsync(http, 200, new
        {
            host,
            on = notice?.InForce(desk.Now) ?? false,
            @switch = notice is null ? null : new { version = notice.Content.Length > 0 ? notice.Content[..12] : CustomerDesk.UsualPage, notice.Message, notice.From, notice.Until, byOperator = notice.Customer.Length == 0 },
            versions = desk.Contents.Versions(host).Select(v => View(http, v)),
        });
    }

    private object View(HttpContext http, ContentVersion version) =>
        new { id = version.ShortId, version.Label, version.Files, version.Octets, version.TakenAt, preview = previews.Of(http.Request, version) };

    private static Task AnswerAsync(HttpContext http, int status, object answer)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(answer, AdminListener.Json, http.RequestAborted);
    }

    /// <summary>RFC 9457.</summary>
    public static Task ProblemAsync(HttpContext http, int status, string detail)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new { type = "about:blank", title = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status), status, detail },
            AdminListener.Json, "application/problem+json", http.RequestAborted);
    }
}
