using System.CommandLine;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Mesh.Host.Admin;
using Mesh.Host.Config;
using Mesh.Host.Sorry.Switches;
using Mesh.Host.Status;
using Mesh.Host.Status.Subscriptions;
using Mesh.Io;

namespace Mesh.Host.Commands;

/// <summary><c>mesh status</c>: the page of a running site as files; an address of a subscriber deleted.</summary>
public static class StatusCommand
{
    public static Command Create(Terminal terminal, BundleOptions options, AdminClient client)
    {
        var folder = new Argument<string>("folder") { Description = "Where the files go; made when it is not there." };
        var url = new Option<string?>("--url") { Description = "The site's status page, instead of --bundle and --site.", HelpName = "URL" };
        var export = new Command("export", "Copy the status page into a folder for another web server.") { folder, url };
        options.AddTo(export, overrides: false);
        export.SetAction((parsed, cancelled) => ExportAsync(terminal, options, parsed, parsed.GetValue(folder)!, parsed.GetValue(url), cancelled));
        return new Command("status", "The public status page.") { export, Forget(terminal, options, client) };
    }

    private static Command Forget(Terminal terminal, BundleOptions options, AdminClient client)
    {
        var address = new Argument<string>("address") { Description = "Of somebody who asked for it." };
        var who = new Option<string?>("--who") { Description = "Who does it; the user of this shell when absent.", HelpName = "NAME" };
        var forget = new Command("forget", "End the subscriptions of a mail address and delete it at all sites; prints how many there were.") { address, who };
        client.AddTo(forget);
        forget.SetAction((parsed, cancelled) => client.Ask(parsed, HttpMethod.Post, SubscriberAdmin.Path + "/end", (body, _) =>
        {
            terminal.Out.WriteLine(parsed.GetValue(options.Json) ? body.Trim() : $"{JsonSerializer.Deserialize<SubscriberEnded>(body, AdminListener.Json)!.Ended}");
            return ExitCode.Ok;
        }, cancelled, content: JsonContent.Create(new SubscriberEnd(parsed.GetValue(address), parsed.GetValue(who) ?? SorryCommand.Person(terminal)), options: AdminListener.Json)));
        return forget;
    }

    private static async Task<int> ExportAsync(Terminal terminal, BundleOptions options, ParseResult parsed, string folder, string? url, CancellationToken cancelled)
    {
        if (Place(terminal, options, parsed, url, out var place) is var fault and not ExitCode.Ok) return fault;
        // In the first language where a page does not say another.
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = place, Timeout = AdminClient.Timeout };
        try
        {
            int files = await new StatusExport(http, folder).RunAsync(cancelled);
            terminal.Out.WriteLine($"{files} files in {folder}");
            return ExitCode.Ok;
        }
        catch (Exception e) when (e is HttpRequestException { StatusCode: null } or TaskCanceledException && !cancelled.IsCancellationRequested)
        {
            terminal.Error.WriteLine($"{place} is not reachable: {(e is TaskCanceledException ? "no answer" : e.Message)}");
            return ExitCode.NotReachable;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or UnauthorizedAccessException)
        {
            terminal.Error.WriteLine($"{place} is not exported: {e.Message}");
            return ExitCode.Failed;
        }
    }

    private static int Place(Terminal terminal, BundleOptions options, ParseResult parsed, string? given, out Uri? place)
    {
        place = null;
        if (given is not null)
        {
            if (Uri.TryCreate(given.TrimEnd('/') + "/", UriKind.Absolute, out place) && place.Scheme is "http" or "https") return ExitCode.Ok;
            terminal.Error.WriteLine($"--url {given}: a URL is expected, http://127.0.0.1:8081");
            return ExitCode.Usage;
        }
        var result = BundleReader.Read(options.Request(parsed));
        foreach (var problem in result.Problems.Where(p => !p.IsWarning)) terminal.Error.WriteLine(problem);
        if (result.HasErrors) return ExitCode.CheckFoundErrors;
        if (result.Sites.Count > 1)
        {
            terminal.Error.WriteLine($"which site? --site {string.Join('|', result.Sites.Keys)}");
            return ExitCode.Usage;
        }
        var bind = result.Sites.Values.First().Site.Listen.Status.Bind;
        // A listener on every address is reached over loopback.
        bool isAny = bind.SameHost(NetAddress.From(IPAddress.Any, 0)) || bind.SameHost(NetAddress.From(IPAddress.IPv6Any, 0));
        place = new Uri($"http://{(isAny ? NetAddress.From(IPAddress.Loopback, bind.Port) : bind)}/");
        return ExitCode.Ok;
    }
}
