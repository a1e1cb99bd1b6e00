using System.CommandLine;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Mesh.Host.Config;
using Mesh.Host.Config.Model;
using Mesh.Io;

namespace Mesh.Host.Commands;

/// <summary>Asks a running site over its admin listener; every way that can fail has its exit code.</summary>
public sealed class AdminClient(Terminal terminal, BundleOptions options)
{
    /// <summary>How long a site may take to answer.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public Option<string?> Admin { get; } = new("--admin") { Description = "The site's admin listener, instead of --bundle and --site.", HelpName = "URL" };

    public void AddTo(Command command)
    {
        options.AddTo(command, overrides: false);
        command.Add(Admin);
        command.Add(options.Json);
    }

    /// <summary>Sends a request and hands its JSON on; returns the exit code. <paramref name="accept"/> says which refusals still carry an answer.</summary>
    public async Task<int> Ask(ParseResult parsed, HttpMethod method, string path, Func<string, HttpStatusCode, int> answer, CancellationToken cancelled, HttpStatusCode accept = HttpStatusCode.OK, HttpContent? content = null)
    {
        if (Place(parsed, path, out var places, out string? token, out var tls) is var fault and not ExitCode.Ok) return fault;
        using var http = new HttpClient(Handler(tls)) { Timeout = Timeout };
        if (content is not null) await content.LoadIntoBufferAsync(cancelled);
        foreach (var other in places.SkipLast(1))
            if (await AskAsync(http, other, isLast: false) is { } code) return code;
        return await AskAsync(http, places[^1], isLast: true) ?? ExitCode.NotReachable;

        Task<int?> AskAsync(HttpClient http, Uri url, bool isLast) => Ask(http, url, token, method, path, answer, accept, content, isLast, cancelled);
    }

    // Null: it is not there, and there is another to ask.
    private async Task<int?> Ask(HttpClient http, Uri url, string? token, HttpMethod method, string path, Func<string, HttpStatusCode, int> answer, HttpStatusCode accept, HttpContent? content, bool isLast, CancellationToken cancelled)
    {
        // Not disposed: its content may be sent to another.
        var request = new HttpRequestMessage(method, new Uri(url, path)) { Content = content };
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var response = await http.SendAsync(request, cancelled);
            string body = await response.Content.ReadAsStringAsync(cancelled);
            if (response.IsSuccessStatusCode || response.StatusCode == accept) return answer(body, response.StatusCode);
            terminal.Error.WriteLine($"{url} refuses: {(int)response.StatusCode} {body.Trim()}");
            return ExitCode.Refused;
        }
        catch (HttpRequestException e) when (!isLast && e.HttpRequestError == HttpRequestError.ConnectionError)
        {
            terminal.Error.WriteLine($"{url} is not reachable; the other process of the site is asked");
            return null;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancelled.IsCancellationRequested)
        {
            terminal.Error.WriteLine($"{url} is not reachable: {(e is TaskCanceledException ? "no answer" : e.Message)}");
            return ExitCode.NotReachable;
        }
    }

    // The site's own certificate is good by being the one in the bundle, whoever issued it for whatever name.
    private static SocketsHttpHandler Handler(AdminTlsConfig? tls)
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        if (tls is not null && File.Exists(tls.Certificate))
        {
            byte[] own = X509CertificateLoader.LoadCertificateFromFile(tls.Certificate).RawData;
            handler.SslOptions.RemoteCertificateValidationCallback = (_, given, _, errors) => errors == SslPolicyErrors.None || given?.GetRawCertData().AsSpan().SequenceEqual(own) == true;
        }
        return handler;
    }

    private int Place(ParseResult parsed, string path, out IReadOnlyList<Uri> places, out string? token, out AdminTlsConfig? tls)
    {
        tls = null;
        places = [];
        terminal.Environment.TryGetValue("MESH_ADMIN_TOKEN", out token);
        if (parsed.GetValue(Admin) is { } given)
        {
            if (Uri.TryCreate(given.Contains("://", StringComparison.Ordinal) ? given : "http://" + given, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            {
                places = [url];
                return ExitCode.Ok;
            }
            terminal.Error.WriteLine($"--admin {given}: a URL is expected, http://127.0.0.1:8080");
            return ExitCode.Usage;
        }
        var result = BundleReader.Read(options.Request(parsed));
        if (result.HasErrors)
        {
            foreach (var problem in result.Problems.Where(p => !p.IsWarning)) terminal.Error.WriteLine(problem);
            return ExitCode.CheckFoundErrors;
        }
        if (result.Sites.Count > 1)
        {
            terminal.Error.WriteLine($"which site? --site {string.Join('|', result.Sites.Keys)}");
            return ExitCode.Usage;
        }
        var site = result.Sites.Values.First();
        token = site.AdminToken?.Reveal() ?? token;
        tls = site.AdminTls;
        var first = Url(site.Site.Listen.Admin);
        // What both processes of a site know is asked of either; who tried to write, only the one that answers mail knows.
        bool isShared = path.StartsWith("/api/sorry", StringComparison.Ordinal) || path.StartsWith("/api/incidents", StringComparison.Ordinal);
        places = site.Site.Listen.Second is not { } second || !isShared ? [first] : path.StartsWith("/api/sorry/mail", StringComparison.Ordinal) ? [Url(second), first] : [first, Url(second)];
        return ExitCode.Ok;
    }

    private static Uri Url(ListenAddress listen) => new($"{listen.Transport}://{Reachable(listen.Bind)}");

    // A listener on every address is reached over loopback.
    private static NetAddress Reachable(NetAddress bind) =>
        bind.SameHost(NetAddress.From(IPAddress.Any, 0)) ? NetAddress.From(IPAddress.Loopback, bind.Port)
        : bind.SameHost(NetAddress.From(IPAddress.IPv6Any, 0)) ? NetAddress.From(IPAddress.IPv6Loopback, bind.Port) : bind;
}
