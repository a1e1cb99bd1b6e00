using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Mesh.Interop.Tests;

/// <summary>A site of two processes, one with its calls and one with sorry and the status page: the second says what is true when the first is killed.</summary>
public sealed class SecondProcessTests
{
    private const int Status = 8081, Http = 8082, Smtp = 2525, Second = 8090;

    [Fact]
    public async Task What_is_public_outlives_the_process_with_the_calls_and_says_that_it_is_dead()
    {
        await using var sites = new FourSites("127.78.20", new TestPlan(["desk"], "Extension(\"301\", async call => { await call.Answer(); });")) { More = ["--only", "calls"] };
        foreach (string site in FourSites.Names)
            File.WriteAllText(Path.Combine(sites.Folder, $"sites/{site}.yaml"), $"listen:\n  second: http:{Second}\n  sorry: {{ http: {Http}, smtp: {Smtp} }}\n");
        await sites.StartAsync("london", "manchester");
        using var london = await StartSecondAsync(sites, "london");
        using var manchester = await StartSecondAsync(sites, "manchester");
        string host = sites.Host("london");

        // The process with the calls has nothing public; that without has no calls.
        Assert.Equal(HttpStatus(404), (await GetAsync($"http://{host}:{Second}/api/calls")).Status);
        Assert.Contains("mesh_public_connections{listener=\"sorry-smtp\"}", (await GetAsync($"http://{host}:{Second}/metrics")).Body);
        Assert.Equal(london.Id, Listener(host, Http));
        Assert.Equal(sites.Process("london").Id, Listener(host, 5060));
        await Until(async () => await CallsAsync(host) == "operational", () => $"london's page does not say that calls work\n{london.Output}\n{sites.Logs()}");

        // An order at the one is in force at the other, and at the other site's.
        await SorryAsync(sites.Admin("london").ToString(), "on", "down.example", "--http", "page", "--smtp", "450", "--until", "2h", "--message", "moving house");
        foreach (string site in (string[])["london", "manchester"])
            await Until(async () => (await PageAsync(sites, site)).Contains("X-Sorry: moving house"), () => $"{site} has not heard of it\n{london.Output}\n{sites.Logs()}");

        sites.Kill("london");
        Assert.Contains("X-Sorry: moving house", await PageAsync(sites, "london"));
        Assert.Contains("450 4.3.2 down.example: moving house", await MailAsync(sites, "london"));
        await Until(async () => await CallsAsync(host) == "major_outage", () => $"london's page does not say that calls are down\n{london.Output}");
        Assert.Contains("There is a major outage.", (await GetAsync($"http://{host}:{Status}/en/")).Body);
        Assert.Equal("ready\n", (await GetAsync($"http://{host}:{Second}/readyz")).Body);

        // It takes orders, which the others learn and the first process too, when it is back.
        Assert.Contains("the other process of the site is asked", await SorryAsync(null, "on", "other.example", "--http", "page", "--message", "given to the second", "--bundle", sites.Folder, "--site", "london"));
        await Until(async () => (await PageAsync(sites, "manchester", "other.example")).Contains("X-Sorry: given to the second"), () => $"manchester has not heard of it\n{manchester.Output}");
        await sites.StartAsync("london");
        await Until(async () => await CallsAsync(host) == "operational", () => $"london's page does not say that calls work again\n{london.Output}");
        await Until(async () => (await sites.GetAsync("london", "/api/sorry") ?? "").Contains("given to the second"), () => sites.Logs());
    }

    [Fact]
    public async Task A_site_without_an_address_for_it_has_no_second_process()
    {
        await using var sites = new FourSites("127.78.21", new TestPlan(["desk"], "Extension(\"301\", async call => { await call.Answer(); });"));
        using var second = new ChildProcess("second", "dotnet", [Checkout.MeshDll, "run", "--bundle", sites.Folder, "--site", "london", "--only", "status"], environment: Data(sites, "london"));
        Assert.Equal(1, await second.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Contains("listen.second", second.Output);
        using var wrong = new ChildProcess("wrong", "dotnet", [Checkout.MeshDll, "run", "--bundle", sites.Folder, "--site", "london", "--only", "faxes"], environment: Data(sites, "london"));
        Assert.Equal(2, await wrong.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Contains("--only faxes", wrong.Output);
    }

    private static System.Net.HttpStatusCode HttpStatus(int code) => (System.Net.HttpStatusCode)code;

    private static Dictionary<string, string> Data(FourSites sites, string site) => new() { ["MESH_DATA"] = Path.Combine(sites.Folder, "data", site) };

    private static async Task<ChildProcess> StartSecondAsync(FourSites sites, string site)
    {
        var process = new ChildProcess($"{site}/second", "dotnet", [Checkout.MeshDll, "run", "--bundle", sites.Folder, "--site", site, "--only", "sorry,status"], environment: Data(sites, site));
        await Until(async () => (await GetAsync($"http://{sites.Host(site)}:{Second}/readyz")).Body == "ready\n", () => $"{site} was not ready:\n{process.Output}");
        return process;
    }

    /// <summary>Whose process listens there, as the kernel says.</summary>
    private static int Listener(string host, int port)
    {
        uint address = BitConverter.ToUInt32(System.Net.IPAddress.Parse(host).GetAddressBytes());
        string inode = File.ReadLines("/proc/net/tcp").Skip(1).Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Single(f => f[1] == $"{address:X8}:{port:X4}" && f[3] == "0A")[9];
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), out int id)) continue;
            try { if (Directory.EnumerateFiles(Path.Combine(folder, "fd")).Any(f => new FileInfo(f).LinkTarget == $"socket:[{inode}]")) return id; }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException) { }
        }
        return 0;
    }

    private static async Task<string?> CallsAsync(string host)
    {
        string body = (await GetAsync($"http://{host}:{Status}/api/v2/components.json")).Body;
        if (body.Length == 0) return null;
        return System.Text.Json.JsonDocument.Parse(body).RootElement.GetProperty("components").EnumerateArray().Where(c => c.GetProperty("id").GetString() == "calls").Select(c => c.GetProperty("status").GetString()).FirstOrDefault();
    }

    private static async Task<(System.Net.HttpStatusCode Status, string Body)> GetAsync(string url)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var response = await client.GetAsync(url);
            return (response.StatusCode, await response.Content.ReadAsStringAsync());
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException) { return (0, ""); }
    }

    private static async Task<string> SorryAsync(string? admin, params string[] arguments)
    {
        using var command = Process.Start(new ProcessStartInfo("dotnet", [Checkout.MeshDll, "sorry", .. arguments, .. admin is null ? (string[])[] : ["--admin", admin]]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        string said = await command.StandardOutput.ReadToEndAsync() + await command.StandardError.ReadToEndAsync();
        await command.WaitForExitAsync();
        Assert.True(command.ExitCode == 0, said);
        return said;
    }

    private static Task<string> PageAsync(FourSites sites, string site, string name = "down.example") => TalkAsync(sites.Host(site), Http, $"GET / HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n");

    private static Task<string> MailAsync(FourSites sites, string site) => TalkAsync(sites.Host(site), Smtp, "EHLO a\r\nMAIL FROM:<s@else.example>\r\nRCPT TO:<b@down.example>\r\nQUIT\r\n");

    private static async Task<string> TalkAsync(string host, int port, string octets)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(host, port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(octets));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    private static async Task Until(Func<Task<bool>> holds, Func<string> otherwise)
    {
        for (int i = 0; i < 600; i++)
        {
            if (await holds()) return;
            await Task.Delay(100);
        }
        Assert.Fail(otherwise());
    }
}
