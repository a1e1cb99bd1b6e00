using System.Diagnostics;
using System.IO.Compression;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Xunit.Abstractions;

namespace Mesh.Interop.Tests;

/// <summary>A customer with curl, at two real sites: what is uploaded and switched on at one is shown by the other.</summary>
public sealed class CustomerTests(ITestOutputHelper output)
{
    private const int Http = 8082, Customers = 8083;
    private const string Host = "www.example.org";

    [Fact]
    public async Task What_is_uploaded_with_curl_at_one_site_is_shown_at_the_other()
    {
        await using var sites = new FourSites("127.68.9", new TestPlan(["desk"], "Extension(\"301\", async call => { await call.Answer(); });"));
        foreach (string site in FourSites.Names) File.WriteAllText(Path.Combine(sites.Folder, $"sites/{site}.yaml"), $"listen:\n  sorry: {{ http: {Http} }}\n  customers: http:{Customers}\n");
        await sites.StartAsync("london", "manchester");
        string password = await RunAsync("dotnet", Checkout.MeshDll, "sorry", "customer", "add", "anna", "--host", Host, "--who", "miriam", "--admin", sites.Admin("london").ToString());
        string there = $"http://{sites.Host("london")}:{Customers}", api = $"{there}/api/{Host}", credentials = $"anna:{password}";

        // A ZIP file as a body, then the same files as a form.
        string zip = Path.Combine(sites.Folder, "page.zip");
        using (var archive = ZipFile.Open(zip, ZipArchiveMode.Create))
        {
            using (var page = new StreamWriter(archive.CreateEntry("index.html").Open())) await page.WriteAsync("<!doctype html><link rel=\"stylesheet\" href=\"style.css\"><h1>Back at four</h1>");
            using var style = new StreamWriter(archive.CreateEntry("style.css").Open());
            await style.WriteAsync("h1 { color: green }");
        }
        long began = Stopwatch.GetTimestamp();
        using var uploaded = JsonDocument.Parse(await CurlAsync("-u", credentials, "-T", zip, $"{api}/versions/?label=first"));
        var version = uploaded.RootElement.GetProperty("version");
        Assert.Equal((2, "first"), (version.GetProperty("files").GetInt32(), version.GetProperty("label").GetString()));
        Assert.Contains("Back at four", await CurlAsync(version.GetProperty("preview").GetString()!));
        Assert.DoesNotContain("Back at four", await VisitAsync(sites, "london", "/"));

        using var on = JsonDocument.Parse(await CurlAsync("-u", credentials, "-d", "until=2h", "-d", "message=we move", $"{api}/on"));
        Assert.True(on.RootElement.GetProperty("on").GetBoolean());
        long switched = Stopwatch.GetTimestamp();
        Assert.Contains("Back at four", await VisitAsync(sites, "london", "/basket"));
        await Until(async () => (await VisitAsync(sites, "manchester", "/basket")).Contains("Back at four"), $"manchester does not show it\n{sites.Logs()}");
        output.WriteLine($"shown at the other site {Stopwatch.GetElapsedTime(switched).TotalMilliseconds:0} ms after the order, {Stopwatch.GetElapsedTime(began).TotalMilliseconds:0} ms after the upload began");
        string answer = await VisitAsync(sites, "manchester", "/basket");
        Assert.StartsWith("HTTP/1.1 503 ", answer);
        Assert.Contains("\r\nX-Sorry: we move\r\n", answer);
        Assert.Contains("\r\nRetry-After: 3600\r\n", answer);
        Assert.StartsWith("HTTP/1.1 200 ", await VisitAsync(sites, "manchester", "/style.css"));

        // The site it was given to dies; the other has all of it: account, pages, switch.
        sites.Kill("london");
        string index = Path.Combine(sites.Folder, "index.html");
        await File.WriteAllTextAsync(index, "<!doctype html><h1>Back at five</h1>");
        api = $"http://{sites.Host("manchester")}:{Customers}/api/{Host}";
        using var second = JsonDocument.Parse(await CurlAsync("-u", credentials, "-F", $"file=@{index}", "-F", "label=second", $"{api}/versions"));
        string id = second.RootElement.GetProperty("version").GetProperty("id").GetString()!;
        Assert.Contains("Back at four", await VisitAsync(sites, "manchester", "/"));
        await CurlAsync("-u", credentials, "-d", $"version={id}", $"{api}/on");
        Assert.Contains("Back at five", await VisitAsync(sites, "manchester", "/"));

        // Refused in a sentence, with curl's exit code for an error.
        foreach (var (arguments, why) in ((string[], string)[])
            [(["-F", $"file=@{index};filename=../../../x.html", "-F", $"file=@{index};filename=index.html"], "leads out of its folder"), (["-T", Checkout.MeshDll], "files of this kind are not taken"),
             (["-X", "DELETE"], "is switched on")])
        {
            var refused = await TryCurlAsync(["--fail-with-body", "-u", credentials, .. arguments, arguments[0] == "-X" ? $"{api}/versions/{id}" : $"{api}/versions/"]);
            Assert.Equal(22, refused.Code);
            Assert.Contains(why, refused.Said);
        }
        Assert.Contains("not a host of yours", (await TryCurlAsync("-u", credentials, "-X", "POST", api.Replace(Host, "www.tom.example") + "/on")).Said);
        Assert.Contains("do not belong together", (await TryCurlAsync("-u", "anna:wrong", api)).Said);

        await sites.StartAsync("london");
        await Until(async () => (await VisitAsync(sites, "london", "/")).Contains("Back at five"), $"london has not caught up\n{sites.Logs()}");
        Assert.Contains("mesh_sorry_contents_fetched_total 1", await sites.GetAsync("london", "/metrics"));
        await CurlAsync("-u", credentials, "-X", "POST", $"{api}/off");
        await Until(async () => (await VisitAsync(sites, "london", "/")).Contains("X-Sorry: unlisted"), "london has not heard of the end");
        Assert.DoesNotContain(password, sites.Logs());
    }

    private static async Task<string> CurlAsync(params string[] arguments)
    {
        var (code, said) = await TryCurlAsync(["--fail-with-body", .. arguments]);
        Assert.True(code == 0 || (code == 22 && said.Contains("<!doctype html>")), $"curl {string.Join(' ', arguments)}: {code}\n{said}");
        return said;
    }

    private static async Task<(int Code, string Said)> TryCurlAsync(params string[] arguments)
    {
        using var curl = Process.Start(new ProcessStartInfo("curl", ["-sS", "--max-time", "60", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = curl.StandardOutput.ReadToEndAsync();
        string wrong = await curl.StandardError.ReadToEndAsync();
        await curl.WaitForExitAsync();
        return (curl.ExitCode, await said + wrong);
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var command = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = command.StandardOutput.ReadToEndAsync();
        string wrong = await command.StandardError.ReadToEndAsync();
        await command.WaitForExitAsync();
        Assert.True(command.ExitCode == 0, wrong);
        return (await said).Trim();
    }

    private static async Task<string> VisitAsync(FourSites sites, string site, string path)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(sites.Host(site), Http);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {Host}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    private static async Task Until(Func<Task<bool>> holds, string otherwise)
    {
        for (int i = 0; i < 600; i++)
        {
            if (await holds()) return;
            await Task.Delay(50);
        }
        Assert.Fail(otherwise);
    }
}
