using System.Diagnostics;
using System.Net;
using System.Text;

namespace Mesh.Interop.Tests;

/// <summary>A copy of a web site taken at one of four real sites, shown by all while it is down.</summary>
public sealed class SorryCopyTests
{
    private const int Http = 8082, WebPort = 8090;

    [Fact]
    public async Task A_copy_taken_at_one_site_is_shown_by_every_other_after_the_web_server_and_that_site_died()
    {
        await using var sites = new FourSites("127.71.1", new TestPlan(["desk"], "Extension(\"301\", async call => { await call.Answer(); });"));
        foreach (string site in FourSites.Names) File.WriteAllText(Path.Combine(sites.Folder, $"sites/{site}.yaml"), $"listen:\n  sorry: {{ http: {Http} }}\n");
        await sites.StartAsync();
        string host = $"{sites.Net}.20";
        using (var web = new HttpListener { Prefixes = { $"http://{host}:{WebPort}/" } })
        {
            web.Start();
            var serving = ServeAsync(web);
            string refused = await SorryAsync(sites, "london", 1, "copy", $"http://{host}:{WebPort}/");
            Assert.Contains("has a private address", refused);
            string taken = await SorryAsync(sites, "london", 0, "copy", $"http://{host}:{WebPort}/", "--allow-private", "--refresh", "daily");
            Assert.Contains(host, taken);
            web.Stop();
            await serving;
        }
        await SorryAsync(sites, "manchester", 0, "on", host, "--http", "copy", "--who", "anna");
        foreach (string site in FourSites.Names)
        {
            await Until(async () => (await GetAsync(sites, site, host, "/")).Contains("the front page"), $"{site} does not show the copy\n{sites.Logs()}");
            Assert.Contains("This is a copy of", await GetAsync(sites, site, host, "/help"));
            Assert.StartsWith("HTTP/1.1 503", await GetAsync(sites, site, host, "/help"));
            Assert.StartsWith("HTTP/1.1 200", await GetAsync(sites, site, host, "/style.css"));
        }
        sites.Kill("london");
        Assert.Contains("how it works", await GetAsync(sites, "offsite", host, "/help"));
        Assert.Contains("elsewhere", await SorryAsync(sites, "offsite", 0, "copies"));
    }

    private static async Task ServeAsync(HttpListener web)
    {
        while (web.IsListening)
        {
            HttpListenerContext asked;
            try { asked = await web.GetContextAsync(); }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException) { return; }
            var (status, type, body) = asked.Request.Url!.AbsolutePath switch
            {
                "/" => (200, "text/html", "<!doctype html><link rel=stylesheet href=/style.css><p>the front page</p><a href=/help>help</a>"),
                "/help" => (200, "text/html", "<!doctype html><p>how it works</p><a href=/>home</a>"),
                "/style.css" => (200, "text/css", "p { color: green }"),
                _ => (404, "text/plain", "no"),
            };
            byte[] octets = Encoding.UTF8.GetBytes(body);
            asked.Response.StatusCode = status;
            asked.Response.ContentType = type;
            asked.Response.ContentLength64 = octets.Length;
            await asked.Response.OutputStream.WriteAsync(octets);
            asked.Response.Close();
        }
    }

    private static async Task<string> SorryAsync(FourSites sites, string site, int exitCode, params string[] arguments)
    {
        using var command = Process.Start(new ProcessStartInfo("dotnet", [Checkout.MeshDll, "sorry", .. arguments, "--admin", sites.Admin(site).ToString()]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var error = command.StandardError.ReadToEndAsync();
        string said = await command.StandardOutput.ReadToEndAsync() + await error;
        await command.WaitForExitAsync();
        Assert.True(command.ExitCode == exitCode, $"{command.ExitCode}: {said}");
        return said;
    }

    private static async Task<string> GetAsync(FourSites sites, string site, string host, string path)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{sites.Host(site)}:{Http}{path}") { Headers = { Host = host } };
        using var answer = await client.SendAsync(request);
        return $"HTTP/1.1 {(int)answer.StatusCode}\n{await answer.Content.ReadAsStringAsync()}";
    }

    private static async Task Until(Func<Task<bool>> holds, string otherwise)
    {
        for (int i = 0; i < 300; i++)
        {
            if (await holds()) return;
            await Task.Delay(100);
        }
        Assert.Fail(otherwise);
    }
}
